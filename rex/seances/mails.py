"""What is said before a séance. Of a group: the mail of the day before, that of all the groups, which says neither which one nor
what; of a collectif: what the mails of each rhythm tell (`rex.seances.reminding`)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from rex import clock
from rex.access import group_readers
from rex.collectifs.models import Space
from rex.config import DEFAULT_ROOT, Config
from rex.db import Database
from rex.peer_groups import telling
from rex.peer_groups.mails import post_told
from rex.sealed_words import SpaceKind
from rex.seances.models import Seance, Step
from rex.seances.reminding import open_ones_soon, remind_of
from rex.seances.times import said
from rex.ticker import one_by_one

THE_DAY_BEFORE = timedelta(hours=24)
SET_LATE = timedelta(hours=36)  # who was told of it since then needs no reminder


def remind_due(database: Database, config: Config) -> None:
    """Remind the members of groups, then those of collectifs: what is wrong with the ones holds no other back."""
    one_by_one((_remind_groups, _remind_collectifs), lambda remind: remind(database, config))


def _remind_groups(database: Database, config: Config) -> None:
    """Write once to the members of the groups that meet within a day: the outbox keeps one mail for each hour that was set."""
    now = clock.now()
    with database.system("which groups meet within a day") as session:
        soon = (
            select(Seance.id)
            .join(Space, Space.id == Seance.collectif_id)
            .where(Space.kind == SpaceKind.GROUPE, Seance.cancelled_at.is_(None), Seance.step == Step.DEPOSER)
            .where(Seance.starts_at > now, Seance.starts_at <= now + THE_DAY_BEFORE)
        )
        due = list(session.scalars(soon.order_by(Seance.id)))
    one_by_one(due, lambda seance_id: _remind_group(database, config, seance_id, now))


def _remind_group(database: Database, config: Config, seance_id: int, now: datetime) -> None:
    with database.system("remind the members of a group that they meet", write=True) as session:
        seance = session.scalars(select(Seance).where(Seance.id == seance_id)).first()
        if seance is None or seance.cancelled_at is not None or seance.created_at > seance.starts_at - SET_LATE:
            return
        people = [user_id for user_id, _ in group_readers(session, seance.collectif_id)]
        key = f"seance|{seance.public_id}|soon|{seance.starts_at:%Y%m%d%H%M}"
        zone = session.scalars(select(Space.timezone).where(Space.id == seance.collectif_id)).one()
        telling.tell(session, seance.collectif_id, people, key, when=said(seance.starts_at, zone, now))
        post_told(session, config.base_url or DEFAULT_ROOT)


def _remind_collectifs(database: Database, _config: Config) -> None:
    with database.system("which collectifs meet in the week") as session:
        due = open_ones_soon(session)
    one_by_one(due, lambda seance_id: _remind_collectif(database, seance_id))


def _remind_collectif(database: Database, seance_id: int) -> None:
    with database.system("remind the members of a collectif that they may meet", write=True) as session:
        seance = session.scalars(select(Seance).where(Seance.id == seance_id)).first()
        if seance is not None and seance.cancelled_at is None:
            zone = session.scalars(select(Space.timezone).where(Space.id == seance.collectif_id)).one()
            remind_of(session, seance, zone)
