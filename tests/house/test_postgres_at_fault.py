"""A PostgreSQL that does not answer as it should: one sentence for each command, and never the password of its address."""

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from rex.cli import main
from rex.refusals import sentence_of
from tests.bases import connected

SECRET = "motsecret"
COMMANDS = [["db", "upgrade"], ["db", "check"], ["tick"], ["serve", "--port", "8131", "--no-demo"], ["backup", "rien.zip"]]


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """What each command says on stderr of the base at this address: one line, the same for all."""
    monkeypatch.setenv("REX_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def ask(address: str) -> str:
        monkeypatch.setenv("REX_DATABASE_URL", address)
        told = set()
        for command in COMMANDS:
            assert main(command) == 1, command
            told.add(capsys.readouterr().err)
        (sentence,) = told
        assert sentence.count("\n") == 1 and SECRET not in sentence
        return sentence

    return ask


def test_a_socket_where_nobody_listens(refused, tmp_path):
    assert "ne répond pas" in refused(f"postgresql://rex:{SECRET}@/rex?host={tmp_path}")


def test_a_base_that_does_not_exist(refused, postgres_url):
    absent = make_url(postgres_url).set(database="absente", password=SECRET).render_as_string(hide_password=False)
    assert "Cette base n’existe pas" in refused(absent)


def test_a_name_that_does_not_exist(refused, postgres_url):
    absent = make_url(postgres_url).set(username="personne", password=SECRET).render_as_string(hide_password=False)
    assert "refuse ce nom" in refused(absent)


def test_a_base_whose_tables_are_closed_to_us(postgres_url):
    with connected(postgres_url) as connection:
        connection.execute("CREATE ROLE etranger")
        connection.execute("SET ROLE etranger")
        with pytest.raises(Exception) as error:
            connection.execute("CREATE TABLE public.x (y int)")
    assert "droits" in (sentence_of(OperationalError("CREATE", None, error.value)) or "")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("FATAL:  la base de données « rex » n'existe pas", "Cette base n’existe pas"),
        ("FATAL:  le rôle « rex » n'existe pas", "refuse ce nom"),
        ("FATAL:  authentification par mot de passe échouée pour l'utilisateur « rex »", "refuse ce nom"),
        ("FATAL:  sorry, too many clients already", "plus de connexion"),
        ("server closed the connection unexpectedly", "ne répond pas"),
        ("no such table: user", "rex db upgrade"),
    ],
)
def test_what_servers_say(said, sentence):
    assert sentence in (sentence_of(OperationalError("", None, Exception(f"connection failed: {said}"))) or "")
