"""Rewriting: every trace is decided, nothing is asked before; nobody of the group is named; nothing unseen leaves."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Collectif
from rex.journal.canvas import DEFAULT
from rex.journal.models import EntryKind
from rex.peer_groups.creating import seat as seat_in_group
from rex.peer_groups.models import Decision
from rex.text.traces import Known, TraceKind
from rex.versements.rewriting import (
    Act,
    Decided,
    Rewriting,
    clean,
    decide,
    faults_of,
    members_named,
    packed,
    sections_of,
    undecided,
    unpacked,
)
from tests.journal.difficulties import make_difficulty
from tests.making import make_group, make_recit
from tests.versements.leaving import SAFE, begin, decision_of, form_of, is_kept, put, row_of, say, text_of

KNOWN = Known(people=("Dora Lenoir",))


def rewriting(text: str, title: str = "Un titre", kind: EntryKind = EntryKind.RECIT) -> Rewriting:
    return Rewriting(kind, text, title)


def test_what_is_decided_is_done_everywhere_and_remembered():
    said = rewriting("Dora a dit oui le 12 mars. Puis Dora est partie.", "Ce que Dora m’a dit")
    first = undecided(said, KNOWN)
    assert [(one.trace.words, one.times) for one in first] == [("Dora", 3), ("le 12 mars", 1)]
    said = decide(said, [Decided(TraceKind.PERSON, "Dora", Act.REPLACE, "une collègue")], KNOWN)
    assert said.text == "Une collègue a dit oui le 12 mars. Puis une collègue est partie."
    assert said.title == "Ce qu’une collègue m’a dit"
    said = decide(said, [Decided(TraceKind.DATE, "le 12 mars", Act.KEEP, "c’est un jour de fête")], KNOWN)
    assert undecided(said, KNOWN) == [] and unpacked(packed(said)) == said
    said = decide(rewriting("Dora a dit oui le 12 mars."), [Decided(TraceKind.DATE, "le 12 mars", Act.REMOVE)], KNOWN)
    assert said.text == "Dora a dit oui."


def test_an_address_is_never_kept():
    said = decide(rewriting("Voir /recits/abcdef ici."), [Decided(TraceKind.LINK, "/recits/abcdef", Act.KEEP, "utile")], KNOWN)
    assert [one.trace.kind for one in undecided(said, KNOWN)] == [TraceKind.LINK]


def test_nothing_unseen_leaves():
    assert clean("Do\u200bra\u00ad a\u2060 dit\ufe0f o\u034fui\u202e.") == "Dora a dit oui."
    assert clean("De\u2009deux\u2003façons   et  demie. \u00a0\r\nFin&#8203;.&#x200b;") == "De deux façons et demie.\nFin."
    assert clean("é") == clean("e\u0301")
    assert clean("- un\n  - deux") == "- un\n  - deux"


def test_who_is_in_the_group_is_named_in_no_way():
    for text in ("Dora a tort.", "dora lenoir", "Mme Lenoir", "LENOIR"):
        assert members_named(rewriting(text), ("Dora Lenoir",)), text
    assert members_named(rewriting("Un texte.", "Dora"), ("Dora Lenoir",)) == ["Dora"]
    assert members_named(rewriting("J’adore l’idée."), ("Dora Lenoir",)) == []


@pytest.mark.parametrize(
    "said, field",
    [
        (rewriting(SAFE, ""), "titre"),
        (rewriting(SAFE, "x" * 201), "titre"),
        (rewriting("…"), "texte"),
        (rewriting("x" * 12_001), "texte"),
        (rewriting("x" * 1_001, kind=EntryKind.DIFFICULTY), "texte"),
        (rewriting("LE texte du groupe"), "texte"),
        (rewriting(SAFE, "Le poste  promis"), "titre"),
        (rewriting("Le poste promis", kind=EntryKind.DIFFICULTY), "texte"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(said, field):
    assert [name for name, _ in faults_of(said, "Le poste promis", "Le texte du groupe")] == [field]
    assert faults_of(rewriting(SAFE), "Le poste promis", "Le texte du groupe") == []


def test_a_recit_finds_its_sections_again():
    text = "Au début.\n## Ce qui a résisté\nLa peur.\n### Mon titre\nLa suite.\n## ce que nous avons APPRIS ##\nAttendre."
    assert sections_of(text, DEFAULT) == {
        "faits": "Au début.",
        "resistance": "La peur.\n### Mon titre\nLa suite.",
        "appris": "Attendre.",
    }


@pytest.fixture
def group(database, cast):
    return make_group(database, cast.dora, cast.camille)


@pytest.fixture
def leaving(visit, database, cast, group):
    sections = {"faits": "Dora a vu le maire, rue Basse.", "appris": "Me taire."}
    made = make_recit(database, cast.camille, "Le poste promis", sections, group=group.id)
    return begin(visit, "camille", group, made.public_id)


def questions(database) -> int:
    with database.system("what is asked") as session:
        return len(session.scalars(select(Decision.id)).all())


def test_it_begins_with_the_words_of_the_group(visit, leaving):
    page = unescape(visit.as_("camille").get(leaving.url).get_data(as_text=True))
    assert "## Ce qui s’est passé" in page and "Dora a vu le maire, rue Basse." in page
    assert re.findall(r'name="mots" value="([^"]+)"', page) == ["Dora", "le maire", "rue Basse"]
    assert "personne d’autre que vous ne peut le lire" in page
    again = visit.as_("camille").send(f"{leaving.group.url}/versements", {"texte": "AAAAAAAAAAAAAAAA"})
    assert again.status_code == 404


def test_nothing_is_asked_while_a_trace_is_undecided(visit, database, leaving):
    text = "La Voirie attend le 12 mars."
    answer = put(visit, "camille", leaving, texte=text, titre="Se taire", nature="recit")
    assert answer.status_code == 422 and "il en reste 2" in text_of(answer)
    assert questions(database) == 0 and row_of(database, leaving)[1].text == text, "what was typed is kept"
    form = form_of(visit, "camille", leaving, texte=text, titre="Se taire", nature="recit", acte="demander")
    form |= {"mots": ["La Voirie", "le 12 mars"], "geste-0": "remplacer", "neutre-0": "un service", "geste-1": "garder"}
    answer = visit.as_("camille").send(leaving.url, form)
    assert answer.status_code == 422 and "Dites pourquoi ces mots restent" in text_of(answer)
    said = row_of(database, leaving)[1]
    assert said.text == "Un service attend le 12 mars." and said.decided[0].instead == "un service"
    form = form_of(visit, "camille", leaving, texte=said.text, titre="Se taire", nature="recit", acte="demander")
    form |= {"mots": ["le 12 mars"], "geste-0": "garder", "raison-0": "jour férié là-bas"}
    decision = decision_of(visit.as_("camille").send(leaving.url, form))
    page = text_of(visit.as_("dora").get(f"{leaving.group.url}/decisions/{decision}"))
    assert "Un service attend le 12 mars." in page and "gardé : jour férié là-bas" in page.replace("\u00a0", " ")
    assert "remplacé par « un service »" in page.replace("\u202f", " ").replace("\u00a0", " ")


def test_who_came_later_reads_what_leaves_and_not_what_was_taken_out_of_what_they_never_read(visit, database, cast, leaving):
    with database.system("Noor joins", write=True) as session:
        group = session.scalars(select(PeerGroup).where(PeerGroup.id == leaving.group.id)).one()
        seat_in_group(session, group, cast.noor.id)
    form = form_of(visit, "camille", leaving, texte="La Voirie attend le 12 mars.", acte="demander")
    form |= {"mots": ["La Voirie", "le 12 mars"], "geste-0": "remplacer", "neutre-0": "un service"}
    decision = decision_of(visit.as_("camille").send(leaving.url, form | {"geste-1": "garder", "raison-1": "jour férié là-bas"}))
    url = f"{leaving.group.url}/decisions/{decision}"
    dora, noor = (text_of(visit.as_(who).get(url)) for who in ("dora", "noor"))
    assert "La Voirie" in dora and "le 12 mars" in dora
    assert "Un service attend le 12 mars." in noor and "jour férié là-bas" in noor and "La Voirie" not in noor
    assert 'value="oui"' in visit.as_("noor").get(url).get_data(as_text=True), "they are of the group, and asked"
    search = f"{leaving.group.url}/recherche?q=voirie"
    assert "Texte réécrit" in text_of(visit.as_("dora").get(search))
    assert "Texte réécrit" not in text_of(visit.as_("noor").get(search))


def test_its_headings_are_read_as_headings(visit, leaving):
    said = rewriting("Avant.\n\n## Ce qui a résisté\n\nUn.\n\nDeux.\n## Fin ##\nTrois.")
    assert said.pieces == [(False, "Avant."), (True, "Ce qui a résisté"), (False, "Un.\n\nDeux."), (True, "Fin"), (False, "Trois.")]
    assert rewriting("").pieces == []


def test_nobody_of_the_group_is_named_for_any_reason(visit, database, leaving):
    form = form_of(visit, "camille", leaving, texte="Tout repose sur Dora, ici.", acte="demander")
    form |= {"mots": ["Dora"], "geste-0": "garder", "raison-0": "elle veut bien"}
    answer = visit.as_("camille").send(leaving.url, form)
    assert answer.status_code == 422 and "nomme un membre du groupe" in text_of(answer)
    assert questions(database) == 0


def test_words_across_two_lines_are_decided_as_browsers_send_them(visit, database, leaving):
    form = form_of(visit, "camille", leaving, texte="Tout repose sur Dora\r\nLenoir, ici.", acte="enregistrer")
    form |= {"mots": ["Dora\r\nLenoir"], "geste-0": "remplacer", "neutre-0": "une collègue"}
    assert visit.as_("camille").send(leaving.url, form).status_code == 303
    assert row_of(database, leaving)[1].text == "Tout repose sur une collègue, ici."


@pytest.mark.parametrize("typed", [{"nature": "recit", "titre": ""}, {"texte": ""}, {"collectif": "ailleurs"}])
def test_what_lacks_is_said_and_what_was_typed_is_kept(visit, database, leaving, typed):
    answer = put(visit, "camille", leaving, **typed)
    assert answer.status_code == 422 and "À revoir" in text_of(answer) and questions(database) == 0


def test_a_text_before_the_members_does_not_change(visit, database, leaving):
    kept = form_of(visit, "camille", leaving, acte="enregistrer")
    decision = decision_of(put(visit, "camille", leaving))
    assert visit.as_("camille").get(leaving.url).location.endswith(decision)
    answer = visit.as_("camille").send(leaving.url, {**kept, "texte": "Autre chose."})
    assert answer.status_code == 409 and row_of(database, leaving)[1].text == SAFE


def test_of_two_windows_the_second_does_not_silently_win(visit, database, leaving):
    first, second = (form_of(visit, "camille", leaving, acte="enregistrer", texte=text) for text in ("Une.", "Deux."))
    assert visit.as_("camille").send(leaving.url, first).status_code == 303
    answer = visit.as_("camille").send(leaving.url, second)
    assert answer.status_code == 409 and "dans une autre fenêtre" in text_of(answer) and "Deux." in answer.get_data(as_text=True)
    assert row_of(database, leaving)[1].text == "Une."


def test_only_its_author_reads_it_before_it_is_put_to_the_members(visit, database, cast, leaving):
    for who in ("dora", "bruno", "ana", "admin"):
        client = visit.as_(who)
        assert client.get(leaving.url).status_code == 404
        assert client.send(leaving.url, {"acte": "abandonner", "version": "1"}).status_code == 404
    page = visit.as_("dora").get(f"{leaving.group.url}/versements").get_data(as_text=True)
    assert leaving.public_id not in page
    decision = decision_of(put(visit, "camille", leaving))
    assert SAFE.split(".")[0] in text_of(visit.as_("dora").get(f"{leaving.group.url}/decisions/{decision}"))
    assert visit.as_("dora").send(leaving.url, {"acte": "abandonner", "version": "1"}).status_code == 403
    assert visit.as_("ana").get(f"{leaving.group.url}/decisions/{decision}").status_code == 404


def test_a_text_of_another_is_not_rewritten(visit, database, cast, group):
    noted = make_difficulty(database, cast.camille, "Je n’y arrive plus.")
    outside = visit.as_("camille").send(f"{group.url}/versements", {"texte": noted.public_id})
    made = make_recit(database, cast.camille, "À moi", group=group.id)
    assert outside.status_code == 404
    assert visit.as_("dora").send(f"{group.url}/versements", {"texte": made.public_id}).status_code == 404


def test_giving_it_up_leaves_the_text_of_the_group(visit, database, leaving):
    form = form_of(visit, "camille", leaving, acte="abandonner")
    assert visit.as_("camille").send(leaving.url, form).status_code == 303
    assert not is_kept(database, leaving)


def test_the_days_to_answer_are_those_of_the_group(visit, database, cast, leaving):
    with database.system("the pacte says five days", write=True) as session:
        session.scalars(select(PeerGroup).where(PeerGroup.id == leaving.group.id)).one().versement_days = 5
    assert "aura 5" in text_of(visit.as_("camille").get(leaving.url)).replace("\u00a0", " ")
    decision = decision_of(put(visit, "camille", leaving))
    with database.system("when it ends") as session:
        asked = session.scalars(select(Decision).where(Decision.public_id == decision)).one()
        assert (asked.closes_at - asked.asked_at).days in (4, 5)


def test_who_has_several_collectifs_says_in_which(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor)
    made = make_recit(database, cast.noor, "À moi", group=group.id)
    leaving = begin(visit, "noor", group, made.public_id)
    answer = put(visit, "noor", leaving)
    assert answer.status_code == 422 and "Choisissez le journal" in text_of(answer)
    with database.system("Orbe") as session:
        orbe = session.scalars(select(Collectif.public_id).where(Collectif.id == cast.orbe_id)).one()
    decision = decision_of(put(visit, "noor", leaving, collectif=orbe))
    say(visit, "dora", group, decision)
    assert row_of(database, leaving)[0].is_told
    assert SAFE.split(".")[0] in text_of(visit.as_("ines").get("/c/orbe/difficultes"))
    assert SAFE.split(".")[0] not in text_of(visit.as_("camille").get("/c/valombre/difficultes"))
