"""Two arrows, both downward: floors of the house, rooms in their order. Imports that wait inside a function are counted."""

from rex import errors, gate, web
from tests.house.source import imports, modules

# A room may import those before it; the demonstration and the seed use all of them.
ROOMS = [
    "referentiel", "collectifs", "peer_groups", "journal", "exchanges", "reports", "notices", "seances", "versements",
    "search", "tensions", "documents", "digests", "trends", "archives", "feeds", "departures", "demo", "seed",
]  # fmt: skip

GROUND, MODELS, ACCESS, ACTS, WEB, VIEWS, GATE, APPLICATION, CONSOLE = range(9)
# Modules that lie beside the rooms. Within a floor modules import each other freely (Python itself refuses the cycles).
FLOORS = {
    GROUND: [
        "archive", "assets", "clock", "config", "db", "files", "flask_parts", "french", "icons",
        "idempotency", "intake", "kept", "keys", "mail", "mail_wire", "memory", "migrate", "refusals", "rewriting", "sealed_files",
        "sealed_words", "second_lock", "shapes", "spool", "templating", "text", "ticker", "words",
    ],
    ACCESS: ["access"],
    ACTS: ["navigation"],  # words and addresses, of what a reader may open
    WEB: ["web"],
    VIEWS: ["pages"],
    GATE: ["errors", "gate"],
    APPLICATION: [""],
}
# Everything else beside the rooms is started by a person at a console (or by a server's process).
# Mails are drawn from templates and carry addresses of pages: they stand on the floor of the pages.
IN_ROOMS = {
    "models": MODELS,
    "views": VIEWS,
    "capabilities": VIEWS,
    "form_pages": VIEWS,
    "mails": VIEWS,
    "composing": VIEWS,  # draws mails
    "cli": CONSOLE,
}
NAMED_ALIKE = {"rex.digests.composing": ACTS}  # draws nothing: a letter is composed of rows

LATE = {
    "rex": "create_app alone needs the application: `import rex` stays light",
    "rex.__main__": "what runs before the environment exists knows the standard library alone",
    "rex.migrate": "migrations must know every table; the ground imports no room, so the models come when asked",
    "rex.cli": "a command imports what it needs: « rex --help » answers at once",
    "rex.cli_archives": "a command imports what it needs",
    "rex.cli_bench": "a command imports what it needs",
    "rex.cli_copies": "a command imports what it needs",
    "rex.cli_demo": "a command imports what it needs",
    "rex.cli_digests": "a command imports what it needs",
    "rex.cli_documents": "a command imports what it needs",
    "rex.cli_search": "a command imports what it needs",
    "rex.cli_opened": "a command imports what it needs",
}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else None


def floor_of(module: str) -> int:
    parts = module.split(".")
    if room_of(module):
        last = parts[-1]
        ending = next((floor for tail, floor in (("_views", VIEWS), ("_models", MODELS)) if last.endswith(tail)), ACTS)
        return NAMED_ALIKE.get(module, IN_ROOMS.get(last, ending))
    beside = parts[1] if len(parts) > 1 else ""
    return next((floor for floor, names in FLOORS.items() if beside in names), CONSOLE)


def test_rooms_import_only_those_before_them():
    wrong = [
        f"{one.who} imports {one.what}: move what they share down, or hand it over as an argument"
        for one in imports()
        if (who := room_of(one.who)) and (what := room_of(one.what)) and ROOMS.index(what) > ROOMS.index(who)
    ]
    assert wrong == []


def test_floors_import_only_downward():
    wrong = [
        f"{one.who} (floor {floor_of(one.who)}) imports {one.what} (floor {floor_of(one.what)}): move it down, or pass it in"
        for one in imports()
        if floor_of(one.what) > floor_of(one.who) and not (one.is_late and one.who in LATE)
    ]
    assert wrong == []


def test_the_ground_and_the_models_are_below_the_door():
    """What is named above is where it is said to be: a renamed file does not slip out of the rule."""
    named = {f"rex.{name}" if name else "rex" for names in FLOORS.values() for name in names}
    assert named - set(modules()) == set(), "FLOORS names modules that no longer exist"
    assert {room_of(name) for name in modules()} - {None} == set(ROOMS), "give each room its place in ROOMS"
    assert {floor_of(one.__name__) for one in (web, gate, errors)} == {WEB, GATE}


def test_imports_inside_functions_have_a_reason():
    late = {one.who for one in imports() if one.is_late}
    assert late - set(LATE) == set(), "move these imports to the top of their file, or give their reason in LATE"
    assert set(LATE) - late == set(), "these reasons in LATE are no longer needed"


def test_no_module_of_a_room_is_imported_by_the_ground():
    of_the_ground = [one for one in imports() if floor_of(one.who) == GROUND and not one.is_late]
    wrong = [f"{one.who} imports {one.what}" for one in of_the_ground if room_of(one.what)]
    assert wrong == [], "the ground floor knows no word of the domain"
