"""Emptying the demonstration: its collectifs and groups, its people, its keys; what real people did beside it stays."""

from sqlalchemy import delete, func, or_, select

from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Collectif, Credential, Membership, Space, User
from rex.config import Config
from rex.db import Database, RexSession
from rex.demo.shapes import MARK
from rex.journal.attachment_models import Attachment
from rex.journal.models import Entry
from rex.mail import Outbox
from rex.sealed_words import SpaceKind
from rex.search import indexing
from rex.ticker import Lease

# Domains that no real person can have an address in (RFC 2606), and the one of the sign-ins.
INVENTED = ("%@demo.rex", "%.example")


def has_demo(database: Database) -> bool:
    """Whether accounts or collectifs of a demonstration are in the base: then it may be served on this machine only."""
    with database.system("whether a demonstration is here") as session:
        people = select(Credential.user_id).where(or_(*(Credential.address.like(domain) for domain in INVENTED)))
        demos = select(Collectif.id).where(Collectif.is_demo)
        return session.scalar(people.limit(1)) is not None or session.scalar(demos.limit(1)) is not None


def clear(database: Database, config: Config) -> None:
    """Take out all of the demonstration, then destroy its keys: even a copy of the base kept by mistake is mute.

    With it go the accounts that belong to nothing else. The mails of the outbox and the files of the mails folder go when
    nobody is left."""
    with database.system("empty the demonstration", write=True) as session:
        keys = clear_rows(session)
        is_empty = session.scalar(select(func.count()).select_from(User)) == 0
        if is_empty:
            session.execute(delete(Outbox))
    for key in keys:
        database.keyring.destroy(key)
    if is_empty and config.mails_dir.is_dir():
        for mail in config.mails_dir.glob("*.eml"):
            mail.unlink(missing_ok=True)


def clear_rows(session: RexSession) -> list[str]:
    """Delete what is of the demonstration within the caller's transaction (a page's own: the base lets one write at a time);
    returns the names of the keys, for the caller to destroy once it has committed."""
    with session.as_system("empty the demonstration"):
        demo_ids = list(session.scalars(select(Collectif.id).where(Collectif.is_demo)))
        elsewhere = select(Membership.user_id).where(Membership.collectif_id.not_in(demo_ids))
        only_here = select(Membership.user_id).where(Membership.collectif_id.in_(demo_ids), Membership.user_id.not_in(elsewhere))
        invented = select(Credential.user_id).where(or_(*(Credential.address.like(domain) for domain in INVENTED)))
        guests = select(User.id).where(User.id.in_(only_here), User.is_admin.is_(False))
        leaving = set(session.scalars(invented)) | set(session.scalars(guests))
        # Its groups, and those that nobody but its people is in: opened while trying, nobody could enter them any more.
        lasting = select(GroupMember.group_id).where(GroupMember.user_id.not_in(leaving))
        rooms = Space.kind == SpaceKind.GROUPE, or_(Space.is_demo, Space.id.not_in(lasting))
        demo_ids += session.scalars(select(Space.id).where(*rooms))
        keys = [space.key_name for space in session.scalars(select(Space).where(Space.id.in_(demo_ids)))]
        files = select(Attachment.public_id).join(Entry, Entry.id == Attachment.entry_id).where(Entry.collectif_id.in_(demo_ids))
        for public_id in session.scalars(files):
            session.files.remove(session, public_id)
        indexing.forget_collectifs(session, demo_ids)
        # Spaces first: once their rows are gone, deleting people has nothing left to look through.
        session.execute(delete(Space).where(Space.id.in_(demo_ids)).execution_options(synchronize_session=False))
        session.execute(delete(User).where(User.id.in_(leaving)))
        if session.get(Lease, MARK) is None:  # a seeded base: it was used, so the demonstration does not come by surprise
            session.add(Lease(name=MARK, holder="vidée"))
            session.flush()
    return keys
