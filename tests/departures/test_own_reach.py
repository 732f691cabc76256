"""« Mes données » of somebody who has no place in a journal any more: nothing of what the others wrote there since."""

import json

import pytest
from sqlalchemy import select

from rex.collectifs.models import Membership
from rex.journal.models import Recit
from rex.journal.publishing import publish
from tests.cast import PASSWORD
from tests.departures.lives import corrects
from tests.departures.test_own_data import taken
from tests.journal.acting_together import take_back
from tests.journal.difficulties import make_passage
from tests.making import make_file, make_group, make_recit, reader_of


def taken_out(database, person) -> None:
    """As an animateur takes somebody out."""
    with database.system("somebody is taken out", write=True) as session:
        for place in session.scalars(select(Membership).where(Membership.user_id == person.id)):
            place.end()


def published_again(database, who, made, words: str) -> None:
    corrects(database, who, made, words)
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
        publish(session, reader, recit, recit.audience)
        session.commit()


def everything(client) -> str:
    files = taken(client)
    return "".join([*files, *files.values()])


def test_who_was_taken_out_reads_nothing_that_is_written_since(database, cast, visit):
    draft = make_recit(database, cast.camille, "Secret à deux", {"faits": "Avant."}, audience=None, co_authors=(cast.bruno,))
    told = make_recit(database, cast.camille, "Publié à deux", {"faits": "Avant alphabrouille."}, co_authors=(cast.bruno,))
    taken_out(database, cast.camille)
    corrects(database, cast.bruno, draft, "Ensuite betabrouille.")
    corrects(database, cast.bruno, told, "Ensuite gammabrouille.")
    make_file(database, cast.bruno, told)
    make_passage(database, cast.bruno, told, "Avant alphabrouille.")
    client = visit.as_("camille")
    files = taken(client)
    whole = "".join([*files, *files.values()])
    assert "alphabrouille" in whole, "what she could read when she was there"
    assert "betabrouille" not in whole
    assert "gammabrouille" not in whole
    assert "Secret à deux" not in whole
    assert not [name for name in files if "/fichiers/" in name or "difficultes" in name]
    assert "Bruno" not in whole
    (about,) = [json.loads(text) for name, text in files.items() if name.endswith("recit.json")]
    assert not about.keys() & {"versions", "brouillon", "fichiers", "motif de la suspension"}


def test_who_left_keeps_the_words_of_the_day_they_left(database, cast, visit):
    told = make_recit(database, cast.jeanne, "Publié à deux", {"faits": "Avant alphabrouille."}, co_authors=(cast.bruno,))
    visit.as_("jeanne").send("/c/valombre/quitter", {"current_password": PASSWORD})
    published_again(database, cast.bruno, told, "Ensuite betabrouille.")
    whole = everything(visit.as_("jeanne"))
    assert "alphabrouille" in whole
    assert "betabrouille" not in whole
    take_back(visit.as_("bruno"), told)
    assert "alphabrouille" not in everything(visit.as_("jeanne")), "nobody reads it any more"


@pytest.mark.parametrize("ends", ["erased", "suspended", "signed off"])
def test_what_the_others_took_back_is_not_there(database, cast, visit, ends):
    told = make_recit(database, cast.jeanne, "Publié à deux", {"faits": "Avant alphabrouille."}, co_authors=(cast.bruno,))
    visit.as_("jeanne").send("/c/valombre/quitter", {"current_password": PASSWORD})
    published_again(database, cast.bruno, told, "Ensuite betabrouille.")
    if ends == "erased":
        assert visit.as_("bruno").send(f"{told.url}/versions/1/effacement").status_code == 303
    elif ends == "suspended":
        with database.system("somebody suspends it", write=True) as session:
            from rex import clock

            recit = session.scalars(select(Recit).where(Recit.id == told.id)).one()
            recit.suspended_at, recit.suspended_why = clock.now(), "Motif omegabrouille."
    else:
        assert visit.as_("bruno").send(f"{told.url}/co-auteurs/depart").status_code == 303
    whole = everything(visit.as_("jeanne"))
    assert "betabrouille" not in whole
    assert "omegabrouille" not in whole
    assert ("alphabrouille" in whole) is (ends == "signed off")


def test_with_a_place_all_of_it_is_there(database, cast, visit):
    told = make_recit(database, cast.camille, "Publié à deux", {"faits": "Avant."}, co_authors=(cast.bruno,))
    corrects(database, cast.bruno, told, "Ensuite gammabrouille.")
    whole = everything(visit.as_("camille"))
    assert "gammabrouille" in whole
    assert "Bruno Maréchal" in whole


def test_of_a_group_what_several_sign_is_left_out(database, cast, visit):
    group = make_group(database, cast.camille, cast.dora)
    make_recit(database, cast.camille, "À nous deux", {"faits": "Avec alphabrouille."}, group=group.id, co_authors=(cast.dora,))
    make_recit(database, cast.camille, "À moi", {"faits": "Seule betabrouille."}, group=group.id)
    whole = everything(visit.as_("camille"))
    assert "alphabrouille" not in whole
    assert "betabrouille" in whole
