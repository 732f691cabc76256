"""Templates: each is used, says what it takes, trusts no HTML but ours, and writes French as French is written."""

import re
from pathlib import Path

from jinja2 import Environment

from tests.house.source import ROOT, modules

FOLDER = ROOT / "templates"
# HTML made by `rex.text` and nothing else.
TRUSTED = {
    "journal/recit.html": "section.html",
    "journal/preview.html": "section.html",
    "journal/suspended.html": "section.html",
    "journal/_face.html": "html",
    "documents/selection_print.html": "piece.html",
    "trends/print.html": "piece.html",
    "digests/_told.html": "letter.edito_html",
    "mails/digest.body.html": "edito",
    "boussole/balise.html": "html",
    "exchanges/_messages.html": "m.html",
    "exchanges/answer.html": "parent.html",
    "exchanges/former_words.html": "html",
    "exchanges/out_of_sight.html": "message.html",
    "exchanges/synthese.html": "message.html",
    "exchanges/waiting.html": "question.html",
    "exchanges/withdraw.html": "words",
    "groups/decision.html": "proposed_html",
    "groups/invitation.html": "pacte_html",
    "groups/reading.html": "pacte_html",
    "groups/visited.html": "pacte_html",
    "seances/_to_read.html": "one.html",
    "groups/pacte.html": "page_of.pacte_html",
    "seances/_strip.html": "html",
    "trends/_readings.html": "reading.html",
    "trends/correct_reading.html": "reading.html",
    "trends/suspend_reading.html": "reading.html",
    "seances/_depot_words.html": "depot.words",
    "seances/_about.html": "agenda",
    "seances/cancelled.html": "agenda",
    "seances/close.html": "report",
    "seances/deposer.html": "preparation",
    "seances/garder.html": "report",
    "seances/report.html": "draft",
    "seances/preparation.html": "preparation",
}
AGITATED = r"\w+ ?!(?!=)|\w·\w+|\b(soumettre|valider|workflow|cliquez)\b"
# Our own drawings; the hidden keys of a form, words escaped once for all pages; what was found, escaped, then its words marked.
MARKING = {"rex.icons", "rex.templating", "rex.search.lines"}
WORDS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def sources() -> dict[str, str]:
    paths = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_each_template_is_used():
    python = "\n".join(path.read_text(encoding="utf-8") for path in modules().values())
    all_sources = sources()
    unused = []
    for name in all_sources:
        elsewhere = python + "".join(source for other, source in all_sources.items() if other != name)
        mail = re.fullmatch(r"mails/(\w+)\.(subject\.txt|body\.txt|body\.html)", name)
        section = re.fullmatch(r"trends/_(\w+)\.html", name)  # drawn by its key, when the page reads it
        if section and f"    {section[1]}.read,\n" in python:
            continue
        if not (f'"{mail[1]}"' in python if mail else f'"{name}"' in elsewhere):
            unused.append(name)
    assert unused == [], "delete these templates, nothing draws them"


def test_each_mail_has_its_three_files():
    mails: dict[str, set[str]] = {}
    for name in sources():
        if name.startswith("mails/") and name != "mails/frame.html":
            purpose, _, part = name.removeprefix("mails/").partition(".")
            mails.setdefault(purpose, set()).add(part)
    incomplete = {purpose: parts for purpose, parts in mails.items() if parts != {"subject.txt", "body.txt", "body.html"}}
    assert incomplete == {}, "a mail has a subject, a text and an HTML part"


def test_each_template_opens_by_saying_what_it_takes():
    """A mail's text and subject are letters: what they take is said by the HTML part beside them."""
    silent = [name for name, source in sources().items() if name.endswith(".html") and not source.startswith(("{#-", "{# "))]
    assert silent == [], "begin these templates with {#- What it shows. Takes: name (what it is), … -#}"


def test_each_template_is_well_formed():
    environment = Environment()
    for name, source in sources().items():
        environment.parse(source, name=name)


