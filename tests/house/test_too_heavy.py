"""What is too heavy, through the server as `rex serve` sets it: read without filling the memory, or refused by a page."""

import http.client
import io
import threading
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import delete, update
from waitress.server import create_server

from rex import spool
from rex.collectifs.entrance_models import Device
from rex.collectifs.models import User
from rex.config import config_from
from rex.flask_parts import NothingInClear
from rex.serve import Address, listen
from rex.serving import BODY_LIMIT, AccessLog, Channel, settings_of
from rex.web import FILES_LIMIT

MB = 1024**2


@contextmanager
def serving(app: Flask) -> Generator[http.client.HTTPConnection]:
    config = config_from({"REX_DATA_DIR": "/nowhere"})
    server = create_server(AccessLog(app.wsgi_app), sockets=[listen(Address("127.0.0.1", 0))], threads=2, **settings_of(config))
    server.channel_class = Channel
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=60)
    try:
        yield connection
    finally:
        connection.close()
        server.close()
        thread.join(timeout=10)


def parts(size: int) -> Iterator[bytes]:
    """A form with one field and one file of that weight, piece by piece."""
    yield b'--x\r\nContent-Disposition: form-data; name="faits"\r\n\r\nMes mots.\r\n'
    yield b'--x\r\nContent-Disposition: form-data; name="fichier"; filename="a.jpg"\r\n\r\n'
    yield from (b"\xff" * MB for _ in range(size // MB))
    yield b"\r\n--x--\r\n"


def send(connection: http.client.HTTPConnection, path: str, size: int) -> tuple[int, str]:
    whole = sum(len(piece) for piece in parts(0)) + size
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(whole)}
    connection.request("POST", path, body=parts(size), headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_forty_megabytes_are_read_whole_and_fill_neither_the_memory_nor_the_disk_in_clear(monkeypatch):
    lying = []
    made = spool.TemporaryFile
    monkeypatch.setattr(spool, "TemporaryFile", lambda: lying.append(made()) or lying[-1])
    app = Flask("echo")
    app.request_class = NothingInClear
    app.config["MAX_CONTENT_LENGTH"] = FILES_LIMIT

    def look() -> str:
        sent = request.files["fichier"]
        for file in lying:
            file.seek(20 * MB)
            assert b"\xff\xff\xff\xff\xff" not in file.read(1000)
        return f"{request.form['faits']} {len(sent.read(MB))} {sum(len(piece) for piece in iter(lambda: sent.read(MB), b''))}"

    app.add_url_rule("/", view_func=look, methods=["POST"])
    with serving(app) as connection:
        tracemalloc.start()
        status, said = send(connection, "/", 40 * MB)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (status, said) == (200, f"Mes mots. {MB} {39 * MB}")
    assert len(lying) == 2, "the body, and the file in it"
    assert peak < 36 * MB, f"{peak / MB:.0f} MB"


@pytest.mark.parametrize("size", [FILES_LIMIT, BODY_LIMIT + 5 * MB])
def test_beyond_any_bound_a_page_says_what_is_accepted(app, size):
    with serving(app) as connection:
        status, page = send(connection, "/connexion", size)
        assert status == 413 and "<h1>C’est trop lourd</h1>" in page and 'rel="stylesheet"' in page and 'href="/"' in page
        words = page.replace("\u00a0", " ").replace("\u202f", " ")
        assert "une image jusqu’à 8 Mo, un PDF jusqu’à 10 Mo" in words and "« Retour »" in words
        connection.request("GET", "/connexion")
        assert connection.getresponse().status == 200, "the next request is read as itself"


def test_signed_out_a_heavy_file_brings_what_was_typed_to_the_sign_in(app):
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    answer = app.test_client().post("/c/valombre/importer", data=b"".join(parts(17 * MB)), headers=headers)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401 and "Mot de passe" in page and "Mes mots." in page


class Slow(io.BytesIO):
    """What arrives piece by piece; `meanwhile` is called before each."""

    def __init__(self, whole: bytes, meanwhile: Callable[[], None]) -> None:
        super().__init__(whole)
        self.meanwhile, self.pieces = meanwhile, 0

    def readinto(self, buffer: Any) -> int:
        self.meanwhile()
        self.pieces += 1
        return super().readinto(buffer)


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"])
def test_what_comes_slowly_keeps_nobody_from_writing(visit, database, kind, is_known):
    """gunicorn hands a body on while it is being read; SQLite lets one person write at a time."""

    def write() -> None:
        with database.system("somebody else writes", write=True) as session:
            session.execute(update(User).values(name=User.name))

    body = Slow(b"".join(parts(0)), write)
    client = visit.as_("camille")
    if not is_known:
        with database.system("the device is not known any more", write=True) as session:
            session.execute(delete(Device))
    client.post("/c/valombre/importer", input_stream=body, content_type=kind, content_length=len(body.getvalue()))
    assert body.pieces
