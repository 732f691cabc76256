"""The canvas of a collectif: what its animateurs change, and what never gets lost."""

import re

import pytest

from rex.journal import canvas_edition
from rex.journal.canvas import DEFAULT, canvas_of
from tests.making import make_recit

SLUGS = [section.slug for section in DEFAULT]


def words(answer) -> str:
    return " ".join(answer.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ").split())


def form_of(client, collectif: str = "valombre") -> dict[str, list[str] | str]:
    """The fields of the page as a browser would send them."""
    html = client.get(f"/c/{collectif}/canevas").get_data(as_text=True)
    sections = re.findall(r'name="section" value="([^"]+)"', html)
    fields: dict[str, list[str] | str] = {"section": sections}
    for name, value in re.findall(r'name="((?:titre|aide)-[^"]+)" value="([^"]*)"', html):
        fields[name] = value
    for name in re.findall(r'name="(ouverte-[^"]+)" checked', html):
        fields[name] = "on"
    return fields


@pytest.fixture
def canvas(database, cast):
    def read(collectif_id: int | None = None) -> list:
        with database.system("look at the canvas") as session:
            return canvas_of(session, collectif_id or cast.valombre_id)

    return read


def send(client, path: str = "", **changed):
    return client.send(f"/c/valombre/canevas{path}", form_of(client) | changed, page="/c/valombre/canevas")


@pytest.mark.parametrize("who, status", [("ana", 200), ("camille", 403), ("ines", 404), ("admin", 404), ("gael", 404), (None, 302)])
def test_who_opens_it(visit, who, status):
    assert visit.as_(who).get("/c/valombre/canevas").status_code == status


ACTS = ["", "/sections", *(f"/sections/faits/{act}" for act in ("montee", "descente", "retrait")), "/retablissement"]
UGLY = ["<script>alert(1)</script>", "🌱", "مرحبا \u202eabc", "\x00nul", "{{ 7 * 7 }}", "L’eau ; qui paie ?"]


@pytest.mark.parametrize("path", ACTS)
@pytest.mark.parametrize("who, status", [("camille", 403), ("ines", 404), ("admin", 404)])
def test_who_changes_nothing(visit, canvas, path, who, status):
    assert visit.as_(who).send(f"/c/valombre/canevas{path}", {"section": ["faits"], "nouvelle-titre": "Rien"}).status_code == status
    assert canvas() == list(DEFAULT)


def test_saved_untouched_it_is_the_same(visit, canvas):
    assert send(visit.as_("ana")).status_code == 303
    assert canvas() == list(DEFAULT)


def test_a_section_is_renamed_with_its_slug_kept(visit, canvas, cast):
    ana = visit.as_("ana")
    send(ana, **{"titre-faits": "Le déroulé", "aide-faits": "Heure par heure", "ouverte-contexte": "on"})
    by_slug = {section.slug: section for section in canvas()}
    assert list(by_slug) == SLUGS
    assert (by_slug["faits"].heading, by_slug["faits"].hint) == ("Le déroulé", "Heure par heure")
    assert by_slug["contexte"].is_open
    assert canvas(cast.orbe_id) == list(DEFAULT)


def test_sections_move_and_what_was_typed_is_saved_too(visit, canvas):
    ana = visit.as_("ana")
    answer = send(ana, "/sections/faits/montee", **{"titre-appris": "Nos leçons"})
    assert answer.location == "/c/valombre/canevas#section-faits"
    assert [section.slug for section in canvas()][:3] == ["contexte", "faits", "intention"]
    assert next(s.heading for s in canvas() if s.slug == "appris") == "Nos leçons"
    send(ana, "/sections/faits/descente")
    assert [section.slug for section in canvas()] == SLUGS


@pytest.mark.parametrize("path", ["/sections/contexte/montee", "/sections/reconnaissances/descente", "/sections/inconnue/montee"])
def test_at_the_ends_nothing_moves(visit, canvas, path):
    assert send(visit.as_("ana"), path).status_code == 303
    assert [section.slug for section in canvas()] == SLUGS


@pytest.mark.parametrize(
    "heading, slug",
    [
        ("Nos chiffres", "nos-chiffres"),
        ("Titre", "la-titre"),
        ("Balises", "la-balises"),
        ("Base balises", "la-base-balises"),
        ("🌱", "autre-section"),
        ("<b>Gras</b>", "b-gras-b"),
        ("Faits", "faits-2"),
    ],
)
def test_a_section_is_added_under_a_slug_of_its_own(visit, canvas, heading, slug):
    ana = visit.as_("ana")
    answer = send(ana, "/sections", **{"nouvelle-titre": heading, "nouvelle-aide": "Une aide", "nouvelle-ouverte": "on"})
    assert answer.status_code == 303
    added = canvas()[-1]
    assert (added.slug, added.heading, added.hint, added.is_open) == (slug, heading, "Une aide", True)
    assert "<b>Gras" not in ana.get("/c/valombre/canevas").get_data(as_text=True)


def test_what_was_written_under_a_section_stays_in_its_recit(visit, database, cast, canvas):
    made = make_recit(database, cast.camille, sections={"faits": "Un fait.", "affects": "De la fatigue."})
    ana = visit.as_("ana")
    assert send(ana, "/sections/affects/retrait").status_code == 303
    assert "affects" not in [section.slug for section in canvas()]
    page = words(visit.as_("camille").get(made.url))
    assert "De la fatigue." in page and "Comment cela nous a affectés" in page
    draft = make_recit(database, cast.bruno, "En cours", sections={"affects": "Toujours là."}, audience=None)
    assert "Toujours là." in words(visit.as_("bruno").get(f"{draft.url}/edition"))
    send(ana, "/sections", **{"nouvelle-titre": "Comment cela nous a affectés"})
    assert canvas()[-1].slug == "affects"


@pytest.mark.parametrize("path", ["", "/sections/faits/montee", "/sections/intention/retrait"])
def test_a_new_section_typed_before_another_button_is_added_too(visit, canvas, path):
    """Enter in its field saves the whole form: what was typed there is not lost."""
    assert send(visit.as_("ana"), path, **{"nouvelle-titre": "Nos chiffres"}).status_code == 303
    assert canvas()[-1].slug == "nos-chiffres"


def test_a_section_without_a_title_is_not_added(visit, canvas):
    answer = send(visit.as_("ana"), "/sections", **{"nouvelle-titre": " ", "nouvelle-aide": "Son aide"})
    assert answer.status_code == 422
    assert 'value="Son aide"' in answer.get_data(as_text=True)
    assert canvas() == list(DEFAULT)


def test_one_section_stays(visit, canvas):
    ana = visit.as_("ana")
    for slug in SLUGS[1:]:
        assert send(ana, f"/sections/{slug}/retrait").status_code == 303
    answer = send(ana, "/sections/contexte/retrait")
    assert answer.status_code == 422
    assert "Un canevas garde au moins une section." in words(answer)
    assert [section.slug for section in canvas()] == ["contexte"]


def test_twelve_sections_at_most(visit, canvas):
    ana = visit.as_("ana")
    for rank in range(canvas_edition.MOST - len(DEFAULT)):
        assert send(ana, "/sections", **{"nouvelle-titre": f"Section {rank}"}).status_code == 303
    answer = send(ana, "/sections", **{"nouvelle-titre": "De trop"})
    assert answer.status_code == 422
    assert 'value="De trop"' in answer.get_data(as_text=True)
    assert len(canvas()) == canvas_edition.MOST


@pytest.mark.parametrize("path", ["", "/sections", "/sections/appris/montee", "/sections/intention/retrait"])
@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("titre-faits", " ", "Donnez un titre à la section."),
        ("titre-faits", "x" * 10_000, "C’est trop long : 80 caractères au plus."),
        ("aide-faits", "y" * 10_000, "C’est trop long : 200 caractères au plus."),
        ("titre-faits", "ce que nous avons APPRIS", "Une autre section porte déjà ce titre."),
    ],
)
def test_a_refusal_keeps_all_that_was_typed(visit, canvas, path, field, value, sentence):
    typed = {field: value, "titre-contexte": "Le décor", "nouvelle-titre": "Une neuve", "nouvelle-aide": "Son aide"}
    answer = send(visit.as_("ana"), path, **typed)
    page = words(answer)
    assert answer.status_code == 422
    assert sentence in page
    for kept in ("Le décor", "Une neuve", "Son aide", value.strip()):
        assert kept in page
    assert canvas() == list(DEFAULT)


