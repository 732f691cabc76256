"""Feeds as a program that follows them gets them."""

from xml.etree import ElementTree

from rex.feeds.addresses import renew
from tests.making import reader_of

ATOM = "{http://www.w3.org/2005/Atom}"


def make_feed(database, person) -> str:
    """The path of a new feed of this person."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        token = renew(session, who)
        session.commit()
    return f"/flux/{token}.atom"


def read(answer) -> ElementTree.Element:
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.data)


def found(thing: ElementTree.Element, path: str) -> ElementTree.Element:
    """What stands at « entry/link »."""
    inner = thing.find("/".join(f"{ATOM}{name}" for name in path.split("/")))
    assert inner is not None, path
    return inner


def titles(answer) -> list[str]:
    return [(found(entry, "title").text or "").replace("\u00a0", " ") for entry in read(answer).iter(f"{ATOM}entry")]
