"""Markdown, kept as it is written: cut at its headings, and brought to the Markdown of REX where other programs write more.

What REX itself exported says so on its first line; its sections are then taken back to the letter."""

import base64
import binascii
import re

from rex.documents.html_signs import DATA
from rex.documents.limits import MOST_LINES, Unreadable
from rex.documents.own_marks import read_own
from rex.documents.parts import Parsed, Part, titled
from rex.documents.told import Looking
from rex.text import plain

_FRONT = re.compile(r"\A---\n(?=[A-Za-z_][\w-]*[ ]*:)(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`]*$")
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_BOLD_LINE = re.compile(r"^ {0,3}(\*\*|__)(?=\S)([^*_\n]{1,88})(?<=\S)\1:?[ \t]*$")
_NOTE = re.compile(r"^ {0,3}\[\^([^\[\]\n]{1,80})\]:[ ]*(.*)$")
_CALL = re.compile(r"\[\^([^\[\]\n]{1,80})\]")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^\n][^\[\]\n]{0,80})\]:[ ]*<?([^\s<>]{1,1500})>?(?:[ ]+[\"'(][^\n]{0,200})?$")
_BY_REFERENCE = re.compile(r"(!?)\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,80})\])?(?![(:\[])")
_IMAGE = re.compile(r"!\[((?:[^\[\]\\\n]|\\.){0,400})\]\(<?([^()\s<>]+)>?(?:[ ]+\"[^\"\n]{0,200}\")?\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"[ ]*<br[ ]*/?>[ ]*\n?", re.IGNORECASE)
_TITLE = re.compile(r"^title:[ ]*[\"']?(.*?)[\"']?[ ]*$", re.MULTILINE | re.IGNORECASE)


def read_markdown(source: str) -> Parsed:
    """The document that this Markdown makes."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    own = read_own(source)
    if own is not None:
        return own
    if source.count("\n") > MOST_LINES:
        raise Unreadable("dense")
    parsed = Parsed()
    front = _FRONT.match(source)
    if front:
        named = _TITLE.search(front[1])
        parsed.title, source = named[1].strip() if named else "", source[front.end() :]
        parsed.left["front"] = 1
    source, comments = _COMMENT.subn("", source)
    if comments:
        parsed.left["comment"] = comments
    notes, lines, links = _taken_apart(source)
    _cut(parsed, lines, links)
    looking = Looking()
    for part in parsed.parts:
        part.notes = {label: notes[label] for label in dict.fromkeys(_CALL.findall(part.body)) if label in notes}
        part.excerpt, part.counts = looking.at(_CALL.sub("", part.body), len(part.notes))
    return titled(parsed)


def _taken_apart(source: str) -> tuple[dict[str, str], list[tuple[str, bool]], dict[str, str]]:
    """The notes, the lines (and whether each is code, which nothing else touches), and the addresses of links by reference."""
    notes: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    lines: list[tuple[str, bool]] = []
    fence, note = "", ""
    for line in source.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence):
                fence = ""
                lines.append(("", False))
            else:
                lines.append((f"    {line}".rstrip(), True))
            continue
        if mark:
            fence, note = mark[1], ""
            lines.append(("", False))
            continue
        begun, defined = _NOTE.match(line), _DEFINITION.match(line)
        if begun:
            note = begun[1]
            notes.setdefault(note, []).append(begun[2])
        elif note and (line.startswith("    ") or not line.strip()):
            notes[note].append(line[4:] if line.startswith("    ") else "")
        elif defined:
            links[defined[1].casefold()] = defined[2]
        else:
            note = ""
            lines.append((line, line.startswith("    ")))
    return {label: "\n".join(words).strip() for label, words in notes.items()}, lines, links


def _cut(parsed: Parsed, lines: list[tuple[str, bool]], links: dict[str, str]) -> None:
    heads: list[tuple[int, str]] = []
    bodies: list[list[str]] = [[]]
    for line, is_code in lines:
        found = None if is_code else _ATX.match(line)
        under = None if is_code else _SETEXT.match(line)
        before = bodies[-1][-1] if bodies[-1] else ""
        above = bodies[-1][-2] if len(bodies[-1]) > 1 else ""
        bold = None if is_code else _BOLD_LINE.match(line)
        if found:
            heads.append((len(found[1]), found[2]))
            bodies.append([])
        elif under and before.strip() and not above.strip() and not before.startswith(("    ", ">", "-", "*", "|", "+")):
            heads.append((1 if under[1][0] == "=" else 2, bodies[-1].pop().strip()))
            bodies.append([])
        elif bold and not before.strip():
            heads.append((10, bold[2].strip(" :")))
            bodies.append([])
        else:
            bodies[-1].append(line if is_code else _brought(line, links, parsed))
    levels = sorted({level for level, _ in heads})
    for (level, words), body in zip([(0, ""), *heads], bodies, strict=True):
        text = _BREAK.sub("  \n", "\n".join(body)).strip("\n")
        if words or text.strip():
            source = _brought(words, links, parsed)
            parsed.parts.append(Part(_bare(source), source, levels.index(level) + 1 if level else 0, text))


def _bare(source: str) -> str:
    """The words alone, with plain spaces."""
    return " ".join(plain(source, 1000).replace("\u202f", " ").split())


def _brought(line: str, links: dict[str, str], parsed: Parsed) -> str:
    """A line with links and images as REX writes them."""
    if links:
        line = _BY_REFERENCE.sub(lambda found: _direct(found, links), line)
    return _IMAGE.sub(lambda found: _pictured(found, parsed), line)


def _direct(found: re.Match[str], links: dict[str, str]) -> str:
    address = links.get((found[3] or found[2]).casefold())
    return f"{found[1]}[{found[2]}]({address})" if address else found[0]


def _pictured(found: re.Match[str], parsed: Parsed) -> str:
    alt, address = found[1], found[2]
    data = DATA.match(address)
    if address.startswith("/fichiers/"):
        return found[0]
    if address.startswith(("http://", "https://")):
        parsed.left["remote"] = parsed.left.get("remote", 0) + 1
        return f"[{alt or address}]({address})"
    if data:
        try:
            image = base64.b64decode(address[data.end() :])
        except binascii.Error:
            image = b""
        if image:
            ref = f"image-{len(parsed.images) + 1}"
            parsed.images[ref] = image
            return f"![{alt}]({ref})"
    parsed.left["picture"] = parsed.left.get("picture", 0) + 1
    return alt
