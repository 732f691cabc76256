"""A machine that falls while it sends a letter (kill -9): nobody misses it, and the one double says that it is the same."""

import os
import signal
import subprocess
import sys
from collections import Counter

from sqlalchemy import update

from rex.config import ROOT as HERE
from rex.mail import Outbox, send_waiting
from tests.digests.letters import make_letter
from tests.digests.test_sending import MEMBERS, MONDAY, ROOT, post, receivers  # noqa: F401
from tests.notices.letters import read

PROGRAM = """
import os
from rex.chores import hear
from rex.config import config_from
from rex.digests.sending import post_due
from rex.mail import send_waiting
from rex.opening import open_database

hear()
config = config_from(dict(os.environ))
database = open_database(config)
print(post_due(database, config), flush=True)
send_waiting(database, config)
print("nothing killed it")
"""


def test_killed_between_the_mail_and_the_answer_of_the_server(post, cast, settings, monkeypatch):  # noqa: F811
    make_letter(post.database, cast, published=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REX_")} | settings
    environment |= {"REX_SMTP_URL": post.config.smtp_url, "REX_BASE_URL": ROOT, "REX_MAIL_FROM": "REX Valombre <rex@valombre.fr>"}
    worker = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=HERE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    takes = type(post.kept).handle_DATA

    async def third_kills(kept, *what) -> str:
        answer = await takes(kept, *what)
        if len(kept.mails) == 3:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        return answer

    monkeypatch.setattr(type(post.kept), "handle_DATA", third_kills)
    said, failed = worker.communicate(timeout=120)
    assert worker.returncode == -signal.SIGKILL and said == "7\n", said + failed
    assert len(post.kept.mails) == 3
    with post.database.system("its lease is over", write=True) as session:
        waiting = Outbox.sent_at.is_(None)
        session.execute(update(Outbox).where(waiting).values(due_at=MONDAY, claimed_until=None))
    assert send_waiting(post.database, post.config) == 5
    letters = [read(wire) for wire in post.kept.mails]
    assert sorted(set(receivers(letters))) == MEMBERS and len(letters) == 8
    of_whom = Counter((letter.to, letter.message["Message-ID"]) for letter in letters)
    assert sorted(of_whom.values()) == [1] * 6 + [2], "the one whose fate was unknown bears the same identifier"
    assert post.send() == []
