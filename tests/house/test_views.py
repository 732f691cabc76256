"""Every address, walked by those who may not open it: signed out, and from another collectif."""

from collections.abc import Callable
from typing import Any

import pytest

from rex.web import OpenTo
from tests.house.addresses import audience_of, closed_rules, path_of, rules_of

NOWHERE = "AAAAAAAAAAAAAAAA"
PUBLIC = {
    "static",  # stylesheet and scripts hold nothing of the journal
    "pages.health",  # what watches the server has no account
    "pages.help_page",  # who cannot enter needs help the most
    "pages.who_reads_what",
    "pages.about",
    "pages.site_map",
    "pages.accessibility",
    "pages.personal_data",
    "entrance.sign_in",
    "entrance.sign_in_now",
    "entrance.forgotten",
    "entrance.forgotten_now",
    # the token in these addresses is the right to open them
    "capabilities.first_account",
    "capabilities.first_account_now",
    "capabilities.new_password",
    "capabilities.new_password_now",
    "capabilities.confirm_address",
    "capabilities.confirm_address_now",
    "capabilities.lost_address",
    "capabilities.lost_address_now",
    "capabilities.invitation",
    "capabilities.join",
    # the link of a mail: it stops mails and opens nothing
    "unsubscribe.before",
    "unsubscribe.now",
    "unsubscribe.before_of_groups",
    "unsubscribe.now_of_groups",
    "stop_letter.before",
    "stop_letter.now",
    "feeds.feed",  # the token is the right of its owner to read titles in a program that cannot sign in
}


def test_every_view_says_for_whom_it_is(app):
    silent = [name for name, view in app.view_functions.items() if getattr(view, "open_to", None) not in set(OpenTo)]
    assert silent == [], "put @open_to(MEMBERS), @open_to(ANIMATEURS)… under the route of these views"


def test_what_is_public_is_written_here(app):
    public = {rule.endpoint for rule in rules_of(app) if audience_of(app, rule) == OpenTo.PUBLIC}
    assert public == PUBLIC, "a view opened to everybody is added to PUBLIC here, with its reason"


def test_animateurs_pages_name_their_collectif(app):
    lost = [r.rule for r in rules_of(app) if audience_of(app, r) == OpenTo.ANIMATEURS and "collectif" not in r.arguments]
    assert lost == [], "an animateur's page says of which collectif: put <slug:collectif> in its address"


NOTHING = {
    "collectif": "nulle-part",
    "slug": "nulle-part",
    "audience": "nulle-part",
    "balise": "nulle-part",
    "section": "nulle-part",
    "code": "Z9",
    "number": "999",
}


def test_signed_out_every_closed_address_asks_to_sign_in(app, visit, ids):
    """Existing or not: the same answer, so that nobody learns from outside what exists."""
    client = visit.as_(None)
    for rule in closed_rules(app):
        real = path_of(app, rule, ids)
        for path in (real, f"{real.rstrip('/')}/{NOWHERE}"):
            for method in ("GET", "HEAD"):
                answer = client.open(path, method=method)
                suite = "" if path == "/" else f"?suite={path}"
                assert (answer.status_code, answer.location) == (302, f"/connexion{suite}"), f"{method} {path}"
                assert "Set-Cookie" not in answer.headers, f"{method} {path}"
            for method in ("PUT", "DELETE", "PATCH"):
                answer = client.open(path, method=method, json={"text": "perdu", "base": 0})
                assert answer.status_code == 401 and "message" in answer.get_json(), f"{method} {path}"
            answer = client.post(path, data={"faits": "perdu"})
            assert answer.status_code == 401, f"POST {path} opened to nobody in particular"


def test_signed_out_real_and_invented_addresses_answer_alike(app, visit, ids):
    client = visit.as_(None)
    for rule in closed_rules(app):
        if not rule.arguments:
            continue
        invented = dict.fromkeys(ids, NOWHERE) | NOTHING
        real, other = path_of(app, rule, ids), path_of(app, rule, invented)
        for method in ("GET", "PUT"):
            told = [client.open(path, method=method, json={} if method == "PUT" else None) for path in (real, other)]
            bodies = [answer.get_data(as_text=True).replace(real, "…").replace(other, "…") for answer in told]
            assert bodies[0] == bodies[1], f"{method} {rule.rule}"
            assert told[0].status_code == told[1].status_code, f"{method} {rule.rule}"


# the variables of an address that name something of one collectif
PRIVATE = {
    "collectif", "collectif_id", "recit_id", "action_id", "seat_id", "service_id", "invitation_id", "user_id",
    "entry_id", "exchange_id", "recognition_id", "report_id", "seance_id", "group_seance_id",
    "group_id", "decision_id", "member_id", "versement_id",
    "digest_id", "item_id", "quote_id", "group_digest_id",
    "tension_id", "trial_id", "arbitrage_id", "act_id", "proposal_id", "idea_id",
    "reading_id", "jalon_id",
}


