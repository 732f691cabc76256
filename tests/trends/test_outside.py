"""What is in no figure: peer groups, and what nobody but its authors reads. Not even for a member of the group, for the author."""

from random import Random
from typing import Any

from sqlalchemy import update

from rex import clock
from rex.db import Database
from rex.journal.models import Audience, Authorship, Recit
from tests.cast import Cast
from tests.house.filled_room import fill as fill_room
from tests.making import make_group, reader_of
from tests.reading import ReadingClient
from tests.seances.meeting import make_seance
from tests.tensions.making import tell
from tests.trends.journals import Shape, addresses, fill, new_entry, sign, untold
from tests.trends.looking import FILES, look_of, saying, words_of

PAGE = "/c/valombre/tendances"
LISTS = [f"{PAGE}/entrees?quoi={kind}&quand={when}" for kind in ("recits", "textes", "mercis") for when in ("annee", "toujours")]
PAGES = [PAGE, f"{PAGE}?enjeu=C", f"{PAGE}?service=autres", "/tendances", *LISTS]


def read(client: ReadingClient, paths: list[str]) -> dict[str, str]:
    """All that these addresses say."""
    client.proof_reads = False  # a file is no page
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: words_of(answer) for path, answer in answers.items()}


def test_nothing_of_a_group_changes_anything(database: Database, cast: Cast, visit: Any) -> None:
    """A group filled with everything that may be written in one, and another one beside."""
    fill(database, cast, Shape((1, 3, 4, 2), without=1), "groups")
    people = ("camille", "dora", "jeanne")
    paths = [*PAGES, *(f"{PAGE}/{one}" for one in FILES)]
    before = {who: read(visit.as_(who), paths) for who in people}
    room = fill_room(database, cast)
    group = make_group(database, cast.camille, cast.dora, called=room.says("autre groupe"))
    tell(database, cast.camille, group.id, room.says("difficulté du groupe"), room.says("une autre"), balises=["C3"])
    make_seance(database, cast.camille, group.public_id, title=room.says("séance du groupe"))
    for who in people:
        after = read(visit.as_(who), paths)
        for path, said in before[who].items():
            assert not room.said_in(after[path]), (who, path)
            assert after[path] == said, (who, path)


def test_what_is_not_told_changes_nothing_even_for_its_authors(database: Database, cast: Cast, visit: Any) -> None:
    journal, chance = fill(database, cast, Shape((1, 3, 4), without=1), "untold"), Random("untold")
    camille = (cast.camille.id, cast.service_ids["Voirie"], journal.authors[0][2])
    with database.system("Camille told something once", write=True) as session:
        told = new_entry(session, journal, Recit, chance, at=clock.now(), audience=Audience.COLLECTIF)
        sign(session, journal, told, chance, camille)
        told_id = told.id
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.camille)
        look = look_of(session, reader)
        asked = addresses(journal, [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown])
        before = [saying(session, reader, given) for given in asked] + [saying(session, reader, slug="")]
        with session.as_system("what is not told"):
            untold(session, journal, chance, camille)
        assert [saying(session, reader, given) for given in asked] + [saying(session, reader, slug="")] == before
        session.commit()
    client = visit.as_("camille")
    said = read(client, PAGES)
    with database.system("the signatures are somebody else’s", write=True) as session:
        session.execute(
            update(Authorship)
            .where(Authorship.user_id == cast.camille.id, Authorship.entry_id != told_id)
            .values(user_id=cast.gael.id)
        )
    assert read(client, PAGES) == said, "who signs what is not told reads the same page"
