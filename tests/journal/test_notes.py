"""« Les deux récits divergent ici »: who writes it, who reads it, how it changes and goes."""

import re

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.models import Collectif, Membership
from rex.journal.models import Audience
from rex.journal.moments import What
from rex.journal.notes import MOST_CHARS, find_note
from rex.journal.suspending import put_away
from tests.journal.acting_together import NOTE, count_kept, note_of, take_back, tell_again, write_note
from tests.journal.making import publish, save, text_of
from tests.journal.test_actions import FACTS, OTHERS, heard, page_of
from tests.making import make_recit, reader_of

__all__ = ["heard"]  # a fixture


def two(database, cast, one: Audience = Audience.COLLECTIF, other: Audience = Audience.COLLECTIF):
    first = make_recit(database, cast.camille, "La rue fermée", FACTS, audience=one)
    return first, make_recit(database, cast.jeanne, "Le matin", OTHERS, audience=other, action=first.action_public_id)


def address(made, note: str, page: str) -> str:
    return f"/actions/{made.action_public_id}/notes/{note}/{page}"


def base_of(client, made, note: str) -> str:
    """The version from which the form of a change begins."""
    found = re.search(r'name="base" value="(\w+)"', text_of(client.get(address(made, note, "modification"))))
    assert found, "the form does not say from which words it begins"
    return found[1]


def change(client, made, note: str, base: str = "", **form: str):
    """Send the form of a change, begun now unless `base` says from which words."""
    sent = {"base": base or base_of(client, made, note), **form}
    return client.send(address(made, note, "modification"), sent)


def test_a_note_is_signed_and_stands_in_its_section(visit, database, cast, heard):
    one, other = two(database, cast)
    form = text_of(visit.as_("dora").get(
        f"/actions/{one.action_public_id}/notes/nouvelle?section=faits&un={one.public_id}&autre={other.public_id}"))
    assert "La rue était vide." in form and "Des barrières, lundi." in form, "both passages are read while writing"
    bar, button = form.index('data-audience="collectif"'), form.index("Écrire cette note devant les 7 membres")
    assert bar < form.index('name="mots"') < button
    heard.clear()
    note = note_of(visit.as_("dora"), one, other)
    assert heard == [(What.NOTE, one.id, [cast.camille.id]), (What.NOTE, other.id, [cast.jeanne.id])]
    page = page_of(visit.as_("bruno"), one)
    section = page[page.index('id="s-faits"') :]
    box = section[section.index(f'id="note-{note}"') :][:1200]
    assert "Les deux récits divergent ici" in box and "«\u202fprévenu\u202f»" in box
    assert "Dora Lenoir, Direction générale" in box and "Modifier" not in box, "only its author changes it"
    assert "Modifier" in page_of(visit.as_("dora"), one)
    assert "divergent ici" not in page_of(visit.as_("bruno"), one, one.public_id), "between two récits, not beside one"


def test_several_notes_stand_in_one_section_and_say_how_they_meet(visit, database, cast):
    one, other = two(database, cast)
    note_of(visit.as_("dora"), one, other, "Un écart.")
    note_of(visit.as_("paul"), other, one, "Un accord.", rencontre="rejoignent")
    page = page_of(visit.as_("bruno"), one)
    assert page.count("Les deux récits divergent ici") == page.count("Les deux récits se rejoignent ici") == 1
    assert page.index("Un écart.") < page.index("Un accord.")


WHO_READS = [
    # one's audience, the other's, who reads the note
    (Audience.COLLECTIF, Audience.COLLECTIF, {"camille", "dora", "noor"}),
    (Audience.RESEAU, Audience.COLLECTIF, {"camille", "dora", "noor"}),
    (Audience.COLLECTIF, Audience.RESEAU, {"camille", "dora", "noor"}),
    (Audience.RESEAU, Audience.RESEAU, {"camille", "dora", "noor", "ines"}),
]


