"""The mails of the entrance, word for word where a word matters."""

import re
from html import unescape

import pytest

from tests.cast import PASSWORD
from tests.collectifs.mailbox import received
from tests.reading import WRONG_FRENCH

PASSWORD_MAIL = """Bonjour,

Un nouveau mot de passe a été demandé pour votre compte. L’adresse ci-dessous sert une fois, pendant deux heures.

Choisir un mot de passe :
http://localhost/mot-de-passe/TOKEN

Si vous n’avez rien demandé, laissez ce message sans suite : votre mot de passe ne change pas.
"""
ADDRESS_OLD = """Bonjour Camille Roy,

Une nouvelle adresse a été demandée pour votre compte : camille.roy@exemple.fr.

Le changement se fait quand les deux adresses l’ont confirmé, celle-ci et la nouvelle. Un message est parti à chacune.

Confirmer depuis cette adresse :
http://localhost/adresse/TOKEN

Si vous n’avez rien demandé, ne confirmez pas, et changez votre mot de passe : quelqu’un le connaît.

L’adresse sert une fois, pendant deux jours.
"""
ADDRESS_NEW = """Bonjour Camille Roy,

Votre compte doit passer de camille@exemple.fr à cette adresse.

Le changement se fait quand les deux adresses l’ont confirmé, l’ancienne et celle-ci. Un message est parti à chacune.

Confirmer depuis cette adresse :
http://localhost/adresse/TOKEN

L’adresse sert une fois, pendant deux jours. Si vous n’attendiez rien, laissez ce message sans suite.
"""


@pytest.fixture
def letters(app, visit):
    """A forgotten password and a change of address, in a mailbox."""
    visit.as_(None).send("/mot-de-passe-oublie", {"email": "camille@exemple.fr"}, page="/connexion")
    data = {"email": "camille.roy@exemple.fr", "current_password": PASSWORD}
    visit.as_("camille").send("/compte/adresse", data, page="/compte")
    return {letter.subject: letter for letter in received(app)}


def plain(text: str) -> str:
    text = text.replace("\u202f", " ").replace("\u00a0", " ")
    return re.sub(r"/(mot-de-passe|adresse)/\S+", r"/\1/TOKEN", text)


def test_word_for_word(letters):
    assert {subject: plain(letter.text) for subject, letter in letters.items()} == {
        "Choisir un nouveau mot de passe": PASSWORD_MAIL,
        "Confirmer que vous quittez cette adresse": ADDRESS_OLD,
        "Confirmer votre nouvelle adresse": ADDRESS_NEW,
    }


def test_html_says_the_same_and_calls_nobody(letters):
    for letter in letters.values():
        words = re.sub(r"<[^>]+>", " ", unescape(letter.html).split("<body", 1)[1].split(">", 1)[1])
        for sentence in re.findall(r"[A-ZÀ-Ý][^.\n]+\.", letter.text):
            assert sentence in words
        assert not re.search(r"<img|<script|<link|src=", letter.html)
        assert set(re.findall(r'href="([^"]+)"', letter.html)) == set(
            re.findall(r"^http\S+$", letter.text, re.MULTILINE)
        )


def test_french_typography(letters):
    for letter in letters.values():
        for words in (letter.subject, *letter.text.splitlines()):
            assert words.startswith("http") or not WRONG_FRENCH.search(words), words