def what_is_sent(method: str, token: str) -> dict[str, Any]:
    if method == "PUT":
        return {"json": {"text": "x", "base": 0, "balises": []}, "headers": {"X-CSRFToken": token}}
    return {"data": {"csrf_token": token}} if method == "POST" else {}


def headers_of(answer) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers if name != "Date")


@pytest.mark.parametrize("stranger", ["ines", "gael", "admin"])
def test_a_stranger_gets_the_answer_of_what_does_not_exist(app, visit, ids, stranger, count_statements: Callable):
    """Inès belongs to another collectif, Gaël left this one, the administrator is in none: for each address of Valombre they
    get, to the byte and to the statement, what an address that leads nowhere gives."""
    client = visit.as_(stranger)
    token = client.csrf("/compte")
    for rule in closed_rules(app):
        if not rule.arguments & PRIVATE or (stranger == "admin" and audience_of(app, rule) == OpenTo.ADMINS):
            continue
        invented = ids | dict.fromkeys(PRIVATE, NOWHERE) | {"collectif": "nulle-part"}
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            told, seen = [], []
            for path in (path_of(app, rule, ids), path_of(app, rule, invented)):
                with count_statements() as statements:
                    told.append(client.open(path, method=method, **what_is_sent(method, token)))
                seen.append([" ".join(statement.split()[:1]) for statement in statements])
            where = f"{method} {rule.rule}"
            assert [answer.status_code for answer in told] == [404, 404], where
            assert told[0].data == told[1].data, f"{where}: the bodies differ"
            assert headers_of(told[0]) == headers_of(told[1]), where
            assert "Set-Cookie" not in told[0].headers, where
            assert seen[0] == seen[1], f"{where}: the time would tell: {seen}"


def test_an_animatrice_finds_nothing_of_another_collectif_in_her_own(app, visit, ids):
    """Inès looks after the journal of Orbe: under its addresses, what belongs to Valombre does not exist."""
    client = visit.as_("ines")
    token = client.csrf("/compte")
    things = {"seat_id", "service_id", "invitation_id", "balise"}
    nested = [rule for rule in closed_rules(app) if "collectif" in rule.arguments and rule.arguments & things]
    assert len(nested) > 8
    for rule in nested:
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            real = path_of(app, rule, ids | {"collectif": "orbe"})
            invented = path_of(app, rule, ids | dict.fromkeys(PRIVATE, NOWHERE) | NOTHING | {"collectif": "orbe"})
            told = [client.open(path, method=method, **what_is_sent(method, token)) for path in (real, invented)]
            assert [answer.status_code for answer in told] == [404, 404], f"{method} {rule.rule}"
            assert told[0].data == told[1].data, f"{method} {rule.rule}"


def test_an_address_of_no_shape_gives_the_same_page(visit):
    client = visit.as_("ines")
    first = client.get(f"/recits/{NOWHERE}")
    for path in ("/rien", "/recits/1", "/recits/" + "9" * 400, "/c/nulle-part/", "/recits/%00", "/actions/é", "/recits/..%2fetc"):
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (404, first.data), path
        assert headers_of(answer) == headers_of(first), path


def test_a_reader_who_does_not_write_gets_403(app, visit, ids, database, cast):
    """Bruno reads what Camille told the collectif: its author's pages are refused to him, without pretending."""
    client = visit.as_("bruno")
    token = client.csrf("/compte")
    # who reads it may take it away, but in a group
    its_readers = {"journal.recit", "exports.choose", "exports.print_recit", "exports.download"}
    mine = [r for r in closed_rules(app) if "recit_id" in r.arguments and r.endpoint not in its_readers]
    assert len(mine) > 12
    for rule in mine:
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            answer = client.open(path_of(app, rule, ids), method=method, headers={"X-CSRFToken": token})
            assert answer.status_code == 403, f"{method} {rule.rule}"
            assert "Vous pouvez lire cette page" in answer.get_data(as_text=True) or method == "PUT"


def test_a_public_capability_says_nothing_of_what_it_does_not_know(visit):
    client = visit.as_(None)
    for kind in ("premier-compte", "mot-de-passe", "adresse", "invitation"):
        answers = [client.get(f"/{kind}/{token}") for token in ("a", "A" * 32, "é" * 10, "a" * 5000)]
        assert {answer.status_code for answer in answers} == {410}, kind
        assert all(answer.headers["Referrer-Policy"] == "no-referrer" for answer in answers), kind
