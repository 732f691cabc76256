"""An account that goes, and what it signed with others: their words stay whole, whoever wrote last in a field."""

import pytest
from sqlalchemy import select

from rex.journal.drafts import read_draft, save_text
from rex.journal.models import Audience, DraftText, Recit
from rex.journal.publishing import publish
from tests.departures.lives import corrects
from tests.departures.test_deleting import GOES, STAYS, asks, seven_days_later
from tests.making import make_recit, reader_of


def rewrites(database, who, made, slug: str, words: str) -> None:
    """Who rewrites a field after the others, as a browser does it: from the version that stands there."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
        draft = read_draft(session, reader, recit)
        save_text(session, reader, recit, slug, words, draft.version_of(slug) if draft else 0)
        session.commit()


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
@pytest.mark.parametrize("audience", [None, Audience.COLLECTIF], ids=["draft", "correction"])
def test_a_working_copy_stays_whole_to_the_others(app, database, cast, visit, choice, audience):
    made = make_recit(database, cast.bruno, "À deux", {"faits": "Alphabrouille, trois."}, audience, co_authors=(cast.camille,))
    rewrites(database, cast.camille, made, "faits", "Alphabrouille, trois. Fin.")
    asks(visit.as_("camille"), choice)
    seven_days_later(app)
    assert "Alphabrouille, trois. Fin." in visit.as_("bruno").get(f"{made.url}/edition").get_data(as_text=True)
    with database.system("who wrote it") as session:
        hands = session.scalars(select(DraftText.written_by_id).where(DraftText.entry_id == made.id)).all()
    assert cast.camille.id not in hands


def test_what_readers_read_loses_no_section_at_the_next_publication(app, database, cast, visit):
    made = make_recit(database, cast.bruno, "À deux", {"faits": "Alphabrouille.", "contexte": "Autre."}, co_authors=(cast.camille,))
    rewrites(database, cast.camille, made, "faits", "Alphabrouille corrigé.")
    asks(visit.as_("camille"), GOES)
    seven_days_later(app)
    corrects(database, cast.bruno, made, "Alphabrouille corrigé deux fois.")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.bruno)
        recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
        publish(session, reader, recit, Audience.COLLECTIF)
        session.commit()
    assert "Alphabrouille corrigé" in visit.as_("dora").get(made.url).get_data(as_text=True)


def test_the_page_says_so(visit, database, cast):
    make_recit(database, cast.bruno, "À deux", co_authors=(cast.camille,))
    page = visit.as_("camille").get("/compte/suppression").get_data(as_text=True)
    assert "son texte leur reste entier" in page