@pytest.mark.parametrize(("one_for", "other_for", "readers"), WHO_READS)
def test_a_note_is_read_by_those_who_read_both(visit, database, cast, one_for, other_for, readers):
    one, other = two(database, cast, one_for, other_for)
    note = note_of(visit.as_("dora"), one, other)
    found = set()
    for who in ("camille", "dora", "noor", "ines", "gael", "admin"):
        answer = visit.as_(who).get(f"/actions/{one.action_public_id}")
        if note in answer.get_data(as_text=True):
            found.add(who)
    assert found == readers
    assert write_note(visit.as_("ines"), one, other).status_code == (303 if "ines" in readers else 404)


def test_a_note_keeps_its_readers_when_the_recits_are_opened(visit, database, cast):
    one, other = two(database, cast)
    note = note_of(visit.as_("dora"), one, other)
    tell_again(visit.as_("camille"), one, "reseau")
    tell_again(visit.as_("jeanne"), other, "reseau")
    assert "Des barrières, lundi." in page_of(visit.as_("ines"), one) and note not in page_of(visit.as_("ines"), one)
    assert note in page_of(visit.as_("bruno"), one)
    later = note_of(visit.as_("dora"), one, other, "Dite devant le réseau.")
    assert later in page_of(visit.as_("ines"), one)


def test_a_note_is_never_wider_than_its_author_was_told(visit, database, cast):
    """Both récits are opened between the form and the button: it stays with those that the button named."""
    one, other = two(database, cast, Audience.RESEAU, Audience.RESEAU)
    note = note_of(visit.as_("dora"), one, other, devant="collectif")
    assert note in page_of(visit.as_("bruno"), one) and note not in page_of(visit.as_("ines"), one)


def test_a_note_goes_and_comes_back_with_its_recits(visit, database, cast):
    one, other = two(database, cast)
    note = note_of(visit.as_("dora"), one, other)
    take_back(visit.as_("jeanne"), other)
    assert note not in page_of(visit.as_("bruno"), one) and note not in page_of(visit.as_("camille"), one)
    assert visit.as_("dora").get(address(one, note, "modification")).status_code == 404
    tell_again(visit.as_("jeanne"), other)
    assert note in page_of(visit.as_("bruno"), one)
    other_client = visit.as_("camille")
    take_back(other_client, one)
    assert note not in page_of(visit.as_("bruno"), one)


