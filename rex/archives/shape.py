"""The open archive: which files it holds, and what each line of its data must be (`docs/archive.md` says it in French).

Every line that comes in passes here before anything is written: its strings are tidied as those of a form are, its fields are of
their kinds and no longer than the base keeps. A field that this version does not know is left out."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rex.archives.checks import (
    Check,
    is_address,
    is_day,
    is_moment,
    is_yes_or_no,
    is_zone,
    list_of,
    matching,
    one_of,
    or_null,
    record,
    up_to,
    words,
)
from rex.collectifs.models import NAME_LENGTH, College, Role, ServiceKind
from rex.digests.models import Rubric
from rex.exchanges.models import Posture
from rex.exchanges.words import MOST as MOST_IN_MESSAGE
from rex.journal.attachment_models import FileKind
from rex.journal.models import SLUG_LENGTH, TITLE_LENGTH, Audience, Stance
from rex.journal.together_models import Meeting
from rex.tensions.models import ActKind, State
from rex.text import MAX_CHARS
from rex.text.marks import tidy
from rex.trends.asked import YEAR_BEFORE
from rex.trends.subjects import SECTIONS

FAMILY = "rex-collectif-"
FORMAT = f"{FAMILY}3"  # what is written; those of before are read too
MANIFEST, SUMS, READ_ME = "manifest.json", "SHA256SUMS", "LISEZMOI.md"
# In the order in which they come in: what a line names stands in a file before its own.
KINDS = (
    "collectif", "services", "balises", "idees", "personnes", "actions", "recits", "difficultes", "reconnaissances", "tensions",
    "liens", "actes", "arbitrages", "essais", "echanges", "echos", "syntheses", "relectures", "notes", "fichiers", "lettres",
    "jalons", "lectures",
)  # fmt: skip
_NEW_IN_2 = frozenset({"idees", "tensions", "liens", "actes", "arbitrages", "essais", "lettres"})
_NEW_IN_3 = frozenset({"jalons", "lectures"})
KINDS_OF: dict[str, tuple[str, ...]] = {
    f"{FAMILY}1": tuple(kind for kind in KINDS if kind not in _NEW_IN_2 | _NEW_IN_3),
    f"{FAMILY}2": tuple(kind for kind in KINDS if kind not in _NEW_IN_3),
    FORMAT: KINDS,
}
TEXTS = ("recits", "difficultes", "reconnaissances", "tensions")
MEMBERS = re.compile(r"(?:recits|fichiers)/[A-Za-z0-9_-]{1,120}\.[a-z]{2,4}")
ID = re.compile(r"[A-Za-z0-9_-]{16}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SECTION = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{SLUG_LENGTH - 1}}}")

Line = dict[str, Any]


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


def said_at(moment: datetime | None) -> str | None:
    """An instant as a line writes it."""
    return None if moment is None else moment.isoformat()


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [_tidied(one) for one in value]
    if isinstance(value, dict):
        return {name: _tidied(one) for name, one in value.items()}
    return value


# --- what a field may be -------------------------------------------------------------------------------------------------

_name, _some_name = words(NAME_LENGTH), words(NAME_LENGTH, 1)
_id, _slug, _id_or_null = matching(ID), matching(_SLUG), or_null(matching(ID))
_section = matching(_SECTION)  # it goes into addresses and into pages as it is
_section_or_none: Check = lambda value: value == "" or _section(value)  # noqa: E731
_audience = one_of(Audience)
_is_open_audience: Check = lambda value: _audience(value) and value != Audience.GROUPE  # noqa: E731
_moment_or_null = or_null(is_moment)
_who = record(personne=_id_or_null, nom=_name)  # somebody: who they are in the archive, and their name
_who_or_null = or_null(_who)
_author = record(
    personne=_id_or_null, nom=_name, service=_id_or_null, service_nom=_name, fonction=_name, college=or_null(one_of(College))
)
_SUBJECT = re.compile(r"[A-Za-z0-9_~-]{0,40}")  # of a figure: ids and codes
_filters = record(  # of a page; of an archive of before, none
    enjeu=or_null(matching(re.compile(r"[ESCV]"))), balise=or_null(matching(re.compile(r"[ESCV][1-6]|[A-Za-z0-9_-]{16}"))),
    service=or_null(matching(re.compile(r"[A-Za-z0-9_-]{16}|autres|sans"))), college=or_null(matching(re.compile(r"[a-z]{2,12}"))),
    jalon=_id_or_null, avec=or_null(matching(re.compile(YEAR_BEFORE))),
)  # fmt: skip
_link = matching(re.compile(r"|https?://[^\s<>\"']{1,590}|/(?![/\\])[^\s<>\"']{0,590}"))  # of a page, here or elsewhere
_FILE_SHA = matching(re.compile(r"[0-9a-f]{64}"))

_told: dict[str, Check] = {
    "id": _id,
    "audience": _is_open_audience,
    "auteurs": list_of(_author, 60),
    "signature": words(400),
    "balises": list_of(record(code=words(16, 1), posture=one_of(Stance)), 60),
    "cree_le": is_moment,
    "publie_le": is_moment,
    "corrige_le": _moment_or_null,
}
_FIELDS_OF: Mapping[str, dict[str, Check]] = {
    "collectif": {
        "id": _id, "nom": _some_name, "slug": _slug, "presentation": words(20_000), "fuseau": is_zone,
        "ouvert_aux_partenaires": is_yes_or_no, "cree_le": is_moment, "tensions_par_les_membres": or_null(is_yes_or_no),
        "canevas": list_of(record(slug=_section, titre=_some_name, aide=words(200), ouverte=is_yes_or_no), 60),
    },
    "services": {"id": _id, "nom": _some_name, "sorte": one_of(ServiceKind), "ferme_le": _moment_or_null},
    "balises": {
        "id": _id, "slug": _slug, "nom_court": words(32, 1), "titre": words(160, 1), "question": words(300),
        "texte": words(4000), "cree_le": is_moment, "fermee_le": _moment_or_null,
    },
    "personnes": {
        "id": _id, "nom": _some_name, "service": _id_or_null, "college": one_of(College), "role": one_of(Role),
        "fonction": _name, "membre_depuis": is_moment, "adresse": or_null(is_address),
    },
    "actions": {"id": _id, "titre": words(TITLE_LENGTH), "cree_le": is_moment},
    "recits": _told | {
        "titre": words(TITLE_LENGTH, 1), "raconte_par": words(160), "action": _id_or_null,
        "sections": list_of(record(slug=_section, titre=_name, texte=words(MAX_CHARS, 1)), 100),
    },
    "difficultes": _told | {
        "mots": words(MAX_CHARS, 1), "effet": words(MAX_CHARS), "recit": _id_or_null,
        "section": _section_or_none, "detachee": is_yes_or_no,
    },
    "reconnaissances": _told | {
        "mots": words(MAX_CHARS, 1), "recit": _id_or_null, "a_personne": _who_or_null, "a_service": _id_or_null,
        "a_nom": words(400), "acceptee_le": _moment_or_null, "prevue_pour": _is_open_audience,
    },
    "idees": {"id": _id, "mots": words(2000, 1), "cree_le": is_moment},
    "tensions": _told | {
        "auteurs": list_of(_author, 0), "audience": lambda value: value == Audience.COLLECTIF, "titre": words(TITLE_LENGTH, 1),
        "mots": words(MAX_CHARS), "etat": or_null(one_of(State)), "etat_le": _moment_or_null,
    },
    "liens": {"id": _id, "tension": _id, "reliee_le": is_moment},
    "actes": {
        "id": _id, "tension": _id_or_null, "genre": one_of(ActKind), "le": is_moment, "mots": words(MAX_CHARS),
        "annule_le": _moment_or_null, "distinctes": list_of(list_of(_id, 2), 5000),
    },
    "arbitrages": {
        "id": _id, "tension": _id, "decide": words(MAX_CHARS, 1), "decide_le": is_day, "ecrit_le": is_moment,
        "corrige_le": _moment_or_null,
        "parties": list_of(record(nom=words(400, 1), enjeu=words(MAX_CHARS), effort=words(MAX_CHARS)), 60),
    },
    "essais": {
        "id": _id, "tension": _id, "mots": words(MAX_CHARS, 1), "suite": words(MAX_CHARS), "service_nom": _name,
        "ecrit_le": is_moment, "suite_le": _moment_or_null,
    },
    "lettres": {
        "id": _id, "numero": or_null(up_to(100_000)), "titre": words(TITLE_LENGTH), "edito": words(MAX_CHARS),
        "edito_de": _who_or_null,
        "depuis": is_moment, "jusqu_a": is_moment, "prevue_le": is_moment, "composee_le": is_moment, "parue_le": is_moment,
        "elements": list_of(
            record(
                rubrique=one_of(Rubric), texte=_id_or_null, action=_id_or_null, echange=_id_or_null, balise=words(16),
                titre=words(400), mots=words(MAX_CHARS), lien=_link, pourquoi=words(600), ajoute=is_yes_or_no,
                citations=list_of(record(texte=_id, mots=words(MAX_CHARS, 1), signature=words(400)), 60),
            ),
            1000,
        ),
    },
    "echanges": {
        "id": _id, "texte": _id, "reponse_a": _id_or_null, "audience": _is_open_audience, "posture": one_of(Posture),
        "retire": is_yes_or_no, "auteur": _who_or_null, "service": _id_or_null, "signature": _name,
        "citation": words(MAX_CHARS), "section_citee": _section_or_none, "citation_detachee": is_yes_or_no,
        "mots": words(MOST_IN_MESSAGE), "dit_le": is_moment, "corrige_le": _moment_or_null, "pris_par": _who_or_null,
        "pris_le": _moment_or_null, "nomme": list_of(_who, 200),
    },
    "echos": {
        "id": _id, "texte": _id, "auteur": _who_or_null, "service": _id_or_null, "service_nom": _name,
        "college": or_null(one_of(College)), "audience": _is_open_audience, "mots": words(MAX_CHARS), "dit_le": is_moment,
    },
    "syntheses": {
        "id": _id, "texte": _id, "audience": _is_open_audience, "auteur": _who_or_null, "signature": _name,
        "ecrite_le": is_moment, "rouverte_le": _moment_or_null,
        "phrases": list_of(record(mots=words(MAX_CHARS), messages=list_of(_id, 2000)), 200),
    },
    "relectures": {
        "id": _id, "texte": _id, "auteur": _who_or_null, "audience": _is_open_audience, "mots": words(MAX_CHARS, 1),
        "ecrite_le": is_moment,
    },
    "notes": {
        "id": _id, "action": _id, "recit": _id, "autre_recit": _id, "section": _section_or_none, "rencontre": one_of(Meeting),
        "audience": _is_open_audience, "mots": words(MAX_CHARS, 1), "auteur": _who_or_null, "service_nom": _name,
        "ecrite_le": is_moment, "corrigee_le": _moment_or_null,
    },
    "jalons": {"id": _id, "jour": is_day, "nom": words(400, 1), "pose_le": is_moment},
    "lectures": {
        "id": _id, "rubrique": lambda value: isinstance(value, str) and value in SECTIONS, "sujet": matching(_SUBJECT),
        "sujet_nom": words(400), "du": is_day, "au": is_day, "filtres": or_null(_filters), "mots": words(MAX_CHARS, 1),
        "service": _id_or_null, "service_nom": _name, "college": or_null(one_of(College)), "ecrite_le": is_moment,
        "corrigee_le": _moment_or_null,
    },
    "fichiers": {
        "id": _id, "texte": _id, "membre": matching(MEMBERS), "sorte": one_of(FileKind), "taille": up_to(64 * 1024 * 1024),
        "largeur": up_to(100_000), "hauteur": up_to(100_000), "description": words(600), "sha256": _FILE_SHA,
        "donne_le": is_moment,
    },
}  # fmt: skip
_NAMES = {kind: tuple(fields) for kind, fields in _FIELDS_OF.items()}
_FIELDS = {kind: record(**fields) for kind, fields in _FIELDS_OF.items()}
