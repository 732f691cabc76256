"""On the wire: a letter leaves, a real server receives one mail for each person, by the rights of the moment, and its one click
stops the next."""

import re
import socket
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from rex import chores, create_app, mail
from rex.access import visible_recits
from rex.collectifs.capabilities import mask
from rex.collectifs.models import Membership
from rex.config import config_from
from rex.digests import sending
from rex.digests.models import DigestLink, DigestRefusal
from rex.digests.sending import post_due, post_test
from rex.journal.models import Recit
from rex.journal.publishing import withdraw
from rex.mail import Outbox, send_waiting
from tests.conftest import COMPILED_TEMPLATES, Visit
from tests.digests.letters import TITLE, letter_row, make_letter
from tests.house.test_concurrency import at_once
from tests.house.test_outbox import Kept
from tests.making import FACTS, make_group, make_recit, reader_of
from tests.notices.letters import Letter, plain, read
from tests.reading import ReadingClient

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = "https://rex.une-ville-au-nom-vraiment-tres-long-pour-une-adresse.departement-de-la-haute-loire.exemple.fr"
MEMBERS = ["ana", "bruno", "camille", "dora", "jeanne", "noor", "paul"]


class Server(Kept):
    """It counts its callers too."""

    calls = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses) -> list[str]:
        session.host_name = hostname
        self.calls += 1
        return responses


class Post:
    """An installation whose mails go to a real server."""

    def __init__(self, app, kept: Server) -> None:
        self.app, self.kept = app, kept
        self.database, self.config = app.extensions["rex"].database, app.extensions["rex"].config

    def send(self) -> list[Letter]:
        before = len(self.kept.mails)
        post_due(self.database, self.config)
        send_waiting(self.database, self.config)
        return [read(wire) for wire in self.kept.mails[before:]]

    def tick(self) -> list[Letter]:
        before = len(self.kept.mails)
        assert chores.do_all_and_say(self.database, self.config) == []
        return [read(wire) for wire in self.kept.mails[before:]]


