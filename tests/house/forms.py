"""A form as a browser would send it: what stands in the page, and the words that a person types."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form of a page: where it goes, its values as drawn, its fields (long texts, lines, boxes, choices), its buttons (name,
    value, words)."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)  # name → type
    boxes: dict[str, str] = field(default_factory=dict)  # name → value
    files: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[list[str]] = field(default_factory=list)


class Drawn(HTMLParser):
    """The audience bars and the forms of the main part of a page, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.bars: list[tuple[str, str]] = []  # kind, words
        self.order: list[str] = []  # « bar », « text », as they come
        self._form: Form | None = None
        self._into: str | None = None
        self._select = ""
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        name = given.get("name", "")
        frame = "room-frame" in given.get("class", "")  # the page is in a group; who reads what it writes, another bar says
        if tag == "div" and "data-audience" in given and not frame:
            self.bars.append((given["data-audience"], ""))
            self.order.append("bar")
            self._into, self._depth = "bar", 0
        if tag == "div" and self._into == "bar":
            self._depth += 1
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        if tag == "textarea":
            self.order.append("text")
        if self._form is None:
            return
        if tag == "textarea" and name:
            self._form.texts.append(name)
            self._form.values[name] = ""
            self._into = f"text {name}"
        elif tag == "button":
            self._form.buttons.append([name, given.get("value", ""), ""])
            self._into = "button"
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given or self._select not in self._form.values:
                self._form.values[self._select] = given.get("value", "")
        elif tag == "input" and name:
            self._take_input(self._form, given, name)

    def _take_input(self, form: Form, given: dict[str, str], name: str) -> None:
        kind = given.get("type", "text")
        if kind == "radio":
            form.radios.setdefault(name, []).append(given.get("value", ""))
        if kind == "checkbox":
            form.boxes[name] = given.get("value", "on")
        if kind == "file":
            form.files.append(name)
        if kind in ("radio", "checkbox"):
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        elif kind not in ("submit", "file"):
            form.values[name] = given.get("value", "")
            if kind != "hidden":
                form.lines[name] = kind

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._into == "bar":
            self._depth -= 1
            if self._depth == 0:
                self._into = None
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag in ("textarea", "button"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into == "bar":
            kind, words = self.bars[-1]
            self.bars[-1] = (kind, words + data)
        elif self._into == "button" and self._form is not None:
            self._form.buttons[-1][2] += data
        elif self._into and self._into.startswith("text ") and self._form is not None:
            self._form.values[self._into[5:]] += data


def writing_form(html: str) -> tuple[Form, tuple[str, str]] | None:
    """The form of a page in which one writes, and the audience bar that stands before it."""
    drawn = Drawn(html)
    form = next((form for form in drawn.forms if form.texts and form.method.lower() == "post"), None)
    return (form, drawn.bars[0]) if form and drawn.bars else None