def test_no_html_is_trusted_but_what_our_own_pipeline_made():
    found = {}
    for name, source in sources().items():
        for value in re.findall(r"\{\{-?\s*([^{}]*?)\s*\|\s*safe\b", source):
            found[name] = value
        assert "autoescape false" not in source and "Markup(" not in source, name
    assert found == TRUSTED, "escape it; only HTML of rex.text may be marked |safe, and is then listed here"
    marking = {name for name, path in modules().items() if re.search(r"\bMarkup\(", path.read_text(encoding="utf-8"))}
    assert marking == MARKING, "HTML is made in templates, or in rex.text; Python that marks it safe is listed here"


def test_no_style_and_no_handler_in_the_page():
    """The policy of the pages refuses them; mails alone have a sheet, which is put on their elements."""
    wrong = [
        name
        for name, source in sources().items()
        if re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL))
        or (re.search(r"<style\b", source) and name not in ("mails/frame.html", "mails/digest.body.html"))
        or re.search(r"<script\b(?![^>]*nonce)", source)
    ]
    assert wrong == [], "put it in static/css or static/js; a script carries its nonce"


def test_the_words_of_templates_have_the_right_apostrophe():
    wrong = []
    for name, source in sources().items():
        words = WORDS.sub(lambda found: " " * len(found[0]), source)
        wrong += [f"{name}: « {words[max(0, m.start() - 20) : m.end() + 20].strip()} »" for m in re.finditer(r"\w'\w", words)]
        quoted = re.findall(r"(?:placeholder|title|alt|aria-label)=\"([^\"{]*)\"", source)
        wrong += [f"{name}: « {value} »" for value in quoted if re.search(r"\w'\w", value)]
    assert wrong == [], "write ’ instead of '"


def test_a_name_is_elided():
    """« d’Inès »: no « de » is written before a name."""
    pattern = r"""\bde ("\)? ?~ ?\(?|\{\{ ?\(?)[\w.\[\]]*(?<!collectif_)(name|byline|author|teller|closing\.by)\b"""
    wrong = [f"{name}: {found[0]}" for name, source in sources().items() for found in re.finditer(pattern, source)]
    assert wrong == [], "give the name to the filter of_fr, which says « de » or « d’ »"


def test_the_words_are_calm():
    """No exclamation mark, no midpoint, none of the words of machines."""
    wrong = []
    for name, source in sources().items():
        words = WORDS.sub(" ", source)
        wrong += [f"{name}: {m[0]}" for m in re.finditer(AGITATED, words, re.IGNORECASE)]
    assert wrong == []


def test_addresses_written_in_templates_lead_somewhere(app):
    """A route that moves breaks the addresses written by hand in silence: each is looked up, forms as what they post."""
    routes = [(re.sub(r"<[^>]*>", "a", rule.rule), rule.methods) for rule in app.url_map.iter_rules()]
    wrong = []
    for name, source in sources().items():
        for tag in re.findall(r"<(?:a|form|link)\b[^>]*?(?:href|action)=\"/[^>]*>", source):
            path = re.search(r"(?:href|action)=\"(/[^\"?#]*)", re.sub(r"\{\{.*?\}\}", "…", tag))
            method = "POST" if re.search(r"method=\"post\"", tag, re.I) else "GET"
            shape = re.escape(path[1]).replace("…", "[^/]+") if path else ""
            if path and not any(re.fullmatch(shape, rule) and method in methods for rule, methods in routes):
                wrong.append(f"{name}: {method} {path[1]}")
    assert wrong == [], "no route answers these addresses"


def test_folders_of_templates_are_rooms_or_shared():
    shared = {"components", "errors", "mails", "pages", "account", "administration", "boussole", "entrance"}
    shared |= {"recognitions", "difficulties", "groups"}
    rooms = {path.name for path in (ROOT / "rex").iterdir() if (path / "__init__.py").exists()}
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert folders <= shared | rooms, "templates stand in the folder of their room"
    assert Path(FOLDER / "base.html").exists()
