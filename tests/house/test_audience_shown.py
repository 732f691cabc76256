"""For each page where one writes, and each kind of reader: the audience shown is the audience enforced, and is who then opens it.

A severity-one fault if it is not. The table WRITING is held complete by the last test: it looks at every page of the
application for a text field."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest

from rex.journal.models import Audience
from tests.cast import SEATS
from tests.house.addresses import closed_rules, path_of
from tests.house.forms import Drawn, writing_form
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_group, make_recit
from tests.peer_groups.test_sealing import join

CAST = [key for key, _, _ in SEATS if key != "clara"]
MOST_WRITERS = 3  # who may write is tested by each room; here: some of each kind


@dataclass
class Scene:
    """Two récits of one action (Camille's, Bruno's) at one audience, a difficulty, a message; in a group, its public id."""

    recit: str
    action: str
    other: str
    difficulty: str
    message: str
    group: str = ""


@pytest.fixture(params=[*Audience, "mixed"])
def scene(request, database, cast) -> Scene:
    """At the collectif, at the réseau, one récit of each; and in a group, which Ana joined later."""
    if request.param is Audience.GROUPE:
        group = make_group(database, cast.camille, cast.bruno, cast.dora, cast.paul, cast.noor)
        one = make_recit(database, cast.camille, group=group.id)
        other = make_recit(database, cast.bruno, title="La même place", action=one.action_public_id, group=group.id)
        noted = make_difficulty(database, cast.dora, audience=Audience.GROUPE, group=group.id)
        message = make_exchange(database, cast.noor, one.public_id, "Qui était là ?")
        join(database, group.id, cast.ana)
        return Scene(one.public_id, one.action_public_id, other.public_id, noted.public_id, message, group.public_id)
    mine = Audience.RESEAU if request.param == "mixed" else request.param
    made = make_recit(database, cast.camille, audience=mine)
    theirs = Audience.COLLECTIF if request.param == "mixed" else request.param
    other = make_recit(database, cast.bruno, title="La même place", action=made.action_public_id, audience=theirs)
    noted = make_difficulty(database, cast.dora, audience=mine)
    message = make_exchange(database, cast.noor, made.public_id, "Qui était là ?")
    return Scene(made.public_id, made.action_public_id, other.public_id, noted.public_id, message)


@dataclass(frozen=True)
class Page:
    """Where one writes, what is chosen beside the text, and where it is read afterwards (None: where the answer sends)."""

    address: Callable[[Scene], str]
    chosen: dict[str, str]
    read_at: Callable[[Scene], str] | None = None
    thanked: frozenset[str] = frozenset()  # « vous et la personne remerciée »: who that is here


WRITING = {
    "answer under a récit": Page(lambda s: f"/recits/{s.recit}", {}),
    "answer a récit": Page(lambda s: f"/recits/{s.recit}/repondre", {}),
    "answer a message": Page(lambda s: f"/recits/{s.recit}/repondre?a={s.message}", {}),
    "answer a difficulty": Page(lambda s: f"/difficultes/{s.difficulty}/repondre", {}),
    "say « je vis ça aussi »": Page(lambda s: f"/difficultes/{s.difficulty}", {}, lambda s: f"/difficultes/{s.difficulty}"),
    "note a difficulty": Page(lambda s: f"/difficultes/nouvelle?groupe={s.group}" if s.group else "/difficultes/nouvelle", {}),
    "note between two récits": Page(
        lambda s: f"/actions/{s.action}/notes/nouvelle?section=faits&un={s.recit}&autre={s.other}",
        {"rencontre": "divergent"},
        lambda s: f"/actions/{s.action}",
    ),
    "say thanks": Page(lambda s: f"/merci?recit={s.recit}", {"a": "", "nom": "Paul Weiss"}, thanked=frozenset({"paul"})),
    "read again": Page(lambda s: f"/recits/{s.recit}/relire", {}, lambda s: f"/recits/{s.recit}"),
}


def people_said(words: str) -> int | None:
    """How many readers a bar or a button says, as a number."""
    found = re.search(r"(\d+) (?:personnes?|membres?)|\((\d+)\)|avec les (\d+)", words)
    return int(next(filter(None, found.groups()))) if found else None


@pytest.mark.parametrize("what", WRITING)
def test_what_is_shown_is_who_opens(visit, cast, scene, what):
    page, clients = WRITING[what], {who: visit.as_(who) for who in CAST}
    names = {who: cast.people[who].name for who in CAST}
    wrote = 0
    for who in CAST:
        if wrote == MOST_WRITERS:
            break
        drawn = clients[who].get(page.address(scene))
        found = writing_form(unescape(drawn.get_data(as_text=True))) if drawn.status_code == 200 else None
        if found is None:
            continue
        wrote += 1
        form, (kind, bar) = found
        canary = f"Canari {secrets.token_hex(8)}"
        button = next(b for b in form.buttons if "choisir" not in b[0])
        data = form.values | {form.texts[0]: canary} | page.chosen | ({button[0]: button[1]} if button[0] else {})
        sent = clients[who].post(form.action or page.address(scene), data=data)
        assert sent.status_code == 303, f"{who}, {what}: {unescape(sent.get_data(as_text=True))[-1500:]}"
        where = page.read_at(scene) if page.read_at else sent.location.partition("#")[0]
        opened = {w for w, client in clients.items() if canary in client.get(where).get_data(as_text=True)}
        said = f"{who}, {what}: « {bar.strip()} », « {button[2]} », and it opens for {sorted(opened)}"
        if kind == "brouillon":
            named = {w for w in CAST if w != who and names[w] in bar}
            assert opened == named | page.thanked | {who}, said
        else:
            assert people_said(bar) == len(opened), said
            assert people_said(button[2]) in (len(opened), None), said
            assert kind == "reseau" or "ines" not in opened, said
    assert wrote or what == "note between two récits", f"nobody can write there: {what}"


# Pages with a text field whose readers are said otherwise, or which write nothing that others read.
ELSEWHERE = {
    "journal.home": "the field begins a draft; the sentence beside its button says that nobody else reads it",
    "editor.before_writing": "the same field, on a page of its own",
    "editor.edition": "its bar is that of a draft; tests/house/test_matrix.py walks its states",
    "canvas.canvas": "hints of the canvas, read by every member",
    "collectifs.settings": "what the collectif says of itself to those whom it invites",
    "referentiel.balises": "an own balise, read by every member",
    "referentiel.edit": "an own balise, read by every member",
    "collectifs.import_members": "a list of members, kept as seats alone",
}


def test_every_page_with_a_text_field_says_first_who_reads(app, visit, ids):
    """A new page joins by itself: its audience stands before its field, and it is in WRITING when what is written there is
    read by others than those whom the bar names."""
    silent = []
    for rule in closed_rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in ELSEWHERE:
            continue
        for who in ("camille", "ana", "dora"):
            answer = visit.as_(who).get(path_of(app, rule, ids))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                order = Drawn(answer.get_data(as_text=True)).order
                if "text" in order and (order[0] != "bar"):
                    silent.append(f"{rule.endpoint} for {who}")
    assert silent == [], "show the audience above the field (audience_bar), or give the reason in ELSEWHERE"
