"""The limit: what the same pages cost with Flask, Jinja and raw SQLite, and nothing else (no rights, no audience, no navigation).

`build` copies the words of a REX base into a file of its own, so that both sides read texts of the same length, row for row.
A server may serve it too: REX_LIMIT_DB=limit.db gunicorn benchmarks.limit:app"""

import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from jinja2 import DictLoader
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex.collectifs.models import Collectif, User
from rex.db import Database
from rex.exchanges.models import Exchange
from rex.journal.models import Entry, Recit, Section, Tagging

PAGE = 20
TAG = re.compile("<[^>]*>")
SCHEMA = """
CREATE TABLE member(id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE post(id INTEGER PRIMARY KEY, title TEXT, excerpt TEXT, byline TEXT, created INT);
CREATE TABLE part(post_id INT, position INT, heading TEXT, html TEXT, PRIMARY KEY(post_id, position)) WITHOUT ROWID;
CREATE TABLE tag(post_id INT, code TEXT, PRIMARY KEY(post_id, code)) WITHOUT ROWID;
CREATE TABLE comment(id INTEGER PRIMARY KEY, post_id INT, author_id INT, html TEXT, created INT);
CREATE VIRTUAL TABLE post_fts USING fts5(title, body, tokenize="unicode61 remove_diacritics 2");
CREATE INDEX post_created ON post(created, id);
CREATE INDEX comment_post ON comment(post_id, id);
"""
BASE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/app.css"></head><body><header><nav aria-label="Principale"><a href="/">Journal</a>
<a href="/boussole">Boussole</a></nav><a href="/compte">{{ name }}</a><form method="post" action="/sortie">
<input type="hidden" name="csrf_token" value="{{ csrf }}"><button>Quitter</button></form></header>
<main>{% block main %}{% endblock %}</main><footer><a href="/aide">Aide</a></footer></body></html>"""
LIST = """{% extends "base" %}{% block title %}Récits{% endblock %}{% block main %}<h1>Récits</h1>{% for p in posts %}
<article><p>{{ p.byline }} · <time datetime="{{ p.created }}">{{ p.created|day }}</time></p>
<h2><a href="/post/{{ p.id }}">{{ p.title }}</a></h2><p>{{ p.excerpt }}</p>
<ul>{% for code in p.tags %}<li><a href="/tag/{{ code }}">{{ code }}</a></li>{% endfor %}</ul></article>{% endfor %}
{% if posts %}<a href="?before={{ posts[-1].created }}-{{ posts[-1].id }}">Suite</a>{% endif %}{% endblock %}"""
POST = """{% extends "base" %}{% block title %}{{ p.title }}{% endblock %}{% block main %}<article><h1>{{ p.title }}</h1>
<p>{{ p.byline }}, <time datetime="{{ p.created }}">{{ p.created|day }}</time></p>
{% for part in parts %}<section><h2>{{ part.heading }}</h2>{{ part.html|safe }}</section>{% endfor %}</article>
<section><h2>{{ comments|length }} messages</h2>{% for c in comments %}<article id="c{{ c.id }}"><p>{{ c.name }},
<time datetime="{{ c.created }}">{{ c.created|day }}</time></p>{{ c.html|safe }}<a href="/comment/{{ c.id }}/reply">Répondre</a>
<a href="/comment/{{ c.id }}/report">Signaler</a></article>{% endfor %}
<form method="post" action="/post/{{ p.id }}/comment"><input type="hidden" name="csrf_token" value="{{ csrf }}">
<textarea name="body"></textarea><button>Répondre</button></form></section>{% endblock %}"""


def connect(path: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16384", "mmap_size=268435456"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def build(database: Database, slug: str, path: Path) -> None:
    """Copy the récits of a collectif and what was answered into a new file, in the same order."""
    target = connect(path)
    target.executescript(SCHEMA)
    target.execute("BEGIN")
    with database.system("copy the words of a base for a measure") as source:
        here = Entry.collectif_id == source.scalars(select(Collectif.id).where(Collectif.slug == slug)).one()
        told = select(Recit.id, Recit.title, Recit.excerpt, Recit.byline, Recit.published_at).where(here)
        for row in source.execute(told):
            values = (row.id, row.title, row.excerpt, row.byline, int(row.published_at.timestamp()))
            target.execute("INSERT INTO post VALUES(?,?,?,?,?)", values)
        ours = select(Recit.id).where(here)
        for table, query in {
            "member": select(User.id, User.name),
            "part": select(Section.entry_id, Section.position, Section.heading, Section.html).where(Section.entry_id.in_(ours)),
            "tag": select(Tagging.entry_id, Tagging.code).where(Tagging.entry_id.in_(ours)),
        }.items():
            rows = [tuple(row) for row in source.execute(query)]
            target.executemany(f"INSERT INTO {table} VALUES({','.join('?' * len(rows[0]))})", rows)
        said = select(Exchange.id, Exchange.entry_id, Exchange.author_id, Exchange.html, Exchange.created_at)
        for row in source.execute(said.where(Exchange.entry_id.in_(ours)).order_by(Exchange.id)):
            target.execute("INSERT INTO comment VALUES(?,?,?,?,?)", (*row[:4], int(row.created_at.timestamp())))
    read = "SELECT id, title, (SELECT group_concat(html, ' ') FROM part WHERE post_id = post.id) FROM post"
    texts = [(post_id, title, TAG.sub(" ", html or "")) for post_id, title, html in target.execute(read)]
    target.executemany("INSERT INTO post_fts(rowid, title, body) VALUES(?,?,?)", texts)
    target.execute("COMMIT")
    target.execute("ANALYZE")
    target.close()


def make_app(path: str) -> Flask:
    """The application over a file that `build` made; `/login` signs its reader in."""
    app, local = Flask(__name__), threading.local()
    app.secret_key = secrets.token_hex()
    app.jinja_loader = DictLoader({"base": BASE, "list": LIST, "post": POST})
    app.jinja_env.filters["day"] = lambda at: datetime.fromtimestamp(at, UTC).strftime("%d/%m/%Y")
    app.jinja_env.autoescape = True

    def db() -> sqlite3.Connection:
        if not hasattr(local, "db"):
            local.db = connect(path)
        return local.db

    def page(name: str, **values: Any) -> str:
        return render_template(name, name=session.get("name", ""), csrf=session.get("csrf", ""), **values)

    @app.get("/login")
    def login() -> str:
        session["name"], session["member"], session["csrf"] = "Camille", 1, secrets.token_urlsafe(24)
        return session["csrf"]

    def cards(rows: Iterable[sqlite3.Row]) -> list[dict[str, Any]]:
        posts = [{**row, "tags": []} for row in map(dict, rows)]
        by_id = {post["id"]: post["tags"] for post in posts}
        marks = ",".join("?" * len(by_id))
        for post_id, code in db().execute(f"SELECT post_id, code FROM tag WHERE post_id IN ({marks})", tuple(by_id)):
            by_id[post_id].append(code)
        return posts

    @app.get("/list")
    def list_() -> str:
        created, _, last = request.args.get("before", "9999999999-0").partition("-")
        newest = "SELECT * FROM post WHERE (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?"
        return page("list", posts=cards(db().execute(newest, (int(created), int(last), PAGE))))

    @app.get("/search")
    def search() -> str:
        asked = " ".join(f'"{word}"' for word in request.args["q"].replace('"', "").split())
        db().execute("SELECT count(*) FROM post_fts WHERE post_fts MATCH ?", (asked,)).fetchone()
        best = "SELECT rowid FROM post_fts WHERE post_fts MATCH ? ORDER BY rank LIMIT ?"
        found = [row[0] for row in db().execute(best, (asked, PAGE))]
        rows = db().execute(f"SELECT * FROM post WHERE id IN ({','.join('?' * len(found))})", found)
        by_id = {post["id"]: post for post in cards(rows)}
        return page("list", posts=[by_id[post_id] for post_id in found])

    @app.get("/post/<int:post_id>")
    def post(post_id: int) -> str:
        found = db().execute("SELECT * FROM post WHERE id = ?", (post_id,)).fetchone()
        parts = db().execute("SELECT heading, html FROM part WHERE post_id = ? ORDER BY position", (post_id,)).fetchall()
        said = "SELECT c.id, c.html, c.created, m.name FROM comment c JOIN member m ON m.id = c.author_id WHERE post_id = ?"
        comments = db().execute(f"{said} ORDER BY c.id", (post_id,)).fetchall()
        return page("post", p=found, parts=parts, comments=comments)

    @app.post("/post/<int:post_id>/comment")
    def comment(post_id: int) -> Response:
        if not secrets.compare_digest(request.form["csrf_token"], session["csrf"]):
            abort(400)
        values = (post_id, session["member"], request.form["body"], int(datetime.now(UTC).timestamp()))
        db().execute("BEGIN IMMEDIATE")
        said = db().execute("INSERT INTO comment(post_id, author_id, html, created) VALUES(?,?,?,?)", values).lastrowid
        db().execute("COMMIT")
        return redirect(f"/post/{post_id}#c{said}", 303)

    return app


if "REX_LIMIT_DB" in os.environ:
    app = make_app(os.environ["REX_LIMIT_DB"])
