"""The page of an action: who reads which of its récits, face to face, with what they brought."""

import re

import pytest
from sqlalchemy import update

from rex import clock
from rex.journal import moments
from rex.journal.models import Audience, Entry, Stance
from rex.journal.moments import What
from tests.journal.acting_together import take_back
from tests.journal.making import begin, text_of
from tests.making import make_exchange, make_recit

FACTS = {"intention": "Protéger les enfants.", "faits": "La rue était vide.", "transferable": "- Marcher le trajet."}
OTHERS = {"contexte": "Octobre.", "faits": "Des barrières, lundi.", "reconnaissances": "Aux agents du carrefour."}


@pytest.fixture
def pair(database, cast):
    """Two récits of one action, both for the journal."""
    one = make_recit(database, cast.camille, "La rue fermée", FACTS, balises={"C1": Stance.ILLUSTRE, "E3": Stance.NUANCE})
    other = make_recit(database, cast.jeanne, "Le matin", OTHERS, balises={"C1": Stance.CONTREDIT}, action=one.action_public_id)
    return one, other


def page_of(client, made, vue: str = "") -> str:
    return text_of(client.get(f"/actions/{made.action_public_id}" + (f"?vue={vue}" if vue else "")))


def test_two_recits_stand_face_to_face_section_by_section(visit, pair):
    page = page_of(visit.as_("dora"), pair[0])
    headings = re.findall(r'<h2 class="face-heading"[^>]*>(.*?)</h2>', page)
    assert headings == ["Le contexte", "Ce que nous voulions", "Ce qui s’est passé"]
    assert page.index("La rue était vide.") < page.index("Des barrières, lundi.")
    assert page.count("n’en dit rien.") == 2, "what one alone tells is shown with the silence of the other"
    assert "Ce qui est transférable" in page and "Marcher le trajet." in page and "Aux agents du carrefour." in page
    assert "Aucun récit ne corrige l’autre." in page and "officiel" not in page
    assert "Ajouter un troisième récit" in page and "Une action, deux récits" in page
    chips = re.findall(r'class="chip"[^>]*>(.*?)</a>', page)
    assert len(chips) == 2 and "contredit" not in "".join(chips), "each balise once; a stance belongs to a récit"


def test_one_recit_can_be_read_alone(visit, pair):
    client = visit.as_("dora")
    page = page_of(client, pair[0], pair[1].public_id)
    assert "Des barrières, lundi." in page and "La rue était vide." not in page and "n’en dit rien" not in page
    assert re.findall(r'<a href="([^"]+)" aria-current="true">', page) == [
        f"/actions/{pair[0].action_public_id}?vue={pair[1].public_id}"
    ]
    swapped = page_of(client, pair[0], f"{pair[1].public_id}.{pair[0].public_id}")
    assert swapped.index("Des barrières, lundi.") < swapped.index("La rue était vide.")


def test_from_a_recit_one_reads_it_first(visit, pair):
    """« Les lire côte à côte », and « Une action, deux récits » above its title."""
    client = visit.as_("dora")
    words = ("La rue était vide.", "Des barrières, lundi.")
    for one, (first, second) in zip(pair, (words, words[::-1]), strict=True):
        links = re.findall(r'<a href="(/actions/[^"]+)">(?:Une action|Les lire)', text_of(client.get(one.url)))
        assert len(links) == 2 and len(set(links)) == 1
        page = text_of(client.get(links[0]))
        assert page.index(first) < page.index(second)


def test_a_closed_thread_is_not_answered_from_the_action(visit, database, cast, pair):
    make_exchange(database, cast.paul, pair[0].public_id, "Qui décide ?")
    client, answering = visit.as_("dora"), "Répondre à ce récit"
    assert page_of(client, pair[0]).count(answering) == 2
    closing = {"phrase": ["On décide ensemble."], "messages": ["1"], "fil": "collectif"}
    assert visit.as_("ana").send(f"{pair[0].url}/synthese", closing).status_code == 303
    page = page_of(client, pair[0])
    assert page.count(answering) == 1 and "ce fil est clos par" in page
    place, anchor = re.findall(r'href="(/recits/[^"#]+)#(synthese-[^"]+)"', page)[0]
    assert place == pair[0].url and f'id="{anchor}"' in text_of(client.get(place))