@pytest.fixture
def post(settings, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = Server()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    env = settings | {
        "REX_SMTP_URL": f"smtp://127.0.0.1:{port}", "REX_BASE_URL": ROOT, "REX_MAIL_FROM": "REX Valombre <rex@valombre.fr>",
    }
    app = create_app(config_from(env))
    app.testing, app.test_client_class, app.jinja_env.bytecode_cache = True, ReadingClient, COMPILED_TEMPLATES
    try:
        yield Post(app, kept)
    finally:
        controller.stop()
        app.extensions["rex"].database.dispose()


def receivers(letters: list[Letter]) -> list[str]:
    return sorted(letter.to.removesuffix("@exemple.fr") for letter in letters)


def test_each_member_receives_one_mail(post, cast):
    made = make_letter(post.database, cast, published=True)
    letters = post.tick()
    assert receivers(letters) == MEMBERS and letter_row(post.database, made).is_posted
    assert post.kept.calls == 1, "a run of mails greets the server once"
    assert post.tick() == [] and post.send() == []
    ids = {letter.message["Message-ID"] for letter in letters}
    assert len(ids) == len(MEMBERS) and all(str(one).endswith("@valombre.fr>") for one in ids)


def test_what_a_mail_is_made_of(post, cast):
    recit = make_recit(post.database, cast.camille)
    made = make_letter(post.database, cast, recit, published=True)
    letters = post.tick()
    (letter,) = [one for one in letters if one.to == "bruno@exemple.fr"]
    wire = next(wire for wire in post.kept.mails if b"To: bruno@exemple.fr" in wire)
    assert letter.subject == TITLE and letter.message["From"] == "REX Valombre <rex@valombre.fr>"
    for told in (letter.text, plain(unescape(letter.html))):
        for words in ("La lettre n° 1", "Le marché déplacé", FACTS, "Voirie", "Un récit nouveau", "Envoyée à 7 membres"):
            assert words in told, words
        for address in (f"{ROOT}{made.url}", f"{ROOT}{recit.url}", f"{ROOT}/c/valombre/", letter.stop_url):
            assert address in told, address
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.stop_url.startswith(f"{ROOT}/desinscription-lettre/")
    assert f"List-Unsubscribe: <{letter.stop_url}>\r\n".encode() in wire, "the header is on one line"
    assert len(wire) <= 40_000 and "<img" not in letter.html and "@media (prefers-color-scheme: dark)" in letter.html
    assert not re.search(r"\b(src|background)=|url\(", letter.html), "nothing is fetched when it is opened"
    stops = {one.stop_url for one in letters}
    assert len(stops) == len(letters), "each has an address of their own"


def test_one_click_stops_the_next_and_nothing_else(post, cast):
    make_letter(post.database, cast, published=True)
    (letter,) = [one for one in post.tick() if one.to == "bruno@exemple.fr"]
    path = urlsplit(letter.stop_url).path
    client = post.app.test_client()
    looked = client.get(path)
    assert looked.status_code == 200 and looked.headers["Referrer-Policy"] == "no-referrer" and "Set-Cookie" not in looked.headers
    assert refusals(post) == set(), "mail filters look at links"
    real = client.post(path, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert real.status_code == 200 and refusals(post) == {(cast.bruno.id, cast.valombre_id)}
    for other in (path, "/desinscription-lettre/" + "A" * 32, "/desinscription-lettre/é"):
        assert client.post(other).get_data() == real.get_data(), "whatever the address, the same answer"
    assert path.rsplit("/", 1)[1] not in mask(path)
    with post.database.system("look") as session:
        assert path.rsplit("/", 1)[1] not in set(session.scalars(select(DigestLink.token_hash)))
    make_letter(post.database, cast, published=True)
    assert receivers(post.tick()) == [who for who in MEMBERS if who != "bruno"]


def refusals(post) -> set[tuple[int, int]]:
    with post.database.system("look") as session:
        return {(row.user_id, row.collectif_id) for row in session.scalars(select(DigestRefusal))}


def test_rights_are_those_of_the_moment_when_it_leaves(post, cast):
    """Between the outbox and the wire a récit is taken back, a member is removed, another wants the letter no more."""
    kept = make_recit(post.database, cast.camille, "La rue rendue")
    taken = make_recit(post.database, cast.bruno, "Le canari repris")
    make_letter(post.database, cast, kept, taken, published=True)
    post_due(post.database, post.config)
    with post.database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.bruno)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == taken.id)).one())
        session.commit()
    with post.database.system("a member is removed, another stops the letter", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(ended_at=MONDAY))
        session.add(DigestRefusal(user_id=cast.jeanne.id, collectif_id=cast.valombre_id))
    letters = post.send()
    assert receivers(letters) == [who for who in MEMBERS if who not in ("paul", "jeanne")]
    for letter in letters:
        assert "La rue rendue" in letter.text and "canari" not in (letter.text + letter.html)


def test_nobody_receives_a_letter_that_has_nothing_left(post, cast):
    recit = make_recit(post.database, cast.bruno)
    make_letter(post.database, cast, recit, published=True)
    post_due(post.database, post.config)
    with post.database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.bruno)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == recit.id)).one())
        session.commit()
    assert post.send() == []


def test_several_workers_at_once_send_one_mail_each(post, cast):
    for _ in range(2):
        make_letter(post.database, cast, published=True)
    at_once([lambda: post_due(post.database, post.config)] * 3)
    at_once([lambda: send_waiting(post.database, post.config)] * 3)
    letters = [read(wire) for wire in post.kept.mails]
    assert receivers(letters) == sorted(MEMBERS * 2)
    assert len({letter.message["Message-ID"] for letter in letters}) == 14


