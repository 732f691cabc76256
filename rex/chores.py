"""The periodic work of an installation: what `rex tick` does once, and the embedded server twice a minute."""

from collections.abc import Callable

from rex import idempotency, mail
from rex.archives import asking
from rex.collectifs import entrance
from rex.config import Config
from rex.db import Database, RexSession
from rex.departures import mails as departures
from rex.digests import composing as letters
from rex.digests import following as letters_following
from rex.digests import leaving as leaving_digests
from rex.digests import mails as letter_mails
from rex.digests import publishing as letters_leaving
from rex.digests import sending as letters_sending
from rex.digests import unsubscribing as letter_links
from rex.documents import waiting
from rex.exchanges import quotes
from rex.journal import attachments, deleting, drafts, leaving_groups, moments, rereading
from rex.notices import composing, keeping, listening, sending
from rex.notices.of_readings import speak_of_readings
from rex.notices.of_seances import speak_of_seances
from rex.peer_groups import mails as group_mails
from rex.peer_groups import parts, places, settling
from rex.peer_groups.models import DecisionKind
from rex.seances import leaving as leaving_seances
from rex.seances import mails as seance_mails
from rex.seances.said import SaidElsewhere
from rex.search import whole
from rex.tensions import computing
from rex.ticker import Chore, tick
from rex.trends.said import ReadingsSaid
from rex.versements import actions as versements


def chores_of(database: Database, config: Config) -> list[Chore]:
    """All the periodic work, in the order in which it is done."""

    def in_one_transaction(why: str, act: Callable[[RexSession], None]) -> Callable[[], None]:
        def do() -> None:
            with database.system(why, write=True) as session:
                act(session)

        return do

    hear()
    chores = [
        Chore("seances", lambda: seance_mails.remind_due(database, config)),  # before what tells it
        Chore("notices", lambda: composing.compose_due(database, config)),
        Chore("groups", lambda: group_mails.tick(database, config)),
        Chore("tensions", lambda: computing.compute_due(database)),  # before the letters that tell it
        Chore("letters", lambda: letters.compose_due(database, config)),
        Chore("letters-leave", lambda: letters_leaving.publish_due(database, config)),
        Chore("letters-mails", lambda: letters_sending.post_due(database, config)),
        Chore("mails", lambda: mail.send_waiting(database, config)),
        Chore("departures", lambda: departures.end_due(database, config)),  # what it leaves to sweep is swept below
        Chore("entrance", in_one_transaction("forget expired devices, links and attempts", entrance.clean)),
        Chore("idempotency", in_one_transaction("forget old keys of forms", idempotency.clean)),
        Chore("untouched-drafts", in_one_transaction("delete drafts that nobody touched", drafts.clean_untouched)),
        Chore("deletions", in_one_transaction("delete what was asked thirty days ago", deleting.delete_asked)),
        Chore("rereadings", in_one_transaction("tell authors of their récits of a year ago", rereading.propose_rereadings)),
        Chore("old-notices", in_one_transaction("forget old notices, and the links that stop old mails", keeping.clean)),
    ]
    chores.append(Chore("old-letter-links", in_one_transaction("forget the links that stop old letters", letter_links.clean)))
    chores.append(Chore("files", lambda: _sweep_files(database)))
    chores.append(Chore("imports", lambda: waiting.sweep(database.files.folder.with_name(waiting.FOLDER))))
    chores.append(Chore("archives", lambda: asking.prepare_due(database, config.base_url or "")))  # last: it takes its time
    if database.is_sqlite:
        chores.append(Chore("search", lambda: whole.sweep(database)))
        chores.append(Chore("checkpoint", lambda: checkpoint(database)))
    return chores


def hear() -> None:
    """Have rooms act on what happens in others, as their pages do when they are there: `rex tick` runs without them. What ends by
    its date follows the same way: a text that all members let out appears, who was excluded leaves nothing behind. (Once; again
    changes nothing.)"""
    sending.answer_for_mails()
    group_mails.answer_for_mails()
    letter_mails.answer_for_mails()
    letters_following.listen()
    listening.listen()
    speak_of_seances("seances", SaidElsewhere())
    speak_of_readings("trends", ReadingsSaid())
    moments.on_change("exchanges", quotes.follow)
    settling.on_end(DecisionKind.VERSEMENT, versements.follow)
    parts.before_going("forms", places.forget_forms)
    parts.before_going("journal", leaving_groups.forget)
    parts.before_going("seances", leaving_seances.forget)
    parts.before_going("digests", leaving_digests.forget)
    parts.before_going("versements", versements.forget)


def do_all(database: Database, config: Config) -> list[str]:
    """Do what is due now; returns the names of the chores done."""
    return tick(database, chores_of(database, config))


def do_all_and_say(database: Database, config: Config) -> list[str]:
    """Do what is due now; returns the names of the chores that failed (the log says why)."""
    failed: list[str] = []

    def watched(chore: Chore) -> Chore:
        def do() -> None:
            try:
                chore.do()
            except BaseException:
                failed.append(chore.name)
                raise

        return Chore(chore.name, do)

    tick(database, [watched(chore) for chore in chores_of(database, config)])
    return failed


def _sweep_files(database: Database) -> None:
    with database.system("which files still have a row") as session:
        attachments.sweep(session)


def checkpoint(database: Database) -> None:
    """Bring SQLite's journal back into the base and empty it, so that what was erased leaves the disk."""
    connection = database.engine.raw_connection()
    try:
        driver = connection.driver_connection
        if driver is None:
            raise RuntimeError("no driver connection")
        driver.execute("PRAGMA busy_timeout=2000").close()  # writers wait while it waits for readers: not for long
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        driver.execute("PRAGMA busy_timeout=15000").close()  # as `rex.db` sets it
    finally:
        connection.close()
