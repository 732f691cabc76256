"""« Du nouveau dans un de vos groupes »: the one mail of the groups, and the one that says to somebody that their place in one was
ended. They carry no name, no title, no text, no group’s address."""

from dataclasses import replace

from flask import url_for
from sqlalchemy import select

from rex import mail
from rex.access import is_in_group
from rex.collectifs import mails
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Credential, User
from rex.config import DEFAULT_ROOT, Config
from rex.db import Database, RexSession
from rex.french import typo
from rex.peer_groups import dissolving, settling, telling
from rex.peer_groups.invitations import ways_in
from rex.peer_groups.opening import ways_to_read
from rex.sealed_words import saying_what_is_lost
from rex.ticker import one_by_one

ROOM = "peer_groups"
LIST, RHYTHM = "/groupes-de-pairs", "/compte/rythme"


def answer_for_mails() -> None:
    """Be asked before each mail of this room leaves (once; again changes nothing)."""
    mail.on_sending(ROOM, may_leave)


def post_told(session: RexSession, root: str) -> None:
    """Write to those whom the acts of this session named, in its transaction."""
    told = telling.take(session)
    if not told:
        return
    with session.as_system("the addresses of those who have something new in a group"):
        rows = session.execute(
            select(User.id, Credential.address)
            .join(Credential, Credential.user_id == User.id)
            .where(User.id.in_([one.user_id for one in told]), User.closed_at.is_(None))
        )
        addresses = {row.id: row.address for row in rows}
        heard = [one for one in told if one.user_id in addresses and not telling.is_silenced(session, one.user_id)]
    for one in heard:
        key, stop = f"group|{one.key}|{one.user_id}", root + telling.stop_path(session, one.user_id)
        urls = {"url": root + LIST, "rhythm_url": root + RHYTHM, "stop_url": stop}
        letter = mails.write("group", key, addresses[one.user_id], when=typo(one.when), is_over=one.is_over, **urls)
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        check = "" if one.is_over else f"{ROOM}:{one.user_id} {one.group_id}"
        mail.post(session, replace(letter, headers=headers, check=check))


def may_leave(database: Database, what: str) -> bool:
    """Whether the person is still in the group, or still awaited there: a mail that waited in the outbox is looked at again."""
    user_id, group_id = (int(word) for word in what.split())
    with saying_what_is_lost(), database.system("for whom a mail of a group was written, as they are now") as session:
        inside = (
            select(GroupMember.id)
            .join(User, User.id == GroupMember.user_id)
            .where(GroupMember.group_id == group_id, GroupMember.user_id == user_id, is_in_group())
        )
        is_inside = session.scalar(inside) is not None
        ways = (*ways_in(session, user_id).values(), *ways_to_read(session, user_id).values())
        is_awaited = any(way.group_id == group_id for way in ways)
        return (is_inside or is_awaited) and not telling.is_silenced(session, user_id)


def tick(database: Database, config: Config) -> None:
    """What is due in the groups: decisions whose date has come, groups that end. A decision that fails keeps no group alive."""
    root = config.base_url or DEFAULT_ROOT
    due = (
        lambda: settling.settle_due(database, lambda session: post_told(session, root)),
        lambda: settling.tell_due(database, lambda session: post_told(session, root)),
        lambda: settling.forget_answers(database),
        lambda: dissolving.dissolve_due(database),
    )
    one_by_one(due, lambda do: do())


def root_of_page(full_url: str) -> str:
    """The address of the installation, from the full address of the list of groups."""
    return full_url.removesuffix(url_for("groups.mine"))
