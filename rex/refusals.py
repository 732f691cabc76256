"""What the command line refuses, said as one French sentence: never a traceback for a mistake of the person at the console."""

import errno
import re
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rex.config import ConfigError
from rex.keys import KeyLost
from rex.migrate import SchemaError


class Refused(Exception):
    """What was asked is not done; `str()` is one French sentence that says what to do next."""


_DATABASE = (
    (r"database is locked|lock timeout", "La base est occupée par une autre commande : attendez un instant, puis recommencez."),
    (r"readonly database|read-only", "La base ne peut pas être écrite : rendez son dossier et son fichier inscriptibles."),
    (r"disk is full|No space left", "Le disque est plein : libérez de la place, puis recommencez."),
    (r"not a database|malformed|file is encrypted", "La base est abîmée, ou n’en est pas une : restaurez une sauvegarde."),
    (r"unable to open database", "La base ne peut pas être ouverte : vérifiez REX_DATABASE_URL et les droits de son dossier."),
    (r"no such table|UndefinedTable|UndefinedColumn|no such column", "La base n’est pas à jour : lancez « rex db upgrade »."),
    # What PostgreSQL says when it lets nobody in has no code, and is in the language of its server.
    (r"FATAL: .*database .* does not exist|base de données .* n.existe pas",
     "Cette base n’existe pas : créez-la sur le serveur PostgreSQL (createdb), ou vérifiez REX_DATABASE_URL."),
    (r"authentication failed|no password supplied|FATAL: .*role .* does not exist|pg_hba"
     r"|r[ôo]le .* n.existe pas|authentification .*chou",
     "La base refuse ce nom ou ce mot de passe : vérifiez REX_DATABASE_URL."),
    (r"permission denied for|InsufficientPrivilege",
     "La base refuse à ce nom les droits qu’il faut : donnez-les-lui, ou changez REX_DATABASE_URL."),
    (r"too many clients|too many connections|connection slots",
     "La base n’accepte plus de connexion : attendez un instant, ou augmentez max_connections."),
    (r"connection (failed|refused|is bad|is lost|timeout)|could not connect|connection to server|resolve host|timeout expired"
     r"|server closed the connection|AdminShutdown|CannotConnectNow",
     "La base ne répond pas : vérifiez REX_DATABASE_URL et que PostgreSQL est démarré."),
)  # fmt: skip
_DISK = {
    errno.ENOSPC: "Le disque est plein : libérez de la place, puis recommencez.",
    errno.EDQUOT: "Le disque est plein : libérez de la place, puis recommencez.",
    errno.EROFS: "{path} est sur un disque en lecture seule : choisissez un autre dossier.",
    errno.EACCES: "{path} n’est pas accessible à ce compte : changez ses droits, ou choisissez un autre dossier.",
    errno.EPERM: "{path} n’est pas accessible à ce compte : changez ses droits, ou choisissez un autre dossier.",
    errno.ENOENT: "{path} n’existe pas.",
    errno.EISDIR: "{path} est un dossier : donnez le nom d’un fichier.",
    errno.ENOTDIR: "{path} passe par un fichier qui n’est pas un dossier.",
    errno.EEXIST: "{path} existe déjà : donnez un autre nom.",
    errno.ENAMETOOLONG: "{path} est un nom trop long.",
}


def sentence_of(error: BaseException) -> str | None:
    """The sentence for an error that a person can do something about; None for a fault of the program."""
    if isinstance(error, Refused | ConfigError | SchemaError | KeyLost):
        return str(error)
    if isinstance(error, PoolTimeout):
        return _DATABASE[0][1]
    if isinstance(error, DBAPIError | sqlite3.Error):  # the driver's own when a connection cannot even be prepared
        cause = error.orig if isinstance(error, DBAPIError) else error
        said = f"{type(cause).__name__} {cause}"
        return next((sentence for sign, sentence in _DATABASE if re.search(sign, said, re.IGNORECASE)), None)
    if isinstance(error, OSError) and error.errno in _DISK:
        return _DISK[error.errno].format(path=error.filename or "Ce fichier")
    return None
