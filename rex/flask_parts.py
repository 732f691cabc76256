"""Parts of Flask that are ours: its own, each with one thing changed."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, Response, has_request_context, request
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import BaseConverter

from rex import memory
from rex.spool import Spool

PART_IN_MEMORY = 1024 * 1024  # of one file that is sent; the rest waits sealed


class App(Flask):
    """Flask's own, which keeps the addresses of its pages in memory: they depend on the page and on its words alone. Where a page
    of a group may be written, those alone that are made of identifiers: a question asked in a group is its words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known_address = lru_cache(maxsize=4096)(self._address)

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """A page of this journal is remembered; anything else (relative, with its host, from a console) is made by Flask."""
        is_plain = _anchor is _method is _scheme is _external is None and not endpoint.startswith(".")
        is_plain = is_plain and (memory.may_keep() or self._variables.issuperset(values))
        if is_plain and all(type(value) is str for value in values.values()) and has_request_context():
            return self._known_address(request.environ.get("SCRIPT_NAME"), endpoint, tuple(values.items()))
        made: dict[str, Any] = {"_anchor": _anchor, "_method": _method, "_scheme": _scheme, "_external": _external}
        return super().url_for(endpoint, **made, **values)

    @cached_property
    def _variables(self) -> frozenset[str]:
        return frozenset(name for rule in self.url_map.iter_rules() for name in rule.arguments)

    def _address(self, _under: str | None, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))


class Json(DefaultJSONProvider):
    """Flask's own, for which brackets within brackets without end are one more wrong JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


class NothingInClear(Request):
    """Flask's own, whose uploaded files never lie in clear in a temporary file, nor fill the memory when they are too heavy."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return cast("IO[bytes]", Spool(PART_IN_MEMORY))


class PublicIdConverter(BaseConverter):
    """`<public_id:…>`: a random identifier; anything else does not exist."""

    regex = "[A-Za-z0-9_-]{16}"


class SlugConverter(BaseConverter):
    """`<slug:…>`: lower-case words joined by hyphens."""

    regex = "[a-z0-9][a-z0-9-]{0,59}"


class Sessions(SecureCookieSessionInterface):
    """Flask's own; the signer, which depends on the settings alone, is made once and not twice for each request."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing to send when nothing changed: what was read still depends on the cookie."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            vary_with_cookie(response)


def vary_with_cookie(response: Response) -> None:
    """Say to caches that the answer depends on the cookie; the list of what it depends on is rarely longer."""
    said = response.headers.get("Vary")
    if said is None:
        response.headers["Vary"] = "Cookie"
    elif "cookie" not in said.lower():
        response.vary.add("Cookie")


def file_to_keep(response: Response) -> Response:
    """What is given as a file runs nothing where it is opened, and asks for nothing elsewhere."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(most: int) -> Callable[[View], View]:
    """Declare that the form of a view, when it carries files, may weigh more than others (`FORM_LIMIT`), in bytes.
    What a file weighs is then judged by the view, which has all that was typed beside it."""

    def declare(view: View) -> View:
        view.form_limit = most  # ty: ignore[missing-attribute]
        return view

    return declare
