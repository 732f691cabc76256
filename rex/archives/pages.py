"""A récit of the archive as a page for people: Markdown that any editor opens, with what was said under it."""

import re
from collections.abc import Mapping
from datetime import datetime

from rex import french
from rex.archives.shape import Line, moment
from rex.journal.queries import NOBODY
from rex.referentiel.own_balises import slug_of
from rex.text.urls import UPLOADS

POSTURES = {"question": "Question", "resonance": "Résonance", "apport": "Apport", "autre-regard": "Autre regard"}
_STANCES = {"illustre": "", "nuance": " (nuancée)", "contredit": " (contredite)"}
_AUDIENCES = {"collectif": "les membres du collectif", "reseau": "les membres de tous les collectifs"}
_UPLOAD = re.compile(re.escape(UPLOADS) + r"([A-Za-z0-9_-]{16})(?:#\d+x\d+)?")


def name_of(recit: Line) -> str:
    """« recits/2026-03-04-le-marche-deplace-<id>.md »."""
    day = moment(recit["publie_le"]).date().isoformat()
    return f"recits/{day}-{slug_of(recit['titre'], 60) or 'recit'}-{recit['id']}.md"


def page_of(recit: Line, under: Mapping[str, list[Line]], zone: str) -> str:
    """The page; `under`: what hangs from this récit, by kind."""
    files = {line["id"]: line["membre"] for line in under.get("fichiers", ())}
    names = french.joined([_signed(author) for author in recit["auteurs"]] or [NOBODY])
    head = [
        f"# {recit['titre']}",
        f"{recit['raconte_par'] or 'Récit'}, par {names}, publié le {_day(recit['publie_le'], zone)}.",
        f"Lu par {_AUDIENCES[recit['audience']]}.",
    ]
    if recit["balises"]:
        head.append(f"Balises : {', '.join(one['code'] + _STANCES[one['posture']] for one in recit['balises'])}.")
    parts = [french.typo("\n\n".join(head))]
    parts += [f"## {section['titre']}\n\n{_beside(section['texte'], files)}" for section in recit["sections"]]
    for one in under.get("relectures", ()):
        parts.append(f"## Relu le {_day(one['ecrite_le'], zone)}, par {_who(one['auteur'])}\n\n{one['mots']}")
    for one in under.get("syntheses", ()):
        sentences = "\n".join(f"- {sentence['mots']}" for sentence in one["phrases"])
        parts.append(f"## Synthèse du {_day(one['ecrite_le'], zone)}, par {_who(one['auteur'])}\n\n{sentences}")
    said = [_message(one, zone) for one in under.get("echanges", ()) if not one["retire"]]
    parts += ["## Échanges", *said] if said else []
    return "\n\n".join(parts) + "\n"


def _signed(author: Line) -> str:
    where = ", ".join(dict.fromkeys(filter(None, (author["service_nom"], author["fonction"]))))
    name = author["nom"] or NOBODY
    return f"{name} ({where})" if where else name


def _who(author: Line | None) -> str:
    return (author or {}).get("nom") or NOBODY


def _message(one: Line, zone: str) -> str:
    signed = ", ".join(filter(None, (_who(one["auteur"]), one["signature"])))
    quoted = f"\n\n> {one['citation']}".replace("\n", "\n> ").replace("\n> \n> >", "\n\n>", 1) if one["citation"] else ""
    return f"### {POSTURES[one['posture']]}, {signed}, le {_day(one['dit_le'], zone)}{quoted}\n\n{one['mots']}"


def _beside(source: str, files: Mapping[str, str]) -> str:
    """The text, its images and documents where they are in the archive."""
    return _UPLOAD.sub(lambda found: f"../{files[found[1]]}" if found[1] in files else found[0], source)


def _day(instant: str, zone: str) -> str:
    when: datetime = moment(instant)
    return french.date_long(when, zone)
