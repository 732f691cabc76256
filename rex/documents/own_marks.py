"""The marks by which REX knows its own Markdown again: not shown to readers, and of a word that the text itself never says."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from rex.documents.parts import Parsed, Part
from rex.documents.told import Looking

_HEAD = re.compile(r"<!-- rex:recit 1 ([0-9a-f]{8}) -->\n")
FOLDER = "fichiers"  # of what lies beside the Markdown
FILE = re.compile(r"(?<=\]\()(/fichiers/[A-Za-z0-9_-]{16})(?![A-Za-z0-9_-])")
_IMAGE = re.compile(rf"!\[((?:[^\[\]\\\n]|\\.){{0,1000}})\]\(({FOLDER}/[0-9a-f]{{8}}-\d{{1,3}}\.[a-z]{{3,4}})(?:#\d+x\d+)?\)")
_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_SIGNS = re.compile(r"([\\`*_\[\]{}<>#])")


def mark_for(texts: Sequence[str]) -> str:
    """Eight characters that none of these texts holds."""
    number = 0
    while True:
        mark = hashlib.sha256(f"{number}{''.join(texts)}".encode()).hexdigest()[:8]
        if not any(mark in text for text in texts):
            return mark
        number += 1


def write_own(title: str, preface: Sequence[str], sections: Sequence[tuple[str, str, str]]) -> str:
    """A récit as Markdown that REX takes back to the letter, its files where they are. `sections`: slug, heading, source."""
    return write_beside(title, preface, sections, lambda _address: "")[0]


def write_beside(
    title: str, preface: Sequence[str], sections: Sequence[tuple[str, str, str]], ending_of: Callable[[str], str], root: str = ""
) -> tuple[str, dict[str, str]]:
    """The same, and the files that lie beside it: name → address here. `ending_of` an address: « png », or nothing: it stays, and
    is shown from `root` on, as an address that leads somewhere."""
    mark = mark_for([title, *preface, *(text for section in sections for text in section)])
    found = dict.fromkeys(address for *_, source in sections for address in FILE.findall(source))
    kept = [(address, ending) for address in found if (ending := ending_of(address))]
    names = {address: f"{FOLDER}/{mark}-{rank}.{ending}" for rank, (address, ending) in enumerate(kept, 1)}
    parts = [f"<!-- rex:recit 1 {mark} -->\n# {_shown(title)}\n<!-- rex:titre {mark} {title} -->\n"]
    parts += [f"<!-- rex:fichier {name} {address} -->\n" for address, name in names.items()]
    said = "\n".join(source for *_, source in sections)
    staying = {address: f"{root}{address}" for address in found if root and address not in names and f"{root}{address}" not in said}
    parts += [f"<!-- rex:reste {mark} {full} {address} -->\n" for address, full in staying.items()]
    shown = names | staying
    parts += ["\n", *(f"*{_shown(line)}*\n\n" for line in preface)]
    for slug, heading, source in sections:
        text = FILE.sub(lambda address: shown.get(address[1], address[1]), source)
        parts.append(f"<!-- rex:section {mark} {slug} -->\n## {heading}\n\n{text}\n<!-- rex:fin {mark} -->\n\n")
    return "".join(parts), {name: address for address, name in names.items()}


def _shown(words: str) -> str:
    """Words as Markdown shows them; an address is one that can be followed."""
    pieces = _ADDRESS.split(words)
    return "".join(f"<{piece}>" if rank % 2 else _SIGNS.sub(r"\\\1", piece) for rank, piece in enumerate(pieces))


def files_beside(source: str) -> dict[str, str]:
    """The files that lie beside a récit that REX exported: name → the address that they had."""
    head = _HEAD.search(source[:200])
    if head is None:
        return {}
    name = rf"{FOLDER}/{head[1]}-\d{{1,3}}\.[a-z]{{3,4}}"
    return dict(re.findall(rf"^<!-- rex:fichier ({name}) (/fichiers/[A-Za-z0-9_-]{{16}}) -->$", source, re.MULTILINE))


def _staying(source: str, mark: str) -> dict[str, str]:
    """The files that stayed in the installation: the address in full → the one that they have there."""
    line = rf"^<!-- rex:reste {mark} (https?://[^\s<>]+) (/fichiers/[A-Za-z0-9_-]{{16}}) -->$"
    return dict(re.findall(line, source, re.MULTILINE))


def read_own(source: str, images: Mapping[str, bytes] | None = None) -> Parsed | None:
    """The récit that REX exported, its sections to the letter; None for any other Markdown. `images`: those that came with it, by
    name; they go along under new names, what did not come is where it was."""
    head = _HEAD.search(source[:200])
    if head is None:
        return None
    mark = head[1]
    title = re.search(rf"<!-- rex:titre {mark} (.*) -->\n", source)
    section = re.compile(rf"<!-- rex:section {mark} ([a-z0-9-]+) -->\n## ([^\n]*)\n\n(.*?)\n<!-- rex:fin {mark} -->", re.DOTALL)
    beside, staying, given = files_beside(source), _staying(source, mark), dict(images or {})
    refs = {name: f"image-{rank}" for rank, name in enumerate((name for name in beside if name in given), 1)}
    parts, looking = [], Looking()
    for slug, heading, written in section.findall(source):
        text = _with_files(written, beside | staying, refs)
        excerpt, counts = looking.at(text)
        parts.append(Part(heading, heading, 1, text, {}, counts, excerpt, slug))
    kept = {ref: given[name] for name, ref in refs.items()}
    return Parsed(title[1] if title else "", parts, images=kept, is_own=True) if parts else None


def _with_files(text: str, beside: Mapping[str, str], refs: Mapping[str, str]) -> str:
    """A section with the images that came along, and the addresses of those that did not."""
    text = _IMAGE.sub(lambda one: f"![{one[1]}]({refs[one[2]]})" if one[2] in refs else one[0], text)
    for name, address in beside.items():
        text = text.replace(name, address)
    return text