def test_killed_while_it_fills_the_outbox_it_begins_again_without_a_double(post, cast, monkeypatch):
    make_letter(post.database, cast, published=True)
    monkeypatch.setattr(sending, "A_BATCH", 3)
    put, times = sending._put, []

    def dies(session, digest, people):
        times.append(people)
        if len(times) == 2:
            raise KeyboardInterrupt
        return put(session, digest, people)

    monkeypatch.setattr(sending, "_put", dies)
    with pytest.raises(KeyboardInterrupt):
        post_due(post.database, post.config)
    monkeypatch.setattr(sending, "_put", put)
    assert receivers(post.send()) == MEMBERS
    with post.database.system("look") as session:
        assert len(session.scalars(select(DigestLink.id)).all()) == len(MEMBERS), "nor an address that nobody got"


def test_killed_after_the_server_took_it_the_second_one_says_that_it_is_the_same(post, cast, monkeypatch, time_machine):
    """The one double that SMTP leaves: between the server's 250 and the commit. Both carry the same identifier."""
    make_letter(post.database, cast, published=True)
    post_due(post.database, post.config)
    deliver = mail._deliver

    def dies(*what):
        deliver(*what)
        raise KeyboardInterrupt

    monkeypatch.setattr(mail, "_deliver", dies)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(post.database, post.config)
    monkeypatch.setattr(mail, "_deliver", deliver)
    assert send_waiting(post.database, post.config) == len(MEMBERS) - 1, "nobody takes the claimed one during its lease"
    time_machine.shift(mail.LEASE + timedelta(seconds=1))
    assert send_waiting(post.database, post.config) == 1
    letters = [read(wire) for wire in post.kept.mails]
    assert len(letters) == len(MEMBERS) + 1 and len({letter.message["Message-ID"] for letter in letters}) == len(MEMBERS)
    first, *_, last = letters
    assert first.message["Message-ID"] == last.message["Message-ID"] and first.text == last.text


def test_the_outbox_holds_no_word_and_no_address(post, cast):
    make_letter(post.database, cast, published=True)
    post_due(post.database, post.config)
    with post.database.system("look") as session:
        rows = session.scalars(select(Outbox)).all()
        kept = [session.keyring.open("installation", f"outbox|{row.key_hash}", row.sealed) for row in rows]
    assert len(kept) == 7 and not any("exemple.fr" in words or TITLE in words or "march" in words for words in kept)


def test_a_test_goes_to_oneself_alone_and_stops_nothing(post, cast):
    made = make_letter(post.database, cast)
    with post.database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.ana)
        post_test(session, who, letter_row(post.database, made))
        session.commit()
    (letter,) = post.send()
    assert letter.to == "ana@exemple.fr" and letter.subject == f"Essai : {TITLE}" and letter.message["List-Unsubscribe"] is None
    assert FACTS in letter.text and letter_row(post.database, made).number is None
    with post.database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.bruno)
        post_test(session, who, letter_row(post.database, made))
        session.commit()
    assert post.send() == [], "who does not look after the journal is not sent what did not leave"


def test_a_group_is_in_no_letter_that_leaves(post, cast, time_machine):
    group = make_group(post.database, cast.camille, cast.dora)
    make_recit(post.database, cast.camille, "Canari du groupe", {"faits": "Un canari y chante."}, group=group.id)
    visit = Visit(post.app, cast)
    make_recit(post.database, cast.bruno, "La rue rendue")
    time_machine.shift(timedelta(hours=1))
    ana = visit.as_("ana")
    ana.environ_base["wsgi.url_scheme"] = "https"
    composed = ana.send("/c/valombre/lettres/composer")
    assert composed.status_code == 303 and "/edition" in composed.location
    public_id = composed.location.split("/")[2]
    sent = ana.send(f"/lettres/{public_id}/envoi", {"version": "0"})
    assert sent.status_code == 303, sent.get_data(as_text=True)[-800:]
    letters = post.tick()
    told = [letter for letter in letters if "lettre n°" in letter.text]
    assert len(told) == 7 and all("La rue rendue" in letter.text for letter in told)
    assert not any("anari" in letter.text + letter.html for letter in letters)
