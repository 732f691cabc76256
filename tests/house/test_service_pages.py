"""The service pages: open to all, true to the code, the same whoever reads them."""

import pytest

from rex.pages import Delays

PAGES = ["/aide", "/qui-lit-quoi", "/a-propos", "/plan-du-site", "/accessibilite", "/donnees-personnelles"]


def words(answer) -> str:
    return " ".join(answer.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", [None, "camille", "ana", "admin"])
def test_everybody_reads_them(visit, path, who):
    assert visit.as_(who).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_wrong_method_is_refused(visit, path):
    assert visit.as_("camille").send(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_signed_out_they_name_nobody(visit, path):
    page = words(visit.as_(None).get(path))
    assert "Valombre" not in page
    assert "/c/" not in page


def test_their_links_lead_somewhere(app, visit):
    """Each inner link of the service pages is an address that the application serves."""
    import re

    adapter, missing = app.url_map.bind("localhost"), []
    client = visit.as_("ana")
    for path in PAGES:
        html = client.get(path).get_data(as_text=True)
        for href in re.findall(r'<main.*?</main>', html, re.DOTALL)[0].split('href="')[1:]:
            target = href.split('"')[0].split("?")[0]
            if target.startswith("/") and not adapter.test(target.split("#")[0], "GET"):
                missing.append(f"{path} → {target}")
            if target.startswith("#") and f'id="{target[1:]}"' not in html:
                missing.append(f"{path} → {target}")
    assert missing == []


def test_delays_are_those_of_the_code(visit):
    page = words(visit.as_(None).get("/donnees-personnelles"))
    assert f"{Delays.leaves_hours} heures, ou {Delays.stays_days} jours" in page
    assert f"{Delays.brake_minutes} minutes" in page
    assert f"{Delays.empty_draft_days} jours" in page
    assert (Delays.stays_days, Delays.leaves_hours, Delays.brake_minutes, Delays.empty_draft_days) == (60, 12, 15, 7)


def test_the_source_is_cited_with_its_licence(visit):
    page = words(visit.as_(None).get("/a-propos"))
    for piece in ("Patrice Vuidel", "Julian Perdrigeat", "CC BY-NC-ND", "EUPL-1.2", "978-2-490995-00-4"):
        assert piece in page


def test_who_reads_in_a_group_and_what_its_host_could_do_is_told(visit):
    told = words(visit.as_(None).get("/qui-lit-quoi")).lower()
    for part in ("n’est pas consulté", "du nouveau dans un de vos groupes", "sa clé est détruite", "groupes de pairs compris"):
        assert part in told, part


def test_only_an_animateur_is_shown_the_pages_of_an_animateur(visit):
    assert "/c/valombre/canevas" in words(visit.as_("ana").get("/aide"))
    assert "/c/valombre/canevas" not in words(visit.as_("camille").get("/aide"))
    assert "/administration" in words(visit.as_("admin").get("/plan-du-site"))
    assert "/administration" not in words(visit.as_("ana").get("/plan-du-site"))
