"""The static files: joined once, addressed by content, kept for a year."""

import gzip
from pathlib import Path

import pytest
from flask import Flask

from rex import assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small static folder: two sheets, two modules, an icon."""
    (tmp_path / "css").mkdir()
    (tmp_path / "js").mkdir()
    (tmp_path / "css" / "10-last.css").write_text("/* why */\n.b {\n  color: red;\n}\n")
    (tmp_path / "css" / "00-first.css").write_text("@layer base;\n")
    (tmp_path / "js" / "editor.js").write_text('import "./words.js";\n')
    (tmp_path / "js" / "words.js").write_text("export const one = 1;\n")
    (tmp_path / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    app = Flask(__name__, static_folder=str(folder), static_url_path="/static")
    assets.register(app)
    return app


def address(app: Flask, name: str) -> str:
    with app.test_request_context("/"):
        return app.jinja_env.from_string("{{ asset(name) }}").render(name=name)


def test_sheets_are_joined_by_name_without_comments(folder: Path):
    assert assets.stylesheet(folder / "css") == "@layer base;\n.b {\ncolor: red;\n}\n"


def test_a_file_is_kept_for_a_year(app: Flask):
    answer = app.test_client().get(address(app, "rex.css"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("accepted, packed", [("gzip, br", True), ("br", False), ("gzip;q=0", False), ("*", True)])
def test_compressed_for_who_can_read_it(app: Flask, accepted: str, packed: bool):
    path = address(app, "rex.css")
    answer = app.test_client().get(path, headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    body = gzip.decompress(answer.data) if packed else answer.data
    assert body.startswith(b"@layer base;")


def test_modules_share_one_folder_so_that_they_find_each_other(app: Flask):
    editor, words = address(app, "editor.js"), address(app, "words.js")
    assert editor.rsplit("/", 1)[0] == words.rsplit("/", 1)[0]
    assert app.test_client().get(words).mimetype == "text/javascript"


def test_a_module_is_served_with_what_it_imports(app: Flask, folder: Path):
    (folder / "js" / "editor.js").write_text('// Why.\nimport { one } from "./words.js";\nlet two = one + one;\n')
    app.config["REX_DEV"] = True
    assert app.test_client().get(address(app, "editor.js")).text == "const one = 1;\nlet two = one + one;\n"


def test_two_modules_that_give_the_same_name_stop_the_start(folder: Path):
    (folder / "js" / "editor.js").write_text('import "./words.js";\nfunction one() {}\n')
    with pytest.raises(ValueError, match=r"editor\.js and its imports give these names twice: one"):
        assets.build(folder)


def test_two_modules_that_import_each_other_stop_the_start(folder: Path):
    (folder / "js" / "words.js").write_text('import "./editor.js";\n')
    with pytest.raises(ValueError, match=r"editor\.js → words\.js → editor\.js"):
        assets.build(folder)


def test_a_change_in_one_module_moves_all(folder: Path):
    before = assets.build(folder).paths
    (folder / "js" / "words.js").write_text("export const one = 2;\n")
    after = assets.build(folder).paths
    assert before["editor.js"] != after["editor.js"]
    assert before["rex.css"] == after["rex.css"]


@pytest.mark.parametrize("path", ["/static/css/00-first.css", "/static/rex.css", "/static/../assets.py", "/static/x"])
def test_nothing_else_is_served(app: Flask, path: str):
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"


def test_an_unknown_name_fails_and_lists_the_known_ones(app: Flask):
    with pytest.raises(KeyError, match=r"favicon\.svg"):
        address(app, "missing.js")


def test_development_reads_the_folder_at_each_request(app: Flask, folder: Path):
    before = address(app, "rex.css")
    (folder / "css" / "20-new.css").write_text(".c { color: blue; }\n")
    assert address(app, "rex.css") == before
    app.config["REX_DEV"] = True
    after = address(app, "rex.css")
    assert after != before
    assert b"blue" in app.test_client().get(after).data


def test_the_view_says_for_whom_it_is(app: Flask):
    assert getattr(app.view_functions["static"], "open_to", None) == "public"


def test_our_own_stylesheet_stays_light():
    """A slow phone reads the whole style in one answer, once a year: 24 KB compressed at most, so that a page and its
    style stay under 45."""
    packed = assets.build(assets.STATIC).files
    sheet = next(file for path, file in packed.items() if path.startswith("rex."))
    assert 2_000 < len(sheet.packed) <= 24 * 1024


def test_the_scripts_of_a_page_stay_light():
    """ux-direction §12: 25 KB of script compressed at most on a page; each page asks for one module, beside that of its
    menus."""
    packed = [file for path, file in assets.build(assets.STATIC).files.items() if path.endswith(".js")]
    assert packed
    assert all(100 < len(file.packed) <= 25 * 1024 for file in packed)
