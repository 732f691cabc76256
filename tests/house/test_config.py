"""Settings: each wrong value stops the start with its own sentence; secrets are made once and kept from others."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from rex.config import Config, ConfigError, config_from
from tests.house.source import ROOT

WRONG: dict[str, tuple[str, str, str]] = {  # variable, value, how the sentence begins
    "unknown level": ("LOG_LEVEL", "bavard", "vaut « BAVARD » : choisissez entre DEBUG, INFO, WARNING, ERROR."),
    "no address": ("MAIL_FROM", "rex", "vaut « rex » : il faut une adresse, par exemple REX <rex@ville.fr>."),
    "two lines": ("MAIL_FROM", "a@b.fr\nBcc: c@d.fr", "vaut"),
    "no url": ("DATABASE_URL", "rex", "n’est pas une adresse de base : attendu sqlite:///… ou postgresql://…"),
    "other engine": ("DATABASE_URL", "mysql://h/b", ": REX parle à SQLite et à PostgreSQL, pas à « mysql »."),
    "memory": ("DATABASE_URL", "sqlite://", ": une base SQLite en mémoire perdrait tout, donnez un fichier."),
    "smtp scheme": ("SMTP_URL", "http://h", "n’est pas lisible : attendu smtp://nom:mot-de-passe@serveur:port."),
    "smtp port": ("SMTP_URL", "smtp://h:port", "n’est pas lisible"),
    "smtp host": ("SMTP_URL", "smtp://", "n’est pas lisible"),
    "base scheme": ("BASE_URL", "rex.ville.fr", "vaut « rex.ville.fr » : attendu une adresse comme https://rex.ville.fr."),
    "base in clear": ("BASE_URL", "http://rex.ville.fr", "commence par http:// : hors de cette machine, REX demande https://."),
    "base with query": ("BASE_URL", "https://rex.ville.fr/?a=1", "vaut"),
}


def read(folder: Path, **given: str) -> Config:
    return config_from({"REX_DATA_DIR": str(folder / "donnees"), **given})


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_said_in_one_sentence(tmp_path, case):
    variable, value, sentence = WRONG[case]
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, **{f"REX_{variable}": value})
    said = str(refused.value)
    assert said.startswith(f"REX_{variable} {sentence}") and said.rstrip().endswith((".", "…")), said


def test_nothing_given_is_a_local_installation(tmp_path):
    config = read(tmp_path)
    assert config.database_url == f"sqlite:///{tmp_path / 'donnees' / 'rex.db'}"
    assert (config.base_url, config.smtp_url, config.is_https, config.dev, config.quick_hashes) == (None, None, False, False, False)
    assert config.keys_dir == tmp_path / "donnees" / "keys"


def test_an_empty_value_is_no_value(tmp_path):
    names = ["DATABASE_URL", "SECRET_KEY", "MASTER_KEY_FILE", "BASE_URL", "SMTP_URL", "MAIL_FROM", "LOG_LEVEL"]
    assert read(tmp_path, **{f"REX_{name}": "" for name in names}) == read(tmp_path)


RIGHT = {"https://rex.ville.fr/": True, "http://127.0.0.1:8000": False, "http://localhost": False, "https://ville.fr/rex": True}


@pytest.mark.parametrize("base, is_https", RIGHT.items())
def test_right_addresses(tmp_path, base, is_https):
    config = read(tmp_path, REX_BASE_URL=base)
    assert (config.base_url, config.is_https) == (base.rstrip("/"), is_https)


def test_postgresql_is_spoken_by_psycopg(tmp_path):
    config = read(tmp_path, REX_DATABASE_URL="postgresql://rex:p%2Fa%3Ass%40@h/rex")
    url = make_url(config.database_url)
    assert (url.drivername, url.username, url.password, url.host) == ("postgresql+psycopg", "rex", "p/a:ss@", "h")


def test_postgresql_without_its_driver_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("rex.config.find_spec", lambda name: None)
    assert read(tmp_path).database_url.startswith("sqlite:")
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, REX_DATABASE_URL="postgresql://rex@h/rex")
    said = "REX_DATABASE_URL : le pilote de PostgreSQL n’est pas installé. Faites : "
    assert str(refused.value) == f'{said}{sys.executable} -m pip install "psycopg[binary]"'


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert (first.secret_key, first.master_key) == (second.secret_key, second.master_key)
    assert len(first.master_key) == 32 and first.secret_key.encode() != first.master_key
    folder = tmp_path / "donnees"
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in ("secret.key", "master.key")} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["master.key", "secret.key"], "nothing else is left behind"


def test_two_first_starts_at_once_share_one_key(tmp_path):
    found: list[tuple[str, bytes]] = []

    def start() -> None:
        config = read(tmp_path)
        found.append((config.secret_key, config.master_key))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1


@pytest.mark.parametrize("content", ["", "pas une clé", "AAAA", "A" * 44 + "="])
def test_a_damaged_master_key_stops_the_start(tmp_path, content):
    path = tmp_path / "master.key"
    path.write_text(content)
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, REX_MASTER_KEY_FILE=str(path))
    assert str(refused.value) == f"La clé maîtresse {path} est abîmée : remettez le fichier de votre sauvegarde de clés."


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "donnees").write_text("occupé")
    with pytest.raises(ConfigError, match=r"^Le dossier .*donnees ne peut pas être écrit"):
        read(tmp_path)


def test_a_key_file_that_is_a_folder_is_refused(tmp_path):
    (tmp_path / "donnees" / "secret.key").mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"^Le fichier secret .*secret\.key ne peut pas être lu ou créé"):
        read(tmp_path)


def test_secrets_are_not_shown(tmp_path):
    config = read(tmp_path, REX_SMTP_URL="smtp://nom:mot-secret@h:25", REX_DATABASE_URL="postgresql://u:autre-secret@h/b")
    shown = repr(config)
    for secret in (config.secret_key, repr(config.master_key), "mot-secret", "autre-secret"):
        assert secret not in shown, "a log or a traceback would show it: field(repr=False)"


SAID = [("REX_LOG_LEVEL", "bavard"), ("REX_DATABASE_URL", "mysql://h/b"), ("REX_SMTP_URL", "smtp://")]


@pytest.mark.parametrize("variable, value", SAID)
def test_the_command_line_says_it_and_stops(tmp_path, variable, value):
    """Exit status 1, one line on stderr, no traceback."""
    environ = {**os.environ, "REX_DATA_DIR": str(tmp_path), variable: value}
    code = "import sys; from rex.cli import main; sys.exit(main(['db', 'check']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(variable) and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
