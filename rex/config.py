"""The settings of an installation, read once from the environment and frozen.

A wrong value raises `ConfigError`, whose text is one French sentence for the person who starts the server.
"""

import base64
import binascii
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from rex.files import write_private_once

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_ROOT = "http://127.0.0.1:8000"  # where the embedded server answers when nothing else is said
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class ConfigError(Exception):
    """A setting that the application refuses; the message is one French sentence."""


@dataclass(frozen=True)
class Config:
    """What an installation decides. `base_url` is None until somebody names a public address."""

    data_dir: Path
    database_url: str = field(repr=False)  # what holds a secret is not shown by a log or a traceback
    secret_key: str = field(repr=False)
    master_key: bytes = field(repr=False)
    base_url: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "REX <rex@localhost>"
    log_level: str = "INFO"
    dev: bool = False
    quick_hashes: bool = False  # cheap password hashes, for tests alone

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def mails_dir(self) -> Path:
        return self.data_dir / "mails"

    @property
    def is_https(self) -> bool:
        return bool(self.base_url and self.base_url.startswith("https://"))


def config_from(environ: Mapping[str, str]) -> Config:
    """Read REX_* from a mapping (the environment, or a test's own).

    Creates the data folder and the two secret files (mode 600) at first start. Raises ConfigError."""
    data_dir = Path(environ.get("REX_DATA_DIR") or "instance").absolute()
    _make_folder(data_dir)
    smtp_url = environ.get("REX_SMTP_URL") or None
    if smtp_url:
        _check_smtp(smtp_url)
    level = (environ.get("REX_LOG_LEVEL") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise ConfigError(f"REX_LOG_LEVEL vaut « {level} » : choisissez entre {', '.join(LOG_LEVELS)}.")
    mail_from = environ.get("REX_MAIL_FROM") or Config.mail_from
    address = parseaddr(mail_from)[1]
    if "@" not in address or not address.isascii() or not mail_from.isprintable():
        raise ConfigError(f"REX_MAIL_FROM vaut « {mail_from} » : il faut une adresse, par exemple REX <rex@ville.fr>.")
    return Config(
        data_dir=data_dir,
        database_url=_database_url(environ.get("REX_DATABASE_URL"), data_dir),
        secret_key=environ.get("REX_SECRET_KEY") or _secret_file(data_dir / "secret.key").decode(),
        master_key=_master_key(master_key_file(environ)),
        base_url=_base_url(environ.get("REX_BASE_URL")),
        smtp_url=smtp_url,
        mail_from=mail_from,
        log_level=level,
        dev=environ.get("REX_DEV") == "1",
        quick_hashes=environ.get("REX_QUICK_HASHES") == "1",
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".ecriture-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"Le dossier {folder} ne peut pas être écrit ({error.strerror}) : changez ses droits ou REX_DATA_DIR."
        ) from error


def _database_url(value: str | None, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'rex.db'}"
    try:
        url = make_url(value)
    except ArgumentError as error:
        raise ConfigError(
            "REX_DATABASE_URL n’est pas une adresse de base : attendu sqlite:///… ou postgresql://…"
        ) from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ConfigError(f"REX_DATABASE_URL : REX parle à SQLite et à PostgreSQL, pas à « {url.drivername} ».")
    if url.drivername == "sqlite" and not url.database:
        raise ConfigError("REX_DATABASE_URL : une base SQLite en mémoire perdrait tout, donnez un fichier.")
    if url.drivername != "sqlite" and find_spec("psycopg") is None:
        install = f'{sys.executable} -m pip install "psycopg[binary]"'
        raise ConfigError(f"REX_DATABASE_URL : le pilote de PostgreSQL n’est pas installé. Faites : {install}")
    return url.render_as_string(hide_password=False)


def _base_url(value: str | None) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"REX_BASE_URL vaut « {value} » : attendu une adresse comme https://rex.ville.fr.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigError("REX_BASE_URL commence par http:// : hors de cette machine, REX demande https://.")
    return value.rstrip("/")


def _check_smtp(value: str) -> None:
    parts = urlsplit(value)
    try:
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not port_is_right:
        raise ConfigError("REX_SMTP_URL n’est pas lisible : attendu smtp://nom:mot-de-passe@serveur:port.")


def master_key_file(environ: Mapping[str, str]) -> Path:
    """Where the master key of this installation is."""
    data_dir = Path(environ.get("REX_DATA_DIR") or "instance").absolute()
    return Path(environ.get("REX_MASTER_KEY_FILE") or data_dir / "master.key")


def _master_key(path: Path) -> bytes:
    try:
        key = base64.b64decode(_secret_file(path).strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ConfigError(f"La clé maîtresse {path} est abîmée : remettez le fichier de votre sauvegarde de clés.")
    return key


def _secret_file(path: Path) -> bytes:
    """The content of a secret file, created with 32 random bytes in base64 when absent, readable by its owner alone."""
    try:
        if not path.exists():
            write_private_once(path, base64.b64encode(secrets.token_bytes(32)))
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"Le fichier secret {path} ne peut pas être lu ou créé ({error.strerror}).") from error
