"""On the wire: people act, the ticker ticks, a real server receives, the mail is read, its one click is clicked."""

import re
import socket
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from rex import chores, create_app
from rex.collectifs.capabilities import mask
from rex.collectifs.models import User
from rex.config import config_from
from rex.journal.moment_models import What
from rex.notices.models import NoticeSettings, Rhythm, UnsubscribeLink
from tests.conftest import COMPILED_TEMPLATES, Visit
from tests.house.test_outbox import Kept
from tests.journal.making import id_of, published
from tests.making import make_recit
from tests.notices.letters import Letter, read
from tests.notices.telling import say, tell
from tests.reading import ReadingClient

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = "https://rex.une-ville-au-nom-vraiment-tres-long-pour-une-adresse.departement-de-la-haute-loire.exemple.fr"


class Post:
    """An installation whose mails go to a real server."""

    def __init__(self, app, kept: Kept) -> None:
        self.app, self.kept = app, kept

    def tick(self) -> list[Letter]:
        before = len(self.kept.mails)
        installation = self.app.extensions["rex"]
        assert chores.do_all_and_say(installation.database, installation.config) == []
        return [read(wire) for wire in self.kept.mails[before:]]


@pytest.fixture
def post(settings, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = Kept()
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


def test_from_an_act_to_the_one_click_that_stops_the_mails(post, cast, time_machine):
    visit = Visit(post.app, cast)
    database = post.app.extensions["rex"].database
    camille = visit.as_("camille")
    camille.environ_base["wsgi.url_scheme"] = "https"
    recit = published(camille, titre="Ce que la rue rendue nous a appris : prévenir")
    message = say(database, cast.bruno, id_of(database, recit))
    tell(database, cast.bruno, What.ANSWER, message.entry_id, [cast.camille], message.id)

    (letter,) = post.tick()
    assert letter.to == "camille@exemple.fr" and letter.message["From"] == "REX Valombre <rex@valombre.fr>"
    assert letter.subject == "Du nouveau : Ce que la rue rendue nous a appris : prévenir"
    assert "Bruno Maréchal a répondu à votre récit" in letter.text and "Bruno Maréchal a répondu à votre récit" in letter.html
    assert f"{ROOT}/recits/{recit}#e-{message.public_id}" in letter.links, "a long address stays whole"
    assert letter.message["References"] == f"<{recit}.entree@valombre.fr>" == letter.message["In-Reply-To"]
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.stop_url.startswith(f"{ROOT}/desinscription/") and letter.stop_url in letter.links
    (wire,) = post.kept.mails
    assert f"List-Unsubscribe: <{letter.stop_url}>\r\n".encode() in wire, "the header is on one line"
    assert post.tick() == [], "a second tick sends nothing"

    stopped = post.app.test_client().post(
        urlsplit(letter.stop_url).path, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert stopped.status_code == 200 and "Set-Cookie" not in stopped.headers
    tell(database, cast.dora, What.ANSWER, message.entry_id, [cast.camille], say(database, cast.dora, message.entry_id).id)
    time_machine.shift(timedelta(days=1))
    assert post.tick() == [], "the next tick sends nothing"


@pytest.fixture
def link(post, cast) -> str:
    """The path of the link of a mail to Bruno."""
    database = post.app.extensions["rex"].database
    made = make_recit(database, cast.camille)
    tell(database, cast.camille, What.OTHER_RECIT, made.id, [cast.bruno])
    (letter,) = post.tick()
    return urlsplit(letter.stop_url).path


def rhythms(post) -> dict[int, Rhythm]:
    with post.app.extensions["rex"].database.system("look") as session:
        return dict(session.execute(select(NoticeSettings.user_id, NoticeSettings.rhythm)).all())


def test_looking_at_the_page_stops_nothing(post, cast, link):
    client = post.app.test_client()
    page = client.get(link)
    assert page.status_code == 200 and rhythms(post) == {cast.bruno.id: Rhythm.DAILY}
    assert page.headers["Referrer-Policy"] == "no-referrer" and "Set-Cookie" not in page.headers
    html = page.get_data(as_text=True)
    form = html[html.index('<form class="form"') : html.index("</form>")]
    assert f'action="{link}"' in form and "csrf" not in form
    done = client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200 and 'href="/compte/rythme"' in done.get_data(as_text=True)
    assert rhythms(post) == {cast.bruno.id: Rhythm.NEVER}


def test_whatever_the_address_the_same_answer(post, cast, link):
    client, wrong = post.app.test_client(), "/desinscription/" + "A" * 32
    real = client.post(link)
    answers = [client.post(link), client.post(wrong), client.post("/desinscription/x%00y"), client.post(wrong + "é" * 300)]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.get_data() for answer in answers} == {real.get_data()}
    assert real.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(link).get_data() == client.get(wrong).get_data().replace(wrong.encode(), link.encode())


def test_a_closed_account_is_answered_alike(post, cast, link):
    client = post.app.test_client()
    with post.app.extensions["rex"].database.system("an account closes", write=True) as session:
        session.execute(update(User).where(User.id == cast.bruno.id).values(closed_at=MONDAY))
    assert client.post(link).status_code == 200


def test_the_token_is_kept_hashed_and_out_of_the_log(post, link):
    token = link.rsplit("/", 1)[1]
    with post.app.extensions["rex"].database.system("look") as session:
        (kept,) = session.scalars(select(UnsubscribeLink)).all()
    assert re.fullmatch(r"[0-9a-f]{64}", kept.token_hash) and token not in kept.token_hash
    assert mask(link) == "/desinscription/…"
