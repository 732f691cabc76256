"""Preparing a letter, in its pages: nothing typed is lost, whoever else writes; the words of others stay theirs."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from rex.digests.editing import mark_of
from rex.digests.models import DigestQuote
from rex.digests.publishing import publish
from rex.digests.quoting import CUT
from rex.text.passages import first_not_in_order
from tests.digests.letters import MadeLetter, item_rows, letter_row, make_letter
from tests.making import make_recit

SAID = "Le premier matin, personne ne le savait. Les agents du carrefour ont prévenu les parents un par un."


@pytest.fixture
def made(database, cast) -> MadeLetter:
    """A letter about two récits."""
    first = make_recit(database, cast.camille, "La rue de l’École", {"faits": SAID})
    return make_letter(database, cast, first, make_recit(database, cast.bruno, "Le marché"), quote=SAID)


@pytest.fixture
def ana(visit):
    return visit.as_("ana")


def fields(client, made) -> dict[str, str]:
    """What the page holds, as a browser would send it back."""
    page = client.get(f"{made.url}/edition")
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    form = html[html.index('<form class="form letter-edit"') :]
    form = form[: form.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found[given["name"]] = unescape(given.get("value", ""))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(value)
    return found


def quote_row(database, made, at: int = 0) -> DigestQuote:
    with database.system("look at a quote") as session:
        return session.scalars(select(DigestQuote).where(DigestQuote.public_id == made.quotes[at])).one()


def test_the_edito_is_signed_and_titles_are_rewritten(ana, made, database, cast):
    typed = fields(ana, made)
    assert typed[f"titre-{made.items[0]}"] == "La rue de l’École"
    mine = {"edito": "Trois fois ce mois-ci.", f"titre-{made.items[0]}": "La rue rendue"}
    saved = ana.post(f"{made.url}/edition", data=typed | mine)
    assert saved.status_code == 303 and saved.location.endswith("/edition")
    row, items = letter_row(database, made), item_rows(database, made)
    assert (row.edito, row.edito_by_id, row.version) == ("Trois fois ce mois-ci.", cast.ana.id, 1)
    assert [item.title for item in items] == ["La rue rendue", ""], "the other keeps the title of its récit, whatever becomes of it"
    shown = ana.get(f"{made.url}/relecture?vue=texte").get_data(as_text=True)
    assert "La rue rendue" in shown and "Ana Belmonte" in shown


def test_each_button_keeps_what_was_typed(ana, made, database):
    typed = fields(ana, made)
    moved = ana.post(f"{made.url}/edition/{made.items[0]}/descendre", data=typed | {"titre": "Ce qui a changé"})
    assert moved.status_code == 303 and letter_row(database, made).title == "Ce qui a changé"
    assert [item.public_id for item in item_rows(database, made)] == [made.items[1], made.items[0]]
    typed = fields(ana, made)
    ana.post(f"{made.url}/edition/{made.items[0]}/retirer", data=typed | {"edito": "Un mot."})
    assert letter_row(database, made).edito == "Un mot."
    assert {item.public_id: item.is_removed for item in item_rows(database, made)} == {made.items[0]: True, made.items[1]: False}
    assert "La rue" not in ana.get(f"{made.url}/relecture?vue=texte").get_data(as_text=True)
    ana.post(f"{made.url}/edition/{made.items[0]}/remettre", data=fields(ana, made))
    assert "La rue" in ana.get(f"{made.url}/relecture?vue=texte").get_data(as_text=True)
    proofed = ana.post(f"{made.url}/edition/relecture", data=fields(ana, made) | {"titre": "Encore"})
    assert proofed.location == f"{made.url}/relecture" and letter_row(database, made).title == "Encore"


def test_what_was_read_again_is_to_be_read_again_once_it_changed(ana, made, database):
    """Nothing leaves that nobody read as it is."""
    for act in ("edition", f"citations/{made.quotes[0]}/retrait"):
        version = str(letter_row(database, made).version)
        assert ana.send(f"{made.url}/depart", {"version": version, "idempotency_key": act}).status_code == 303
        assert letter_row(database, made).is_ready
        ana.post(f"{made.url}/edition", data=fields(ana, made) | {"idempotency_key": f"same-{act}"})
        assert letter_row(database, made).is_ready, "nothing was changed"
        ana.send(f"{made.url}/{act}", fields(ana, made) | {"edito": "Un mot de plus.", "idempotency_key": f"more-{act}"})
        assert not letter_row(database, made).is_ready
        assert "relisez-la avant son départ" in ana.get(f"{made.url}/edition").get_data(as_text=True)


def test_the_first_stays_first_and_the_last_stays_last(ana, made, database):
    for item, way in ((made.items[0], "monter"), (made.items[1], "descendre")):
        ana.post(f"{made.url}/edition/{item}/{way}", data=fields(ana, made))
    assert [item.public_id for item in item_rows(database, made)] == made.items
    assert ana.post(f"{made.url}/edition/{made.items[0]}/voler", data=fields(ana, made)).status_code == 404


def test_two_people_who_change_different_things_both_keep_theirs(ana, made, database):
    mine = theirs = fields(ana, made)
    ana.post(f"{made.url}/edition", data=mine | {"edito": "L’édito de l’une."})
    saved = ana.post(f"{made.url}/edition", data=theirs | {"titre": "Le titre de l’autre", "idempotency_key": "other"})
    assert saved.status_code == 303
    row = letter_row(database, made)
    assert (row.edito, row.title) == ("L’édito de l’une.", "Le titre de l’autre")


def test_two_people_who_change_the_same_thing_lose_nothing(ana, made, database):
    before = fields(ana, made)
    ana.post(f"{made.url}/edition", data=before | {"edito": "L’édito de l’une."})
    sent = before | {"edito": "L’édito de l’autre.", f"mots-{made.items[0]}": "Un lien.", "idempotency_key": "other"}
    clash = ana.post(f"{made.url}/edition", data=sent)
    html = clash.get_data(as_text=True)
    assert clash.status_code == 409 and html.count("L’édito de l’une.") == 1 and html.count("L’édito de l’autre.") == 1
    assert "Un lien." in html and letter_row(database, made).edito == "L’édito de l’une.", "nothing is written over"
    again = sent | {"lu-edito": mark_of("L’édito de l’une."), "edito": "Les deux.", "idempotency_key": "third"}
    assert ana.post(f"{made.url}/edition", data=again).status_code == 303
    assert letter_row(database, made).edito == "Les deux." and item_rows(database, made)[0].words == "Un lien."


def test_what_oneself_kept_in_another_window_is_not_said_to_be_of_somebody_else(ana, made):
    sent = fields(ana, made) | {"edito": "Ici."}
    ana.post(f"{made.url}/edition", data=sent | {"edito": "Dans une autre fenêtre."})
    page = f"{made.url}/citations/{made.quotes[0]}"
    ana.send(page, {"mots": "Le premier matin", "lu-mots": mark_of(SAID)})
    answers = [
        ana.post(f"{made.url}/edition", data=sent | {"idempotency_key": "other"}),
        ana.send(page, {"mots": "un par un", "lu-mots": mark_of(SAID)}),
    ]
    for answer in answers:
        html = answer.get_data(as_text=True)
        assert answer.status_code == 409 and "changé" in html and "pendant que vous écriviez" in html
        assert "Quelqu’un" not in html and "quelqu’un d’autre" not in html


def test_what_was_typed_comes_back_when_the_letter_left_meanwhile(ana, made, database):
    typed = fields(ana, made)
    with database.system("it leaves", write=True) as session:
        publish(session, session.get(type(letter_row(database, made)), made.id), None)
    gone = ana.post(f"{made.url}/edition", data=typed | {"edito": "Trop tard, mais gardé."})
    assert gone.status_code == 409 and "Trop tard, mais gardé." in gone.get_data(as_text=True)
    assert letter_row(database, made).edito == "" and letter_row(database, made).version == 0
    assert ana.get(f"{made.url}/edition").location == made.url
    for act in ("depart", "attente", "envoi", "abandon"):
        assert ana.send(f"{made.url}/{act}", {"version": "0"}).location == made.url, "what left never changes"
    moved = ana.post(f"{made.url}/edition/{made.items[0]}/retirer", data=typed | {"idempotency_key": "x"})
    assert moved.status_code == 409 and not item_rows(database, made)[0].is_removed


@pytest.mark.parametrize("link", ["javascript:alert(1)", "exemple.fr", "ftp://exemple.fr/x", "//exemple.fr", "https://a@b.fr/"])
def test_an_inspiration_has_a_link_that_leads_somewhere(ana, made, link):
    new = {"titre-nouveau": "Un livre", "mots-nouveau": "À lire.", "lien-nouveau": link}
    refused = ana.post(f"{made.url}/edition", data=fields(ana, made) | new)
    html = unescape(refused.get_data(as_text=True))
    assert refused.status_code == 422 and "commence par https://" in html and "À lire." in html and f'value="{link}"' in html


def test_an_inspiration_is_added_then_changed(ana, made, database):
    new = {"titre-nouveau": "Un livre", "mots-nouveau": "À lire.", "lien-nouveau": "https://exemple.fr/livre"}
    assert ana.post(f"{made.url}/edition", data=fields(ana, made) | new).status_code == 303
    added = next(item for item in item_rows(database, made) if item.is_by_hand)
    typed = fields(ana, made)
    assert typed[f"lien-{added.public_id}"] == "https://exemple.fr/livre" and typed["titre-nouveau"] == ""
    ana.post(f"{made.url}/edition", data=typed | {f"lien-{added.public_id}": "https://exemple.fr/autre"})
    shown = ana.get(f"{made.url}/relecture?vue=texte").get_data(as_text=True)
    assert "INSPIRATION" in shown and "https://exemple.fr/autre" in shown
    alone = ana.post(f"{made.url}/edition", data=fields(ana, made) | {"mots-nouveau": "Sans titre."})
    assert alone.status_code == 422 and "Donnez un titre" in unescape(alone.get_data(as_text=True))


def test_what_is_too_long_comes_back_whole(ana, made, database):
    typed = "a" * 6001
    refused = ana.post(f"{made.url}/edition", data=fields(ana, made) | {"edito": typed})
    assert refused.status_code == 422 and typed in refused.get_data(as_text=True) and letter_row(database, made).edito == ""


# --- the words of others --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kept",
    [
        "Le premier matin, personne ne le savait.",
        f"{CUT} personne ne le savait. {CUT} ont prévenu les parents {CUT}",
        "Le premier matin [...] un par un.",
    ],
)
def test_a_quote_is_shortened(ana, made, database, kept):
    page = f"{made.url}/citations/{made.quotes[0]}"
    assert "personne ne le savait" in ana.get(page).get_data(as_text=True)
    assert ana.send(page, {"mots": kept, "lu-mots": mark_of(SAID)}).status_code == 303
    assert quote_row(database, made).words == kept.replace("[...]", CUT)


@pytest.mark.parametrize(
    "wrong",
    [
        "Le premier matin, tout le monde le savait.",
        f"un par un {CUT} Le premier matin",
        "sonne ne le savait",
        f"personne {CUT} savaient",
        CUT,
        "",
    ],
)
def test_no_word_of_a_quote_is_changed(ana, made, database, wrong):
    page = f"{made.url}/citations/{made.quotes[0]}"
    refused = ana.send(page, {"mots": wrong, "lu-mots": mark_of(SAID)})
    assert refused.status_code == 422 and wrong in unescape(refused.get_data(as_text=True))
    assert quote_row(database, made).words == SAID


def test_another_passage_of_the_text_alone(ana, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": SAID, "appris": "Prévenir, c’est déjà associer."})
    made = make_letter(database, cast, recit, quote=SAID)
    page = f"{made.url}/citations/{made.quotes[0]}"
    other = mark_of("Prévenir, c’est déjà associer.")
    assert other in ana.get(page).get_data(as_text=True)
    assert ana.send(page, {"mots": SAID, "passage": mark_of("Jamais dit.")}).status_code == 422
    assert ana.send(page, {"mots": SAID, "passage": other}).status_code == 303
    assert quote_row(database, made).words == "Prévenir, c’est déjà associer."
    assert ana.send(f"{page}/retrait").status_code == 303 and quote_row(database, made).words == ""
    assert "associer" not in ana.get(f"{made.url}/relecture?vue=texte").get_data(as_text=True)
    assert ana.send(page, {"mots": "", "passage": other}).status_code == 303, "it is put back"


def test_two_people_who_shorten_the_same_quote(ana, made, database):
    page = f"{made.url}/citations/{made.quotes[0]}"
    ana.send(page, {"mots": "Le premier matin", "lu-mots": mark_of(SAID)})
    second = ana.send(page, {"mots": "un par un", "lu-mots": mark_of(SAID)})
    html = second.get_data(as_text=True)
    assert second.status_code == 409 and "un par un" in html and "Le premier matin" in html
    assert quote_row(database, made).words == "Le premier matin"


@pytest.mark.parametrize(
    ("pieces", "first"),
    [(["premier matin"], None), (["premier", "savait"], None), (["savait", "premier"], "premier"), (["avait"], "avait")],
)
def test_words_in_their_order(pieces, first):
    assert first_not_in_order(SAID, pieces) == first


def test_only_who_looks_after_the_journal_prepares_its_letter(visit, made):
    pages = ("", "/edition", "/relecture", "/relecture/courriel", "/envoi?version=0", "/abandon", "/exporter")
    pages += (f"/citations/{made.quotes[0]}",)
    for who in ("bruno", "ines", "noor"):
        client = visit.as_(who)
        assert [client.get(made.url + page).status_code for page in pages] == [404] * len(pages), who
        assert client.send(f"{made.url}/envoi", {"version": "0"}).status_code == 404