def test_three_and_five_recits_stay_in_pairs(visit, database, cast, pair):
    client = visit.as_("dora")
    for number, person in enumerate((cast.bruno, cast.paul, cast.noor), 3):
        make_recit(database, person, f"Vu par {person.name}", {"faits": f"Ici {number}."}, action=pair[0].action_public_id,
                    collectif="valombre")
        page = page_of(client, pair[0])
        assert page.count('class="face-head"') == 2, "the page stays in pairs"
        first = re.findall(r'aria-label="En premier".*?</nav>', page, re.DOTALL)[0]
        assert first.count("<li>") == number


def test_with_different_audiences_each_recit_says_who_reads_it(visit, database, cast, count_statements):
    wide = make_recit(database, cast.camille, "Pour tous", FACTS, audience=Audience.RESEAU)
    make_recit(database, cast.jeanne, "Pour nous", OTHERS, action=wide.action_public_id)
    here, there = (page_of(visit.as_(who), wide) for who in ("dora", "ines"))
    bar = here[here.index('class="audience"') :][:900]
    assert "tous les membres du journal" in bar and "Pour les lire ensemble" in bar, "together: the narrower of the two"
    assert here.count('class="face-by face-audience"') == 2 and "Lu par les membres de tous les collectifs du réseau" in here
    assert "Des barrières, lundi." not in there and "Pour nous" not in there and "n’en dit rien" not in there
    assert "Une action, un récit" in there and "face-audience" not in there and 'data-audience="reseau"' in there


def test_a_stranger_finds_no_action(visit, pair):
    for who in ("ines", "admin", "gael"):
        assert visit.as_(who).get(f"/actions/{pair[0].action_public_id}").status_code in (302, 404)


@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_statements_of_an_action_stay_few(visit, database, cast, count_statements, number):
    people = (cast.camille, cast.jeanne, cast.bruno, cast.paul, cast.noor)
    made = make_recit(database, people[0], "Un", FACTS, audience=Audience.RESEAU, balises={"C1": Stance.ILLUSTRE})
    for person in people[1:number]:
        make_recit(database, person, "Autre", OTHERS, balises={"E3": Stance.ILLUSTRE}, action=made.action_public_id,
                   collectif="valombre")
    client = visit.as_("dora")
    for vue in ("", made.public_id):
        with count_statements() as seen:
            page_of(client, made, vue)
        assert len(seen) <= 12, "\n".join(seen)


def test_a_recit_withdrawn_or_suspended_leaves_the_face_to_face(visit, database, cast, pair):
    client = visit.as_("dora")
    take_back(visit.as_("jeanne"), pair[1])
    page = page_of(client, pair[0])
    assert "Une action, un récit" in page and "Des barrières" not in page and "n’en dit rien" not in page
    with database.system("an animateur suspends", write=True) as session:
        session.execute(update(Entry).where(Entry.id == pair[0].id).values(suspended_at=clock.now()))
    assert client.get(f"/actions/{pair[0].action_public_id}").status_code == 404


UGLY = {
    "faits": "désimperméabilisation" * 20 + "\n\nNote[^1] et `code`.\n\n[^1]: la note",
    "intention": "مرحبا بالعالم \u202eenvers",
    "a-nous": "| a | b |\n|---|---|\n| 1 | 2 |",
}


