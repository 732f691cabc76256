"""The mails of an account that ends: when it is asked, when it is done, when something keeps the person from going."""

from rex import clock, mail
from rex.collectifs.mails import write
from rex.config import DEFAULT_ROOT, Config
from rex.db import Database, RexSession
from rex.departures import ending
from rex.departures.models import AccountEnding
from rex.french import date_long

PAGE = "/compte/suppression"


def post_asked(session: RexSession, asked: AccountEnding, address: str, url: str, timezone: str | None) -> None:
    """To the person, at once: whoever else had their password would be found out."""
    key = f"departure-asked|{asked.user_id}|{asked.asked_at.isoformat()}"
    mail.post(session, write("departure_asked", key, address, until=date_long(asked.due_at, timezone), url=url))


def end_due(database: Database, config: Config) -> None:
    """Delete the accounts whose seven days are over, one transaction each; what is wrong with one holds none of the others back."""
    root, wrong = config.base_url or DEFAULT_ROOT, []
    with database.system("which accounts end") as session:
        people = ending.due(session)
    for user_id in people:
        try:
            with database.system("an account ends", write=True) as session:
                _end(session, user_id, root)
        except Exception as error:  # said below, once the others are done
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("accounts that could not be deleted", wrong)


def _end(session: RexSession, user_id: int, root: str) -> None:
    ended = ending.end_one(session, user_id)
    if ended is None or not ended[0]:
        return
    address, is_done = ended
    key = f"{user_id}|{clock.now().isoformat()}"
    template = "departure_done" if is_done else "departure_stopped"
    mail.post(session, write(template, f"{template}|{key}", address, **({} if is_done else {"url": root + PAGE})))