def test_only_its_author_changes_and_removes_a_note(visit, database, cast):
    one, other = two(database, cast)
    note = note_of(visit.as_("dora"), one, other)
    for who, status in (("bruno", 403), ("ana", 403), ("camille", 403), ("ines", 404)):
        client = visit.as_(who)
        for page in ("modification", "retrait"):
            assert client.get(address(one, note, page)).status_code == status, who
            sent = {"mots": "Autre.", "rencontre": "rejoignent"}
            assert client.send(address(one, note, page), sent).status_code == status, who
    dora = visit.as_("dora")
    assert "Retirer cette note" in text_of(dora.get(address(one, note, "retrait")))
    assert NOTE[:20] in text_of(dora.get(address(one, note, "modification")))
    answer = change(dora, one, note, mots="Dit autrement.", rencontre="rejoignent")
    assert answer.location == f"/actions/{one.action_public_id}#s-faits"
    page = page_of(visit.as_("bruno"), one)
    assert "Dit autrement." in page and "se rejoignent ici" in page and "modifiée depuis" in page
    assert dora.send(address(one, note, "retrait")).status_code == 303
    assert note not in page_of(dora, one) and count_kept(database)[0] == 0


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"mots": "   "}, "Dites en une phrase ce que vous lisez entre les deux récits"),
        ({"mots": "\u202e\u200b"}, "Dites en une phrase ce que vous lisez entre les deux récits"),
        ({"mots": "Gardé.", "rencontre": ""}, "Dites si les deux récits divergent ici ou se rejoignent"),
        ({"mots": "Gardé.", "rencontre": "n’importe"}, "Dites si les deux récits divergent ici ou se rejoignent"),
        ({"mots": "é" * (MOST_CHARS + 1)}, f"Raccourcissez cette note\u00a0: {MOST_CHARS} caractères au plus"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(visit, database, cast, form, sentence):
    one, other = two(database, cast)
    answer = write_note(visit.as_("dora"), one, other, form["mots"], **{k: v for k, v in form.items() if k != "mots"})
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page and page.count("Erreur\u00a0: ") + page.count("Erreur : ") >= 2
    assert form["mots"].strip() in page and count_kept(database)[0] == 0


def test_no_note_on_what_is_not_there(visit, database, cast):
    one, other = two(database, cast)
    elsewhere = make_recit(database, cast.camille, "Ailleurs")
    client = visit.as_("dora")
    for sent in (
        {"section": "n-existe-pas"},
        {"autre": one.public_id},
        {"autre": elsewhere.public_id},
        {"un": "x"},
        {"section": "transferable"},
    ):
        assert write_note(client, one, other, **sent).status_code == 404, sent
    assert count_kept(database)[0] == 0


def test_a_note_on_a_section_that_went_is_still_read(visit, database, cast):
    one, other = two(database, cast)
    note = note_of(visit.as_("dora"), one, other, section="intention")
    client = visit.as_("camille")
    save(client, one.public_id, {"intention": ""})
    publish(client, one.public_id)
    page = page_of(visit.as_("bruno"), one)
    assert "Protéger les enfants." not in page, "the correction is published"
    assert "Un passage qui a changé depuis" in page and note in page
    assert visit.as_("dora").get(address(one, note, "modification")).status_code == 200


def test_hostile_words_stay_words(visit, database, cast):
    one, other = two(database, cast)
    note_of(visit.as_("dora"), one, other, "<script>alert(1)</script>\n{{ 7*7 }} \u202eenvers " + "long" * 200)
    page = visit.as_("bruno").get(f"/actions/{one.action_public_id}").get_data(as_text=True)
    assert "&lt;script&gt;" in page and "{{ 7*7 }}" in page and "\u202e" not in page and not re.search(r"<script>alert", page)


@pytest.mark.parametrize("narrowed", [True, False])
def test_words_changed_before_fewer_people_stay_before_them(visit, database, cast, narrowed):
    """Both récits were the journal's when it was changed, or its form said so: opened again, the réseau does not read it."""
    one, other = two(database, cast, Audience.RESEAU, Audience.RESEAU)
    note = note_of(visit.as_("dora"), one, other)
    if narrowed:
        tell_again(visit.as_("camille"), one, "collectif")
    assert change(visit.as_("dora"), one, note, mots="Entre nous.", rencontre="divergent", devant="collectif").status_code == 303
    if narrowed:
        tell_again(visit.as_("camille"), one, "reseau")
    assert note not in page_of(visit.as_("ines"), one) and "Entre nous." in page_of(visit.as_("bruno"), one)


def test_an_author_who_left_is_not_told_of_a_note_said_between_members(visit, database, cast, heard):
    """They still read their récit, which is the réseau's, not what is said between the members of the journal."""
    first = make_recit(database, cast.noor, "La rue fermée", FACTS, audience=Audience.RESEAU, collectif="valombre")
    second = make_recit(database, cast.jeanne, "Le matin", OTHERS, action=first.action_public_id)
    with database.system("Noor leaves Valombre", write=True) as session:
        here = (Membership.user_id == cast.noor.id, Membership.collectif_id == cast.valombre_id)
        session.execute(update(Membership).where(*here).values(ended_at=clock.now()))
    heard.clear()
    note_of(visit.as_("dora"), first, second)
    assert heard == [(What.NOTE, first.id, []), (What.NOTE, second.id, [cast.jeanne.id])]


def test_of_two_windows_the_second_does_not_silently_win(visit, database, cast):
    one, other = two(database, cast)
    dora = visit.as_("dora")
    note = note_of(dora, one, other)
    base = base_of(dora, one, note)
    assert change(dora, one, note, base, mots="Dit dans la première.", rencontre="rejoignent").status_code == 303
    late = change(dora, one, note, base, mots="Dit dans la seconde.", rencontre="divergent")
    page = text_of(late)
    assert late.status_code == 409 and "Dit dans la première." in page and "Dit dans la seconde." in page
    assert "se rejoignent" in page[: page.index("Dit dans la première.") + 200]
    assert "Dit dans la première." in page_of(visit.as_("bruno"), one)
    again = re.search(r'name="base" value="(\w+)"', page)
    assert again and again[1] != base, "having read both, saving puts one in the place of the other"
    assert change(dora, one, note, again[1], mots="Dit dans la seconde.", rencontre="divergent").status_code == 303
    assert "Dit dans la seconde." in page_of(visit.as_("bruno"), one)


def test_suspended_meanwhile_what_was_typed_comes_back(visit, database, cast):
    one, other = two(database, cast)
    dora = visit.as_("dora")
    note = note_of(dora, one, other)
    base = base_of(dora, one, note)
    visit.as_("ana").send(f"/signaler/note/{note}", {"motif": "Elle vise quelqu’un."})
    reports = "/c/valombre/signalements"
    report = re.findall(rf"{reports}/([\w-]+)/suspension", text_of(visit.as_("ana").get(reports)))[0]
    assert visit.as_("ana").send(f"{reports}/{report}/suspension", {"raison": "Elle nomme."}).status_code == 303
    late = change(dora, one, note, base, mots="Dit autrement.", rencontre="divergent")
    page = text_of(late)
    assert late.status_code == 403 and "Dit autrement." in page and "est suspendue" in page and NOTE[:20] not in page
    assert "Dit autrement." not in page_of(visit.as_("bruno"), one)
    refused = visit.as_("bruno").send(address(one, note, "modification"), {"mots": "Autre.", "rencontre": "divergent"})
    assert refused.status_code in (403, 404) and "Autre." not in text_of(refused)


def test_a_form_that_lost_its_base_overwrites_nothing(visit, database, cast):
    one, other = two(database, cast)
    note = note_of(visit.as_("dora"), one, other)
    late = visit.as_("dora").send(address(one, note, "modification"), {"mots": "Autre.", "rencontre": "divergent"})
    assert late.status_code == 409 and NOTE[:20] in text_of(late) and "Autre." in text_of(late)


def test_what_is_missing_in_a_change_keeps_the_base(visit, database, cast):
    one, other = two(database, cast)
    dora = visit.as_("dora")
    note = note_of(dora, one, other)
    base = base_of(dora, one, note)
    change(dora, one, note, base, mots="Dit dans la première.", rencontre="divergent")
    wrong = change(dora, one, note, base, mots="Dit ailleurs.", rencontre="")
    kept = re.search(r'name="base" value="(\w+)"', text_of(wrong))
    assert wrong.status_code == 422 and kept and kept[1] == base


def test_own_suspended_notes_cost_no_more_when_they_are_many(visit, database, cast, count_statements):
    one, other = two(database, cast)
    dora, seen = visit.as_("dora"), []
    for rank in range(4):
        note = note_of(dora, one, other, f"Note {rank}.")
        visit.as_("ana").send(f"/signaler/note/{note}", {"motif": "Elle vise quelqu’un."})
        with database.session(write=True) as session:
            session.reader = reader_of(session, cast.ana)
            row = find_note(session, note)
            assert row is not None
            key = session.scalars(select(Collectif).where(Collectif.id == cast.valombre_id)).one().key_name
            put_away(session, session.reader, key, row, row.words, "Elle vise quelqu’un.")
            row.words = ""
            session.commit()
        with count_statements() as statements:
            page = page_of(dora, one)
        assert page.count("Elle vise quelqu’un.") == rank + 1 and f"Note {rank}." in page
        seen.append(len(statements))
    assert len(set(seen)) == 1, seen
