"""The rhythm that a person chose for the mails that tell them what waits."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from rex.db import RexSession
from rex.notices.models import NoticeSettings, Rhythm

LABELS = {
    Rhythm.DAILY: ("Chaque jour", "Un e-mail les jours de semaine, entre 8 h et 19 h, quand quelque chose vous attend"),
    Rhythm.WEEKLY: ("Chaque semaine", "Un e-mail le lundi, quand quelque chose vous attend"),
    Rhythm.NEVER: ("Jamais", "Aucun e-mail, même quand une réponse est attendue de vous"),
}


def rhythm_of(session: RexSession, user_id: int) -> Rhythm:
    """What a person chose; daily until they do."""
    return session.scalar(select(NoticeSettings.rhythm).where(NoticeSettings.user_id == user_id)) or Rhythm.DAILY


def silences_groups(session: RexSession, user_id: int) -> bool:
    """Whether a person wants no mail for what happens in their peer groups, whatever their rhythm."""
    with session.as_system("whether a person wants mails for their groups"):
        return bool(session.scalar(select(NoticeSettings.silences_groups).where(NoticeSettings.user_id == user_id)))


def choose(session: RexSession, user_id: int, rhythm: Rhythm, *, silences_groups: bool | None = None) -> None:
    """Keep a person's choice (once more is the same); None: what they chose for their groups stays."""
    keep(session, user_id, rhythm=rhythm, **({} if silences_groups is None else {"silences_groups": silences_groups}))


def keep(session: RexSession, user_id: int, **values: object) -> None:
    """Write in a person's settings, whether they have a row or not."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    row = {"user_id": user_id, "rhythm": Rhythm.DAILY, "silences_groups": False, **values}
    kept = insert(NoticeSettings).values(**row).on_conflict_do_update(index_elements=["user_id"], set_=values)
    with session.as_system("keep a person's rhythm"):
        session.execute(kept)
