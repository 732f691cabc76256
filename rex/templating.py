"""What makes templates quick to draw, and what all of them know whatever the page: globals and filters, no value of a page.

`remembered(macro)` in a component keeps what a macro drew for the same arguments: only for macros that know nothing else."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, new_context
from markupsafe import Markup, escape

from rex import french, icons, idempotency
from rex.french import PageTime
from rex.memory import remembering

try:  # what `escape` does to a text, without wrapping it
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:

    def _escaped(text: str, /) -> str:
        return str(escape(text))


_OF_THE = {name: "de la" for name in ("Ville", "Commune", "Communauté", "Métropole", "Région")}
_OF_THE |= {name: "du" for name in ("Pays", "Parc", "Département", "Syndicat")}


class Component(Template):
    """A template whose macros, imported without context, know the environment and nothing of the page.

    Jinja compares the globals of both templates at each import, in case they differ; here they never do, and the comparison
    took longer than the macros."""

    _made: TemplateModule | None = None
    _known: dict[str, Any] | None = None

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> Context:
        """As Jinja's, with the globals as one dictionary: a chain of them is copied slowly, for each template of each page."""
        if self._known is None:
            self._known = dict(self.globals)
        return new_context(self.environment, self.name, self.blocks, vars, shared, self._known, locals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._made is None:
            self._made = super()._get_default_module()
        return self._made


class Generator(CodeGenerator):
    """Writes what templates do most, printing a value and reading an attribute, with fewer calls than Jinja does."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`item.title`: the attribute, else what `environment.item_of` says (an item, else undefined), as Jinja has it."""
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        self.write("(t_found if (t_found := getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.item_of(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}))")


def printed(value: Any) -> str:
    """`value` as it is put in a page, escaped unless it is HTML already: text, without the object that `escape` wraps it in."""
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else escape(value)


def prepare(env: Environment, page_time: PageTime) -> None:
    """Give an environment our template class, filters and globals, before it compiles anything."""
    env.template_class = Component
    env.code_generator_class = Generator
    env.extend(printed=printed, item_of=partial(_item_of, env))
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    known: dict[str, Any] = {"csp_nonce": csp_nonce, "form_keys": form_keys, "paper_of": paper_of, "remembered": remembered}
    env.globals.update(known)
    env.filters.update(as_key=as_key, as_tuple=lambda items: tuple(items or ()), shown=shown)
    french.register_filters(env, page_time)
    icons.register_filters(env)


def _item_of(env: Environment, of: Any, name: str) -> Any:
    """What `of.name` is in a template when `of` has no such attribute: a dictionary's value, else something undefined."""
    try:
        return of[name]
    except (TypeError, LookupError, AttributeError):
        return env.undefined(obj=of, name=name)


def csp_nonce() -> str:
    """The one word by which the browser knows the scripts of this answer."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def form_keys() -> Markup:
    """The hidden fields of a POST form: the token of this session, and a key of its own, by which a double click is one act."""
    token = g.get("csrf_token") or _new_token()  # both are made of letters, figures, « - _ . »: there is nothing to escape
    key = idempotency.key_for(getattr(g.get("reader"), "user_id", None), str(current_app.secret_key))
    return Markup(
        f'<input type="hidden" name="csrf_token" value="{token}">\n<input type="hidden" name="idempotency_key" value="{key}">'
    )


def _new_token() -> str:
    """What Flask-WTF's `generate_csrf` makes for this answer, with a signer that is made once."""
    raw = session.get("csrf_token")
    if raw is None:
        return generate_csrf()
    g.csrf_token = _signer(str(current_app.secret_key)).dumps(raw)
    return g.csrf_token


@lru_cache(maxsize=4)
def _signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token")


@remembering(4096)
def shown(text: str) -> Markup:
    """Words that are told, with their French spaces, ready for a page. They are kept in memory, since lists show the same ones
    all day; those of a group never are (`rex.memory`), and the filter `fr` keeps nothing."""
    return Markup(escape(french.typo(text)))


def remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """The same macro, which keeps what it drew last for the same arguments."""
    return remembering(512)(macro)


def as_key(options: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    """A list of (value, label) as what a remembered macro can recognise."""
    return tuple([(str(value), str(label)) for value, label in options])


@lru_cache(maxsize=256)
def paper_of(place: str | None) -> str:
    """« Journal de la Ville de Valombre », « Journal d’Orbe »: what the title of a page ends with."""
    if not place:
        return "REX, le journal"
    of_the = _OF_THE.get(place.split(" ")[0])
    if of_the:
        return f"Journal {of_the} {place}"
    return f"Journal {'d’' if place[0].lower() in 'aeiouyàâäéèêëîïôöùûü' else 'de '}{place}"