def test_ugly_words_stand_face_to_face_too(visit, database, cast):
    """The client proof-reads the page: no id twice, no broken heading, no raw HTML."""
    one = make_recit(database, cast.camille, "<b>Un</b> titre", UGLY)
    make_recit(database, cast.jeanne, "\u202eenvers", {**UGLY, "vide": "   "}, action=one.action_public_id)
    answer = visit.as_("dora").get(f"/actions/{one.action_public_id}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "&lt;b&gt;Un&lt;/b&gt; titre" in page and "\u202e" not in page
    assert 'id="a-faits-fn:1"' in page and 'id="b-faits-fn:1"' in page


# --- another récit ------------------------------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch):
    """What was told, to whom: (what, entry id, user ids)."""
    told: list[tuple[What, int | None, list[int]]] = []
    monkeypatch.setitem(moments._telling, "a test", lambda _s, _a, what, entry, to, _e: told.append((what, entry, sorted(to))))
    return told


def test_the_authors_of_the_others_are_told_that_one_more_appears(database, cast, heard):
    one = make_recit(database, cast.camille, co_authors=(cast.bruno,))
    heard.clear()
    other = make_recit(database, cast.jeanne, action=one.action_public_id)
    make_recit(database, cast.paul, action=one.action_public_id, audience=None)
    told = [line for line in heard if line[0] is What.OTHER_RECIT and line[2]]
    assert told == [(What.OTHER_RECIT, other.id, sorted([cast.camille.id, cast.bruno.id]))]


def test_published_again_after_a_withdrawal_it_is_told_to_nobody(visit, database, cast, heard):
    one = make_recit(database, cast.camille)
    other = make_recit(database, cast.jeanne, action=one.action_public_id)
    heard.clear()
    jeanne = visit.as_("jeanne")
    jeanne.send(f"{other.url}/retrait")
    assert jeanne.send(f"{other.url}/publication", {"publier": "collectif"}).status_code == 303
    assert jeanne.get(other.url).status_code == 200 and visit.as_("camille").get(other.url).status_code == 200
    assert What.OTHER_RECIT not in [what for what, _, _ in heard]


def test_the_first_recit_is_folded_beside_the_canvas(visit, database, cast, pair):
    client = visit.as_("paul")
    recit = begin(client, action=pair[0].action_public_id, collectif="valombre")
    page = text_of(client.get(f"/recits/{recit}/edition"))
    assert page.count('<details class="other-recit"') == 2 and "Protéger les enfants." in page and "Des barrières, lundi." in page
    assert page.count(", sur ce passage</summary>") == 2, "under the field of the section that both tell"
    alone = begin(visit.as_("noor"))
    assert "other-recit" not in text_of(visit.as_("noor").get(f"/recits/{alone}/edition"))


def test_the_same_footnotes_of_several_recits_stand_beside_the_canvas(visit, database, cast):
    """The client proof-reads the page: no id twice."""
    one = make_recit(database, cast.camille, sections=UGLY)
    make_recit(database, cast.jeanne, sections=UGLY, action=one.action_public_id)
    client = visit.as_("paul")
    recit = begin(client, action=one.action_public_id, collectif="valombre")
    assert text_of(client.get(f"/recits/{recit}/edition")).count("la note") == 4


def test_a_recit_that_its_writer_may_not_read_is_not_beside_the_canvas(visit, database, cast, pair):
    client = visit.as_("paul")
    recit = begin(client, action=pair[0].action_public_id, collectif="valombre")
    take_back(visit.as_("jeanne"), pair[1])
    page = text_of(client.get(f"/recits/{recit}/edition"))
    assert "Protéger les enfants." in page and "Des barrières, lundi." not in page


# --- in lists -----------------------------------------------------------------------------------------------------------


def test_in_the_list_a_recit_names_its_action_and_leads_to_it(visit, database, cast, pair):
    alone = make_recit(database, cast.dora, "Seule")
    make_recit(database, cast.paul, action=pair[0].action_public_id, audience=None)
    for query in ("", "?enjeu=C"):
        page = text_of(visit.as_("bruno").get(f"/c/valombre/recits{query}"))
        assert page.count(f'<a href="/actions/{pair[0].action_public_id}">Une action, deux récits</a>') == 2, query
        assert alone.action_public_id not in page


def test_the_list_counts_only_what_its_reader_reads(visit, database, cast):
    wide = make_recit(database, cast.camille, "Pour tous", audience=Audience.RESEAU)
    make_recit(database, cast.jeanne, "Pour nous", action=wide.action_public_id)
    here = text_of(visit.as_("dora").get("/c/valombre/recits?reseau=1"))
    there = text_of(visit.as_("ines").get("/c/orbe/recits?reseau=1"))
    assert "Une action, deux récits" in here and "Pour tous" in there and "Une action" not in there