def test_the_section_that_leaves_need_not_be_right(visit, canvas):
    assert send(visit.as_("ana"), "/sections/faits/retrait", **{"titre-faits": ""}).status_code == 303
    assert "faits" not in [section.slug for section in canvas()]


def test_an_older_page_does_not_take_a_newer_section_away(visit, canvas):
    ana = visit.as_("ana")
    older = form_of(ana)
    send(ana, "/sections", **{"nouvelle-titre": "Nos chiffres"})
    ana.send("/c/valombre/canevas", older | {"titre-faits": "Le déroulé"}, page="/c/valombre/canevas")
    assert [section.slug for section in canvas()] == [*SLUGS, "nos-chiffres"]
    assert canvas()[2].heading == "Le déroulé"


@pytest.mark.parametrize("ugly", UGLY)
def test_ugly_words_are_shown_as_words(visit, canvas, ugly):
    ana = visit.as_("ana")
    assert send(ana, **{"titre-faits": ugly, "aide-faits": ugly}).status_code == 303
    page = ana.get("/c/valombre/canevas").get_data(as_text=True)
    assert "<script>alert" not in page and "\u202e" not in page and "\x00" not in page
    assert [one.heading for one in canvas() if one.slug == "faits"] == [ugly.replace("\u202e", "").replace("\x00", "")]


def test_invented_slugs_are_not_taken_in(visit, canvas):
    ana = visit.as_("ana")
    form = form_of(ana) | {"section": ["titre", "faits", "faits", "inconnue"], "titre-titre": "Pris", "titre-inconnue": "Pris"}
    assert ana.send("/c/valombre/canevas", form, page="/c/valombre/canevas").status_code == 303
    assert sorted(section.slug for section in canvas()) == sorted(SLUGS)


def test_the_proposed_canvas_comes_back_after_a_page_that_asks(visit, canvas):
    ana = visit.as_("ana")
    send(ana, "/sections", **{"nouvelle-titre": "Nos chiffres"})
    page = words(ana.get("/c/valombre/canevas/retablissement"))
    assert "Ces sections quittent le canevas : Nos chiffres." in page
    assert len(canvas()) == 9
    assert ana.send("/c/valombre/canevas/retablissement").status_code == 303
    assert canvas() == list(DEFAULT)
    assert "Revenir au canevas proposé" not in words(ana.get("/c/valombre/canevas"))


def test_sent_twice_it_is_added_once(visit, canvas):
    ana = visit.as_("ana")
    form = form_of(ana) | {"nouvelle-titre": "Nos chiffres", "idempotency_key": "une-seule-fois"}
    answers = [ana.send("/c/valombre/canevas/sections", form, page="/c/valombre/canevas") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(canvas()) == 9
