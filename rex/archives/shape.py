"""The open archive: which files it holds, and what each line of its data must be (`docs/archive.md` says it in French).

Every line that comes in passes here before anything is written: its strings are tidied as those of a form are, its fields are of
their kinds and no longer than the base keeps. A field that this version does not know is left out."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from rex.collectifs.models import ADDRESS_LENGTH, NAME_LENGTH, College, Role, ServiceKind
from rex.exchanges.models import Posture
from rex.exchanges.words import MOST as MOST_IN_MESSAGE
from rex.journal.attachment_models import FileKind
from rex.journal.models import SLUG_LENGTH, TITLE_LENGTH, Audience, Stance
from rex.journal.together_models import Meeting
from rex.text import MAX_CHARS
from rex.text.marks import tidy

FAMILY, VERSION = "rex-collectif-", 1
FORMAT = f"{FAMILY}{VERSION}"
MANIFEST, SUMS, READ_ME = "manifest.json", "SHA256SUMS", "LISEZMOI.md"
# In the order in which they come in: what a line names stands in a file before its own.
KINDS = (
    "collectif", "services", "balises", "personnes", "actions", "recits", "difficultes", "reconnaissances", "echanges", "echos",
    "syntheses", "relectures", "notes", "fichiers",
)  # fmt: skip
TEXTS = ("recits", "difficultes", "reconnaissances")
MEMBERS = re.compile(r"(?:recits|fichiers)/[A-Za-z0-9_-]{1,120}\.[a-z]{2,4}")
ID = re.compile(r"[A-Za-z0-9_-]{16}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SECTION = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{SLUG_LENGTH - 1}}}")

Line = dict[str, Any]
Check = Callable[[Any], bool]


class Wrong(ValueError):
    """A line that is not what its file holds."""


def member_of(kind: str) -> str:
    """Where the lines of a kind are in the zip."""
    return f"donnees/{kind}.jsonl"


def checked(kind: str, line: Any) -> Line:
    """The line, tidied, with the fields of its kind and no others. Raises Wrong."""
    tidied = _tidied(line)
    if not isinstance(tidied, dict) or not _FIELDS[kind](tidied):
        raise Wrong(kind)
    return {name: tidied.get(name) for name in _NAMES[kind]}


def moment(words: str) -> datetime:
    """An instant as the archive writes it."""
    return datetime.fromisoformat(words)


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [_tidied(one) for one in value]
    if isinstance(value, dict):
        return {name: _tidied(one) for name, one in value.items()}
    return value


# --- what a field may be --------------------------------------------------------------------------------------------------


def _words(most: int, least: int = 0) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most and (not least or bool(value.strip()))


def _matching(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _one_of(kinds: type[StrEnum]) -> Check:
    known = {one.value for one in kinds}
    return lambda value: isinstance(value, str) and value in known


def _or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _list_of(check: Check, most: int) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(check(one) for one in value)


def _record(**fields: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(check(value.get(name)) for name, check in fields.items())


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def _up_to(most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_moment(value: Any) -> bool:
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return when.tzinfo is not None and 1900 <= when.year <= 2200


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_zone(value: Any) -> bool:
    return isinstance(value, str) and value in _zones()


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and 3 <= len(value) <= ADDRESS_LENGTH and "@" in value and value.isprintable()


_name, _some_name = _words(NAME_LENGTH), _words(NAME_LENGTH, 1)
_id, _slug, _id_or_null = _matching(ID), _matching(_SLUG), _or_null(_matching(ID))
_section = _matching(_SECTION)  # it goes into addresses and into pages as it is
_section_or_none: Check = lambda value: value == "" or _section(value)  # noqa: E731
_audience = _one_of(Audience)
_is_open_audience: Check = lambda value: _audience(value) and value != Audience.GROUPE  # noqa: E731
_moment_or_null = _or_null(_is_moment)
_who = _record(personne=_id_or_null, nom=_name)  # somebody: who they are in the archive, and their name
_who_or_null = _or_null(_who)
_author = _record(
    personne=_id_or_null, nom=_name, service=_id_or_null, service_nom=_name, fonction=_name, college=_or_null(_one_of(College))
)
_FILE_SHA = _matching(re.compile(r"[0-9a-f]{64}"))

_told: dict[str, Check] = {
    "id": _id,
    "audience": _is_open_audience,
    "auteurs": _list_of(_author, 60),
    "signature": _words(400),
    "balises": _list_of(_record(code=_words(16, 1), posture=_one_of(Stance)), 60),
    "cree_le": _is_moment,
    "publie_le": _is_moment,
    "corrige_le": _moment_or_null,
}
_FIELDS_OF: Mapping[str, dict[str, Check]] = {
    "collectif": {
        "id": _id, "nom": _some_name, "slug": _slug, "presentation": _words(20_000), "fuseau": _is_zone,
        "ouvert_aux_partenaires": _is_yes_or_no, "cree_le": _is_moment,
        "canevas": _list_of(_record(slug=_section, titre=_some_name, aide=_words(200), ouverte=_is_yes_or_no), 60),
    },
    "services": {"id": _id, "nom": _some_name, "sorte": _one_of(ServiceKind), "ferme_le": _moment_or_null},
    "balises": {
        "id": _id, "slug": _slug, "nom_court": _words(32, 1), "titre": _words(160, 1), "question": _words(300),
        "texte": _words(4000), "cree_le": _is_moment, "fermee_le": _moment_or_null,
    },
    "personnes": {
        "id": _id, "nom": _some_name, "service": _id_or_null, "college": _one_of(College), "role": _one_of(Role),
        "fonction": _name, "membre_depuis": _is_moment, "adresse": _or_null(_is_address),
    },
    "actions": {"id": _id, "titre": _words(TITLE_LENGTH), "cree_le": _is_moment},
    "recits": _told | {
        "titre": _words(TITLE_LENGTH, 1), "raconte_par": _words(160), "action": _id_or_null,
        "sections": _list_of(_record(slug=_section, titre=_name, texte=_words(MAX_CHARS, 1)), 100),
    },
    "difficultes": _told | {
        "mots": _words(MAX_CHARS, 1), "effet": _words(MAX_CHARS), "recit": _id_or_null,
        "section": _section_or_none, "detachee": _is_yes_or_no,
    },
    "reconnaissances": _told | {
        "mots": _words(MAX_CHARS, 1), "recit": _id_or_null, "a_personne": _who_or_null, "a_service": _id_or_null,
        "a_nom": _words(400), "acceptee_le": _moment_or_null, "prevue_pour": _is_open_audience,
    },
    "echanges": {
        "id": _id, "texte": _id, "reponse_a": _id_or_null, "audience": _is_open_audience, "posture": _one_of(Posture),
        "retire": _is_yes_or_no, "auteur": _who_or_null, "service": _id_or_null, "signature": _name,
        "citation": _words(MAX_CHARS), "section_citee": _section_or_none, "citation_detachee": _is_yes_or_no,
        "mots": _words(MOST_IN_MESSAGE), "dit_le": _is_moment, "corrige_le": _moment_or_null, "pris_par": _who_or_null,
        "pris_le": _moment_or_null, "nomme": _list_of(_who, 200),
    },
    "echos": {
        "id": _id, "texte": _id, "auteur": _who_or_null, "service": _id_or_null, "service_nom": _name,
        "college": _or_null(_one_of(College)), "audience": _is_open_audience, "mots": _words(MAX_CHARS), "dit_le": _is_moment,
    },
    "syntheses": {
        "id": _id, "texte": _id, "audience": _is_open_audience, "auteur": _who_or_null, "signature": _name,
        "ecrite_le": _is_moment, "rouverte_le": _moment_or_null,
        "phrases": _list_of(_record(mots=_words(MAX_CHARS), messages=_list_of(_id, 2000)), 200),
    },
    "relectures": {
        "id": _id, "texte": _id, "auteur": _who_or_null, "audience": _is_open_audience, "mots": _words(MAX_CHARS, 1),
        "ecrite_le": _is_moment,
    },
    "notes": {
        "id": _id, "action": _id, "recit": _id, "autre_recit": _id, "section": _section_or_none, "rencontre": _one_of(Meeting),
        "audience": _is_open_audience, "mots": _words(MAX_CHARS, 1), "auteur": _who_or_null, "service_nom": _name,
        "ecrite_le": _is_moment, "corrigee_le": _moment_or_null,
    },
    "fichiers": {
        "id": _id, "texte": _id, "membre": _matching(MEMBERS), "sorte": _one_of(FileKind), "taille": _up_to(64 * 1024 * 1024),
        "largeur": _up_to(100_000), "hauteur": _up_to(100_000), "description": _words(600), "sha256": _FILE_SHA,
        "donne_le": _is_moment,
    },
}  # fmt: skip
_NAMES = {kind: tuple(fields) for kind, fields in _FIELDS_OF.items()}
_FIELDS = {kind: _record(**fields) for kind, fields in _FIELDS_OF.items()}
