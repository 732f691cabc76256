"""The mails of the journal. They carry no title and no text: what is not published travels in no mailbox."""

from sqlalchemy import select

from rex import mail
from rex.access import Reader
from rex.collectifs.capabilities import full_url
from rex.collectifs.mails import write
from rex.collectifs.models import Credential
from rex.db import RexSession
from rex.journal.consents import asked
from rex.journal.models import Recit


def post_requests(session: RexSession, reader: Reader, recit: Recit) -> None:
    """Tell the other authors that their yes is awaited: at once, since somebody waits."""
    request = asked(session, recit)
    if request is None:
        return
    with session.as_system("the addresses of authors whose yes is awaited"):
        addresses = dict(
            session.execute(
                select(Credential.user_id, Credential.address).where(
                    Credential.user_id.in_([user_id for user_id, _ in request.awaited])
                )
            ).all()
        )
    url = full_url("consent.consent", recit_id=recit.public_id)
    for user_id, name in request.awaited:
        if user_id in addresses:
            key = f"consent|{recit.public_id}|{user_id}|{request.asked_at.isoformat()}"
            mail.post(session, write("consent", key, addresses[user_id], name=name, asked_by=reader.name, url=url))
