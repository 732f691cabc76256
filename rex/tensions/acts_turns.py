"""Acts on the tensions of one collectif are done one after the other."""

from sqlalchemy import select

from rex.collectifs.models import Space
from rex.db import RexSession


def hold(session: RexSession, collectif_id: int) -> None:
    """Wait for who acts on the tensions of this collectif, until the transaction ends. (What is written in the journal meanwhile
    waits for nobody: its rows may point at the one that is held.)"""
    session.flush()
    session.execute(select(Space.id).where(Space.id == collectif_id).with_for_update(key_share=True)).all()
