"""The stylesheet, the scripts and the icon, served under addresses that carry the hash of their content.

A browser keeps such a file for a year and never asks again; a change gives a new address, so nobody
reads a page of today with the stylesheet of yesterday.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, g, request, url_for

STATIC = Path(__file__).resolve().parent.parent / "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANKS = re.compile(r"\s*\n\s*")
JS_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*\n|/\*\*.*?\*/[ \t]*\n)", re.MULTILINE | re.DOTALL)
JS_IMPORT = re.compile(r"""^import (?:\{[^}]*\} from )?"\./([\w-]+\.js)";\n""", re.MULTILINE)
JS_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|class|function)\b)", re.MULTILINE)
JS_NAME = re.compile(r"^(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class StaticFile:
    """One file ready to leave: its bytes, plain and compressed once for all answers."""

    body: bytes
    packed: bytes
    mimetype: str


@dataclass(frozen=True)
class Assets:
    """All static files by the path they are served under, and that path by the name templates use."""

    files: dict[str, StaticFile]
    paths: dict[str, str]

    def path(self, name: str) -> str:
        """The hashed path of `rex.css`, `favicon.svg` or a module (`editor.js`); an unknown name fails."""
        try:
            return self.paths[name]
        except KeyError:
            known = ", ".join(sorted(self.paths))
            raise KeyError(f"no static file named {name!r}; known: {known}") from None


def build(folder: Path) -> Assets:
    """Read `folder` (css/*.css joined by name, js/*.js, favicon.svg) and give what will be served.

    A module is served with those that it imports in it, so that a page asks once. All share one hashed folder, and a
    change in any of them moves them all together.
    """
    files: dict[str, StaticFile] = {}
    paths: dict[str, str] = {}

    def add(name: str, path: str, body: bytes, mimetype: str) -> None:
        files[path] = StaticFile(body, gzip.compress(body, 9, mtime=0), mimetype)
        paths[name] = path

    sheet = stylesheet(folder / "css").encode()
    add("rex.css", f"rex.{digest(sheet)}.css", sheet, "text/css")

    modules = {path.name: script(folder / "js", path.name).encode() for path in sorted((folder / "js").glob("*.js"))}
    shared = digest(b"\0".join(name.encode() + b"\0" + body for name, body in modules.items()))
    for name, body in modules.items():
        add(name, f"js.{shared}/{name}", body, "text/javascript")

    icon = folder / "favicon.svg"
    if icon.exists():
        body = icon.read_bytes()
        add(icon.name, f"favicon.{digest(body)}.svg", body, "image/svg+xml")
    return Assets(files, paths)


def stylesheet(folder: Path) -> str:
    """The sheets of `folder` in the order of their numbered names, without comments and indentation."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    return BLANKS.sub("\n", COMMENTS.sub("", joined)).strip() + "\n"


def script(folder: Path, name: str) -> str:
    """The module `name` and all that it imports from `folder`, as one, without the lines that are only comment.

    Two modules joined in one script must not give the same name to two things: the start fails and says which."""
    bodies: dict[str, str] = {}

    def read(one: str, before: tuple[str, ...] = ()) -> None:
        if one in before:
            raise ValueError(f"modules that import each other: {' → '.join((*before, one))}")
        source = JS_COMMENTS.sub("", (folder / one).read_text(encoding="utf-8"))
        for needed in JS_IMPORT.findall(source):
            if needed not in bodies:
                read(needed, (*before, one))
        bodies[one] = JS_EXPORT.sub("", JS_IMPORT.sub("", source))

    read(name)
    names = [found for body in bodies.values() for found in JS_NAME.findall(body)]
    twice = sorted({found for found in names if names.count(found) > 1})
    if twice:
        raise ValueError(f"{name} and its imports give these names twice: {', '.join(twice)}")
    return "".join(bodies.values())


def digest(body: bytes) -> str:
    """Twelve characters that change when the content does."""
    return hashlib.sha256(body).hexdigest()[:12]


def register(app: Flask) -> None:
    """Serve the static files of `app` and give its templates `asset(name)`.

    Flask's own static view is replaced when there is one: it would serve the same files unhashed.
    """
    folder = Path(app.static_folder) if app.static_folder else STATIC
    built = build(folder)

    def assets() -> Assets:
        """What was built at start; in development, what the folder holds at this request."""
        if not app.config.get("REX_DEV"):
            return built
        if "rex_assets" not in g:
            g.rex_assets = build(folder)
        return g.rex_assets

    def asset(name: str) -> str:
        """The address of a static file, for templates: `asset('rex.css')`."""
        return url_for("static", filename=assets().path(name))

    view = StaticView(assets)
    if "static" in app.view_functions:
        app.view_functions["static"] = view
    else:
        app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=view)
    app.add_template_global(asset, "asset")


class StaticView:
    """The view that answers /static/…: anybody may read these files, they hold nothing of the journal."""

    # Read by the rule that every page says for whom it is; set by hand, since the ground imports no web.
    open_to = "public"
    __name__ = "static"

    def __init__(self, assets: Callable[[], Assets]) -> None:
        self.assets = assets

    def __call__(self, filename: str) -> Response:
        """The file at this hashed path, compressed for who can read it; a plain 404 for any other path."""
        found = self.assets().files.get(filename)
        if found is None:
            return Response("Ce fichier n’existe pas.\n", 404, mimetype="text/plain")
        packed = request.accept_encodings.quality("gzip") > 0
        answer = Response(found.packed if packed else found.body, mimetype=found.mimetype)
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Cache-Control"] = FOR_A_YEAR
        return answer
