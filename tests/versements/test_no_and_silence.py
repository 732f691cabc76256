"""A no and a silence, side by side: the same pages, the same mails, the same moment, for the author and for the other members."""

import re
from datetime import timedelta

from sqlalchemy import select

from rex.journal.models import Entry
from rex.notices.models import Notice
from rex.peer_groups.models import Outcome
from tests.making import MadeGroup, make_group, make_recit
from tests.peer_groups.groups import days_pass, mails, tick
from tests.versements.leaving import begin, decision_of, decision_row, put, say, text_of, told_by
from tests.versements.test_leaving import place

READERS = ("noor", "dora")


class Asked:
    """One text put to Dora and Inès by Noor, in a group of its own."""

    def __init__(self, visit, database, cast) -> None:
        self.visit = visit
        self.group: MadeGroup = make_group(database, cast.dora, cast.noor, cast.ines, called="La vallée")
        self.source = make_recit(database, cast.noor, "Le poste promis", {"faits": "J’ai promis."}, group=self.group.id)

    def put(self) -> None:
        leaving = begin(self.visit, "noor", self.group, self.source.public_id)
        self.leaving = leaving.public_id
        answer = put(self.visit, "noor", leaving, collectif=place(self.visit), nature="recit", titre="Se taire")
        self.decision = decision_of(answer)

    def seen(self, who: str) -> list[tuple[int, str, str]]:
        """What somebody reads of it: status, where it leads, the words of the page, ids aside."""
        urls = self.group.url, f"{self.group.url}/decisions/{self.decision}", f"{self.group.url}/versements"
        pages = []
        for url in (*urls, f"{self.group.url}/versements/{self.leaving}", f"{self.group.url}/recherche?q=taire"):
            answer = self.visit.as_(who).get(url)
            links = re.findall(r'(?:href|action|value)="([^"]*)"', answer.get_data(as_text=True))
            links = [link for link in links if not re.fullmatch(r"[\w.=-]{20,}", link)]  # the keys of forms change each time
            pages.append((answer.status_code, self.plain(answer.location or ""), self.plain(text_of(answer) + " ".join(links))))
        return pages

    def plain(self, words: str) -> str:
        for name in ("leaving", "decision"):
            words = words.replace(getattr(self, name), name)
        return words.replace(self.group.public_id, "group").replace(self.source.public_id, "source")


def test_nothing_tells_a_no_from_a_silence(visit, database, cast, app):
    refused, unanswered = Asked(visit, database, cast), Asked(visit, database, cast)
    sources = refused.source, unanswered.source
    for one in (refused, unanswered):
        one.put()
        say(visit, "dora", one.group, one.decision)
    to_noor = len([mail for mail in mails(database) if mail["to"] == cast.noor.address])
    say(visit, "ines", refused.group, refused.decision, "non")

    def alike(when: str) -> None:
        for who in READERS:
            assert refused.seen(who) == unanswered.seen(who), (when, who)

    alike("once it was said")
    days_pass(database, 13)
    tick(app)
    alike("on the eve")
    assert decision_row(database, refused.decision).outcome is None
    days_pass(database, 1)
    tick(app)
    rows = [decision_row(database, one.decision) for one in (refused, unanswered)]
    assert [row.outcome for row in rows] == [Outcome.NOT_ACCEPTED] * 2
    ends = [row.ended_at for row in rows]
    assert ends[0] and ends[1] and abs(ends[1] - ends[0]) < timedelta(seconds=30), "the same tick"
    alike("at the end")
    assert "Cela n’a pas été accepté." in refused.seen("dora")[1][2]
    assert told_by(database, cast.noor, cast.valombre_id) == []
    sent = "".join(path.read_text() for path in app.extensions["rex"].config.mails_dir.glob("*.eml"))
    assert sent.count(f"To: {cast.noor.address}") == to_noor + 2, "its author is told of each end, in the same words"
    with database.system("notices") as session:
        rows = session.execute(select(Notice.user_id, Notice.what, Entry.public_id).join(Entry, Entry.id == Notice.entry_id)).all()
    told = {one.public_id: sorted((row.user_id, row.what) for row in rows if row.public_id == one.public_id) for one in sources}
    assert len(rows) == 4 and told[sources[0].public_id] == told[sources[1].public_id], "of the récit of the group, nothing else"
