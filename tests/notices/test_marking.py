"""« Tout marquer comme lu » with an instant that no page carried."""

import pytest

from rex.journal.moment_models import What
from tests.making import make_recit
from tests.notices.telling import kept, tell


@pytest.mark.parametrize("until", ["", "hier", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2126-01-01T00:00:00"])
def test_an_instant_that_cannot_be_breaks_nothing(visit, database, cast, until):
    made = make_recit(database, cast.camille)
    tell(database, cast.bruno, What.ECHO, made.id, [cast.camille])
    assert visit.as_("camille").send("/ce-qui-vous-attend", {"jusqu-a": until}).status_code == 303
    assert [notice.seen_at is not None for notice in kept(database, cast.camille)] == [True]
