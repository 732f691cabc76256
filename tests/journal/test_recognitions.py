"""« Dire merci »: between two until it is accepted; whoever else asks gets the answer of what does not exist."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from rex import clock
from rex.collectifs.models import Membership, Service, ServiceKind, User
from rex.db import Database
from rex.journal.models import Audience, Entry
from rex.journal.recognition_models import Recognition
from tests.cast import Cast, Person
from tests.conftest import Visit
from tests.journal.making import text_of as drawn_text
from tests.making import Made, contents, make_recit
from tests.reading import ReadingClient

FACT = "Vous avez tenu le carrefour sous la pluie, et vous connaissez maintenant le prénom des enfants."
KEYS = re.compile(r'name="(csrf_token|idempotency_key)" value="[^"]*"|nonce="[^"]*"|\?v=\w+')


def text_of(response: TestResponse) -> str:
    """The page, its no-break spaces as plain ones."""
    return drawn_text(response).replace("\u00a0", " ").replace("\u202f", " ")


def key_of(person: Person) -> str:
    return f"p-{person.public_id}"


def thank(client: ReadingClient, **form: str) -> str:
    """Send a thank-you by the form; the address of its page."""
    answer = client.send("/merci", {"collectif": "valombre", "fait": FACT, **form})
    assert answer.status_code == 303, text_of(answer)
    assert re.fullmatch(r"/reconnaissances/[\w-]{16}", answer.location)
    return answer.location


def thanked(visit: Visit, cast: Cast, **form: str) -> str:
    """Jeanne thanks Camille."""
    return thank(visit.as_("jeanne"), a=key_of(cast.camille), **form)


def accept(client: ReadingClient, page: str, audience: str = "collectif"):
    return client.send(f"{page}/publication", {"audience": audience})


def leave(database: Database, person: Person) -> None:
    with database.system("a person leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == person.id).values(ended_at=clock.now()))


def of(client: ReadingClient, page: str) -> str:
    """The page without the words that change at each drawing."""
    answer = client.get(page)
    assert answer.status_code == 200
    return KEYS.sub("…", answer.get_data(as_text=True))


# --- who reads ---------------------------------------------------------------------------------------------------------------

PENDING = {"jeanne": 200, "camille": 200, "bruno": 404, "dora": 404, "ana": 404, "paul": 404, "noor": 404, "ines": 404,
           "admin": 404, "gael": 404}
TEAM = PENDING | {"bruno": 200}
TOLD = dict.fromkeys(PENDING, 200) | {"ines": 404, "admin": 404, "gael": 404}


def seen(visit: Visit, page: str) -> dict[str, int]:
    return {who: visit.as_(who).get(page).status_code for who in PENDING}


def test_who_reads_a_thank_you_at_each_step(visit: Visit, cast: Cast):
    page, camille = thanked(visit, cast), visit.as_("camille")
    assert seen(visit, page) == PENDING
    assert camille.send(f"{page}/garde").status_code == 303
    assert seen(visit, page) == PENDING, "kept between the two"
    assert accept(camille, page).status_code == 303
    assert seen(visit, page) == TOLD
    assert camille.send(f"{page}/retrait").status_code == 303
    assert seen(visit, page) == PENDING
    assert camille.send(f"{page}/refus").location == "/merci/recus"
    assert seen(visit, page) == PENDING | {"camille": 404}, "declined, it is gone for whoever received it"


def test_who_reads_a_thank_you_to_a_service(visit: Visit, cast: Cast, database: Database):
    page = thank(visit.as_("jeanne"), nom="voirie")
    assert seen(visit, page) == TEAM, "any member of the service; Gaël, who left, is none"
    with database.system("Bruno changes service", write=True) as session:
        other = cast.service_ids["Eau"]
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(service_id=other))
    assert seen(visit, page) == PENDING
    leave(database, cast.camille)
    assert seen(visit, page) == PENDING | {"camille": 404}


def test_one_member_of_a_team_takes_nothing_from_the_others(visit: Visit, cast: Cast):
    page, camille, bruno = thank(visit.as_("jeanne"), nom="voirie"), visit.as_("camille"), visit.as_("bruno")
    assert f"{page}/refus" not in camille.get(page).get_data(as_text=True)
    assert camille.send(f"{page}/refus").status_code == 403
    assert camille.send(f"{page}/garde").status_code == 303
    assert seen(visit, page) == TEAM
    assert accept(bruno, page).status_code == 303, "kept, another member may still publish it"
    assert seen(visit, page) == TOLD


def test_strangers_get_the_page_of_what_does_not_exist(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    for who in ("ana", "admin", "bruno", "gael", "ines"):
        client = visit.as_(who)
        real, invented = client.get(page), client.get("/reconnaissances/AAAAAAAAAAAAAAAA")
        assert (real.status_code, real.data) == (404, invented.data), who
        for act in ("publication", "garde", "refus", "reprise", "retrait"):
            answer = client.send(f"{page}/{act}", page="/compte")
            assert (answer.status_code, answer.data) == (404, invented.data), f"{who} {act}"
    leave(database, cast.camille)
    gone = visit.as_("camille")
    assert gone.get(page).data == gone.get("/reconnaissances/AAAAAAAAAAAAAAAA").data


def test_a_giver_who_left_reads_it_no_more_and_the_recipient_still_does(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    leave(database, cast.jeanne)
    assert seen(visit, page) == PENDING | {"jeanne": 404}
    assert accept(visit.as_("camille"), page).status_code == 303
    assert "Parents du Faubourg" in text_of(visit.as_("dora").get(page)), "signed from where she spoke that day"


def test_the_giver_reads_the_same_bytes_whatever_the_recipient_decides(visit: Visit, cast: Cast):
    jeanne, camille = visit.as_("jeanne"), visit.as_("camille")
    page = thanked(visit, cast)
    drawn = {"pending": (of(jeanne, page), of(jeanne, "/merci/donnes"))}
    camille.send(f"{page}/garde")
    drawn["kept"] = (of(jeanne, page), of(jeanne, "/merci/donnes"))
    camille.send(f"{page}/refus")
    drawn["declined"] = (of(jeanne, page), of(jeanne, "/merci/donnes"))
    assert drawn["kept"] == drawn["pending"] == drawn["declined"]
    assert "Pas encore publié" in drawn["pending"][0] and "Pas encore publié" in drawn["pending"][1]


def test_the_giver_may_do_the_same_things_whatever_the_recipient_decided(visit: Visit, cast: Cast, database: Database):
    for act in (None, "garde", "refus"):
        page = thanked(visit, cast)
        if act:
            visit.as_("camille").send(f"{page}/{act}")
        jeanne = visit.as_("jeanne")
        for forbidden in ("publication", "garde", "refus"):
            assert jeanne.send(f"{page}/{forbidden}").status_code == 403, (act, forbidden)
        assert jeanne.send(f"{page}/retrait").location == page
        assert jeanne.send(f"{page}/reprise").location == "/merci/donnes", act
        assert jeanne.get(page).status_code == 404
    with database.system("nothing is left") as session:
        assert session.scalars(select(Recognition.id)).all() == []


# --- sealed ------------------------------------------------------------------------------------------------------------------


def words_of(database: Database) -> str:
    """Every word and byte that the base holds, decoded as it may be."""
    rows = [value for table in contents(database).values() for row in table for value in row]
    return "\n".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in rows)


def test_nothing_of_it_is_in_clear_until_it_is_accepted(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast, balises="E5")
    camille = visit.as_("camille")

    def state() -> tuple[bool, list[str]]:
        rows = contents(database)
        return "carrefour" in words_of(database), [code for row in rows["tagging"] for code in row if code == "E5"]

    assert state() == (False, [])
    camille.send(f"{page}/garde")
    assert state() == (False, [])
    accept(camille, page)
    assert state() == (True, ["E5"])
    assert 'href="/boussole/E5"' in text_of(camille.get(page))
    visit.as_("jeanne").send(f"{page}/retrait")
    assert state() == (False, [])
    with database.system("look at the row") as session:
        row = session.scalars(select(Recognition)).one()
        assert row.sealed and (row.title, row.excerpt, row.words, row.byline, row.audience) == ("", "", "", "", None)


def test_the_files_on_disk_hold_no_word_of_it(visit: Visit, cast: Cast, database: Database):
    if not database.is_sqlite:
        pytest.skip("one folder to look into")

    def raw() -> bytes:
        folder = Path(str(database.url.database)).parent
        return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    page, camille = thanked(visit, cast), visit.as_("camille")
    camille.send(f"{page}/garde")
    other = thanked(visit, cast, fait=f"{FACT} Merci.")
    camille.send(f"{other}/refus")
    assert b"tenu le carrefour" not in raw()
    accept(camille, page)
    assert b"tenu le carrefour" in raw(), "the search can see"


# --- accepting, withdrawing ---------------------------------------------------------------------------------------------------


def test_accepted_it_is_an_entry_of_the_journal(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    camille = visit.as_("camille")
    before = text_of(camille.get(page))
    assert "Le publier dans le journal (7 personnes)" in before and "Décliner" in before
    accept(camille, page)
    told = text_of(visit.as_("dora").get(page))
    assert "Parents du Faubourg, à Camille Roy" in told and FACT in told and "(7 personnes" in told
    assert FACT in text_of(visit.as_("dora").get("/c/valombre/reconnaissances"))
    assert FACT not in text_of(visit.as_("ines").get("/c/orbe/reconnaissances"))
    with database.system("its row") as session:
        row = session.scalars(select(Recognition)).one()
        assert (row.audience, row.byline, row.sealed) == (Audience.COLLECTIF, "Parents du Faubourg", None)
        assert row.title and row.excerpt == FACT


def test_two_members_of_a_service_answer_at_once(visit: Visit, cast: Cast):
    page = thank(visit.as_("jeanne"), nom="Voirie")
    assert accept(visit.as_("camille"), page).status_code == 303
    assert visit.as_("bruno").send(f"{page}/garde").status_code == 303
    assert visit.as_("dora").get(page).status_code == 200, "what is published is not kept: it is withdrawn"
    assert visit.as_("bruno").send(f"{page}/retrait").status_code == 303, "any member of the service may"
    assert visit.as_("dora").get(page).status_code == 404


def test_no_article_is_guessed_before_the_name_of_a_structure(visit: Visit, cast: Cast, database: Database):
    """« Merci à Parents d’élèves » is no French."""
    dora = visit.as_("dora")
    with database.system("a structure of the cast", write=True) as session:
        session.get_one(Service, cast.service_ids["Parents du Faubourg"]).kind = ServiceKind.STRUCTURE
    for nom, giver, member, own, told in (
        ("Parents du Faubourg", "camille", "jeanne", "Votre merci", "Merci, Parents du Faubourg"),
        ("Voirie", "jeanne", "camille", "Votre merci à l’équipe Voirie", "Merci à l’équipe Voirie"),
        ("Camille Roy", "jeanne", "camille", "Votre merci à Camille Roy", "Merci à Camille Roy"),
    ):
        page = thank(visit.as_(giver), nom=nom)
        assert f"<h1>{own}</h1>" in visit.as_(giver).get(page).get_data(as_text=True)
        accept(visit.as_(member), page)
        assert f"<h1>{told}</h1>" in dora.get(page).get_data(as_text=True)


def test_what_its_giver_withdrew_does_not_come_back(visit: Visit, cast: Cast):
    page, camille = thanked(visit, cast), visit.as_("camille")
    accept(camille, page)
    visit.as_("jeanne").send(f"{page}/retrait")
    assert "Jeanne Lartigue l’a retiré du journal" in text_of(camille.get(page))
    assert accept(camille, page).status_code == 422
    assert camille.send(f"{page}/garde").status_code == 303
    assert accept(camille, page).status_code == 422
    assert visit.as_("dora").get(page).status_code == 404


def test_what_its_recipient_withdrew_may_come_back(visit: Visit, cast: Cast):
    page, camille = thanked(visit, cast), visit.as_("camille")
    accept(camille, page)
    camille.send(f"{page}/retrait")
    assert "Retiré du journal" in text_of(visit.as_("jeanne").get(page))
    assert accept(camille, page).status_code == 303
    assert visit.as_("dora").get(page).status_code == 200


def test_others_do_not_withdraw_it(visit: Visit, cast: Cast):
    page = thanked(visit, cast)
    accept(visit.as_("camille"), page)
    for who in ("dora", "ana", "bruno"):
        client = visit.as_(who)
        assert client.get(f"{page}/retrait").status_code == 403, who
        for act in ("retrait", "garde", "refus", "publication", "reprise"):
            assert client.send(f"{page}/{act}").status_code == 403, (who, act)
    assert visit.as_("jeanne").send(f"{page}/reprise").location == page, "published meanwhile: it is withdrawn, not erased"
    assert visit.as_("dora").get(page).status_code == 200


# --- with a récit ---------------------------------------------------------------------------------------------------------------


def about(visit: Visit, who: str, made: Made, **form: str) -> str:
    return thank(visit.as_(who), recit=made.public_id, **form)


def change_audience(visit: Visit, who: str, made: Made, audience: str) -> None:
    assert visit.as_(who).send(f"{made.url}/publication", {"publier": audience}).status_code == 303


def test_it_stands_with_its_recit(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, "La rue rendue")
    form = text_of(visit.as_("jeanne").get(f"/merci?recit={made.public_id}"))
    assert "Camille Roy" in form.split('name="a"')[1] and "Voirie" in form.split('name="a"')[2], "the authors, their services"
    page = about(visit, "jeanne", made, a=key_of(cast.camille))
    accept(visit.as_("camille"), page)
    told = text_of(visit.as_("dora").get(page))
    assert f'href="{made.url}"' in told and "La rue rendue" in told
    visit.as_("camille").send(f"{made.url}/retrait")
    told = text_of(visit.as_("dora").get(page))
    assert FACT in told and made.url not in told and "La rue rendue" not in told, "its giver's text stays, without the récit"


def test_it_is_never_wider_than_its_recit(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    told, waiting = (about(visit, "jeanne", made, a=key_of(cast.camille), fait=words) for words in (FACT, f"{FACT} Merci."))
    camille = visit.as_("camille")
    assert "Le publier pour le réseau (8 personnes)" in text_of(camille.get(told))
    accept(camille, told, "reseau")
    assert visit.as_("ines").get(told).status_code == 200
    change_audience(visit, "camille", made, "collectif")
    assert visit.as_("ines").get(told).status_code == 404 and visit.as_("dora").get(told).status_code == 200
    assert accept(camille, waiting, "reseau").status_code == 422, "what its page said is no longer so"
    assert accept(camille, waiting).status_code == 303
    change_audience(visit, "camille", made, "reseau")
    for page in (told, waiting):
        assert visit.as_("ines").get(page).status_code == 404, "widening a récit widens no thank-you"


def test_it_stays_narrow_when_its_recit_is_published_again(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    page = about(visit, "jeanne", made, a=key_of(cast.camille))
    accept(visit.as_("camille"), page, "reseau")
    visit.as_("camille").send(f"{made.url}/retrait")
    assert visit.as_("ines").get(page).status_code == 200
    change_audience(visit, "camille", made, "collectif")
    assert visit.as_("ines").get(page).status_code == 404 and visit.as_("dora").get(page).status_code == 200


def test_from_one_collectif_to_another_by_a_recit_of_the_reseau(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    kept_here = make_recit(database, cast.camille)
    ines, camille = visit.as_("ines"), visit.as_("camille")
    assert ines.get(f"/merci?recit={kept_here.public_id}").status_code == 404
    refused = ines.send("/merci", {"collectif": "orbe", "fait": FACT, "a": key_of(cast.camille)})
    assert refused.status_code == 422, "only by a récit that she signs"
    refused = ines.send("/merci", {"recit": made.public_id, "fait": FACT, "a": key_of(cast.bruno)})
    assert refused.status_code == 422, "Bruno does not sign it"
    page = thank(ines, collectif="orbe", recit=made.public_id, a=key_of(cast.camille))
    assert seen(visit, page) == dict.fromkeys(PENDING, 404) | {"ines": 200, "camille": 200}
    assert FACT in text_of(camille.get("/merci/recus"))
    assert accept(camille, page, "reseau").status_code == 303
    assert visit.as_("dora").get(page).status_code == 200
    other = thank(ines, collectif="orbe", recit=made.public_id, a=key_of(cast.camille))
    change_audience(visit, "camille", made, "collectif")
    assert seen(visit, page) == dict.fromkeys(PENDING, 404) | {"ines": 200, "camille": 200}, "between the two again"
    assert accept(camille, other, "reseau").status_code == 422
    assert "ne peut plus paraître" in text_of(camille.get(other))


# --- the form ------------------------------------------------------------------------------------------------------------------

WRONG = [
    ({"fait": FACT}, "Dites à qui va ce merci"),
    ({"nom": "Camille Roy", "fait": " \n "}, "Dites pour quel effort"),
    ({"nom": "Camille Roy", "fait": "a" * 1001}, "1 000 caractères au plus"),
    ({"nom": "Camile Roi", "fait": FACT}, "ne porte ce nom"),
    ({"nom": "Zzyzx", "fait": FACT}, "Vérifiez l’orthographe"),
    ({"nom": "Jeanne Lartigue", "fait": FACT}, "quelqu’un d’autre que vous"),
    ({"nom": "Parents du Faubourg", "fait": FACT}, "ne porte ce nom"),  # nobody else is in it
    ({"nom": "Gaël Parti", "fait": FACT}, "ne porte ce nom"),
    ({"nom": "Inès Carle", "fait": FACT}, "ne porte ce nom"),  # of another collectif
    ({"nom": "x" * 5000, "fait": FACT}, "ne porte ce nom"),
    ({"a": "p-nimporte", "fait": FACT}, "Dites à qui va ce merci"),
]


@pytest.mark.parametrize("form, sentence", WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(visit: Visit, database: Database, form: dict[str, str], sentence: str):
    before = len(contents(database)["recognition"])
    answer = visit.as_("jeanne").send("/merci", {"collectif": "valombre", **form})
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page and "<title>Erreur" in page
    assert form.get("fait", "").strip() in page and form.get("nom", "")[:300] in page
    assert len(contents(database)["recognition"]) == before


def test_hostile_input_is_refused_or_kept_as_words(visit: Visit, cast: Cast):
    jeanne = visit.as_("jeanne")
    for ugly in ("\x00", "\u202e", "\u200b" * 5, "\u2028"):
        form = {"collectif": "valombre", "recit": ""} | dict.fromkeys(("nom", "fait", "a", "balises"), ugly)
        answer = jeanne.send("/merci", form)
        assert answer.status_code == 422, repr(ugly)
    page = thanked(visit, cast, fait="<script>alert(1)</script> **gras**\n\n\x00fin", balises="<b>")
    drawn = visit.as_("camille").get(page).get_data(as_text=True)
    assert "&lt;script&gt;" in drawn and "<script>alert" not in drawn
    assert jeanne.get("/merci?collectif=orbe").status_code == 404
    assert jeanne.get("/merci?recit=").status_code == 404
    assert jeanne.get("/merci/recus?apres=%00").status_code == 200


def test_a_name_borne_twice_gives_a_choice(visit: Visit, cast: Cast, database: Database):
    with database.system("a second Camille Roy", write=True) as session:
        session.execute(update(User).where(User.id == cast.bruno.id).values(name="Camille Roy"))
    jeanne = visit.as_("jeanne")
    answer = jeanne.send("/merci", {"collectif": "valombre", "nom": "camille roy", "fait": FACT})
    page = text_of(answer)
    assert answer.status_code == 422 and "Choisissez" in page
    assert key_of(cast.camille) in page and key_of(cast.bruno) in page and "chef d’équipe" in page
    chosen = thank(jeanne, nom="camille roy", a=key_of(cast.bruno))
    assert visit.as_("bruno").get(chosen).status_code == 200 and visit.as_("camille").get(chosen).status_code == 404


def test_a_recit_that_closes_meanwhile_loses_no_word(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    visit.as_("camille").send(f"{made.url}/retrait")
    answer = visit.as_("jeanne").send("/merci", {"recit": made.public_id, "a": key_of(cast.camille), "nom": "", "fait": FACT})
    assert answer.status_code == 422 and FACT in text_of(answer) and "n’est plus ouvert" in text_of(answer)


def test_sent_twice_is_one(visit: Visit, cast: Cast, database: Database):
    jeanne = visit.as_("jeanne")
    form = {"collectif": "valombre", "nom": "Camille Roy", "fait": FACT, "idempotency_key": "une-fois"}
    first, second = jeanne.send("/merci", form), jeanne.send("/merci", form)
    assert first.location == second.location
    assert len(contents(database)["recognition"]) == 1


def test_ones_own_service_is_thanked_and_another_member_accepts(visit: Visit, cast: Cast):
    page = thank(visit.as_("camille"), nom="l’équipe Voirie")
    camille = visit.as_("camille")
    assert "l’équipe Voirie (1 personne)" in text_of(camille.get(page))
    assert camille.send(f"{page}/publication", {"audience": "collectif"}).status_code == 403
    assert FACT not in text_of(camille.get("/merci/recus")) and FACT in text_of(visit.as_("bruno").get("/merci/recus"))
    assert accept(visit.as_("bruno"), page).status_code == 303


# --- lists -----------------------------------------------------------------------------------------------------------------------


def test_lists_ask_a_constant_number_of_statements(visit: Visit, cast: Cast, database: Database, count_statements: Callable):
    jeanne, camille = visit.as_("jeanne"), visit.as_("camille")
    pages = ["/c/valombre/reconnaissances", "/merci/recus", "/merci/donnes"]

    def some(number: int) -> None:
        for index in range(number):
            page = thanked(visit, cast, fait=f"{FACT} {number}-{index}")
            if index % 2:
                accept(camille, page)

    def costs() -> list[int]:
        counts = []
        for client in (jeanne, camille):
            for page in pages:
                client.get(page)
                with count_statements() as statements:
                    assert client.get(page).status_code == 200
                counts.append(len(statements))
        return counts

    some(4)
    few = costs()
    some(12)
    assert costs() == few and max(few) <= 6, few


def test_lists_go_on_by_pages_without_loss_and_count_nobody(visit: Visit, cast: Cast, database: Database):
    pages = [thanked(visit, cast, fait=f"{FACT} {number}") for number in range(23)]
    with database.system("the same instant for all", write=True) as session:
        instant = session.scalars(select(Entry.created_at)).first()
        session.execute(update(Entry).values(created_at=instant))
    shown: list[str] = []
    address: str | None = "/merci/recus"
    while address:
        html = visit.as_("camille").get(address).get_data(as_text=True)
        shown += re.findall(r'href="(/reconnaissances/[\w-]{16})"', html)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        address = older[1] if older else None
    assert sorted(shown) == sorted(pages) and len(shown) == len(set(shown))
    read = re.sub(r"<time.*?</time>|<[^>]+>", " ", text_of(visit.as_("camille").get("/merci/recus")))  # a date may say 23
    assert not re.search(r"\b23\b", read)


def test_suspended_then_taken_out_of_the_journal_its_giver_may_still_erase_it(visit: Visit, cast: Cast, database: Database) -> None:
    page, jeanne = thanked(visit, cast), visit.as_("jeanne")
    accept(visit.as_("camille"), page)
    with database.system("an animateur suspends it", write=True) as session:
        entry = session.scalars(select(Entry).where(Entry.published_at.is_not(None))).one()
        entry.suspended_at, entry.suspended_why = clock.now(), "Un nom."
    assert f'href="{page}/retrait"' in text_of(jeanne.get(page))
    jeanne.send(f"{page}/retrait")
    shown = text_of(jeanne.get(page))
    assert f'href="{page}/retrait"' not in shown, "it is out of the journal already"
    assert f'action="{page}/reprise"' in shown and "Un nom." in shown
    jeanne.send(f"{page}/reprise")
    assert jeanne.get(page).status_code == 404
