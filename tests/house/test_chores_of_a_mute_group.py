"""A group whose key the host lost is closed; what is due in the others, in the journals and in the mails goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.chores import do_all_and_say
from rex.collectifs.group_models import PeerGroup
from rex.digests.models import Digest, Rhythm
from rex.journal.models import Draft, Entry
from rex.mail import Outbox
from rex.peer_groups.models import Decision
from tests.digests.composed import set_rhythm
from tests.hours import MONDAY, next_morning
from tests.making import make_group, make_recit
from tests.peer_groups.groups import make_decision, make_opening, tick
from tests.seances.meeting import make_seance, set_back

A_MONTH_AGO = timedelta(days=32)
LOST_FIRST, LOST_LAST = ("lost", "kept"), ("kept", "lost")


@pytest.fixture
def groups(database, cast, app, request, time_machine):
    """Two groups in which everything is due; the key of one is gone. The chores take them in the order in which they were made."""
    time_machine.move_to(next_morning(MONDAY), tick=True)
    made = {name: make_group(database, cast.dora, cast.camille, called=name) for name in request.param}
    ago = clock.now() - A_MONTH_AGO
    for group in made.values():
        old = make_recit(database, cast.dora, "D’il y a un an", {"faits": "Des faits."}, group=group.id)
        drafts = [make_recit(database, cast.dora, group=group.id, audience=None) for _ in range(2)]
        recent = make_recit(database, cast.camille, "Hier", {"faits": "Nous avions peur."}, group=group.id)
        make_opening(database, group.id, cast.bruno)
        make_decision(database, cast.dora, group.id)
        meeting = make_seance(database, cast.dora, group.public_id, starts_in=timedelta(hours=20))
        set_back(database, meeting, created_at=clock.now() - timedelta(days=3))
        set_rhythm(database, group.id, Rhythm.WEEKLY, set_at=ago, weekday=MONDAY, hour=9)
        with database.system("everything is due", write=True) as session:
            session.execute(update(Entry).where(Entry.id == old.id).values(published_at=clock.now() - timedelta(days=366)))
            session.execute(update(Entry).where(Entry.id == recent.id).values(published_at=clock.now() - timedelta(days=1)))
            session.execute(update(Draft).where(Draft.entry_id == drafts[0].id).values(created_at=ago, changed_at=None))
            session.execute(update(Entry).where(Entry.id == drafts[1].id).values(deletion_asked_at=ago))
            session.execute(update(Decision).values(closes_at=clock.now() - timedelta(minutes=1)))
    empty_the_outbox(database)
    (database.keyring.folder / f"groupe-{made['lost'].public_id}.key").unlink()
    database.keyring.forget_gone()
    return made


def empty_the_outbox(database) -> None:
    """What making them wrote by mail is not what this is about."""
    with database.system("the outbox is empty", write=True) as session:
        session.execute(update(Outbox).values(sent_at=clock.now()))


@pytest.mark.parametrize("groups", [LOST_FIRST, LOST_LAST], indirect=True, ids=["first", "last"])
def test_what_is_due_elsewhere_is_done(app, database, cast, groups, caplog):
    rex = app.extensions["rex"]
    assert do_all_and_say(rex.database, rex.config) == []
    assert not [said for said in caplog.messages if "not sent" in said]
    kept, lost = groups["kept"].id, groups["lost"].id
    with database.system("what the chores did") as session:
        ended = dict(session.execute(select(Decision.group_id, Decision.outcome)).all())
        letters = session.scalars(select(Digest.collectif_id)).all()
        left = session.scalars(select(Entry.collectif_id).where(Entry.published_at.is_(None))).all()
    assert ended[kept] is not None and ended[lost] is None, "what is asked in a mute group waits for its key"
    assert letters == [kept]
    assert left == [], "an untouched draft and a text that its authors deleted go without being read"


@pytest.mark.parametrize("groups", [LOST_FIRST], indirect=True, ids=[""])
def test_a_mute_group_ends_at_its_date(app, database, cast, groups):
    with database.system("all had said yes seven days ago", write=True) as session:
        session.execute(update(PeerGroup).values(dissolves_at=clock.now() - timedelta(minutes=1)))
    tick(app)
    with database.system("what is left") as session:
        assert session.scalars(select(PeerGroup.id)).all() == []
