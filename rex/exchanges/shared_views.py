"""What the views of the room share: finding an entry or a message for its reader, going back to it."""

from flask import abort, flash, make_response, redirect
from werkzeug.wrappers import Response

from rex.exchanges.entries import ToldEntry, entry_of, find_entry
from rex.exchanges.models import Exchange
from rex.exchanges.queries import find_exchange
from rex.web import db, enter_space, reader


def told_entry(entry_id: str, *, hold: bool = False) -> ToldEntry:
    """The entry of this address, or the page of what does not exist."""
    entry = find_entry(db(), reader(), entry_id, hold=hold)
    if entry is None:
        abort(404)
    enter_space(reader().seat(entry.collectif_id) or reader().home)
    return entry


def told_message(exchange_id: str, *, hold: bool = False) -> tuple[Exchange, ToldEntry]:
    """The message of this address with its entry, or the page of what does not exist."""
    exchange = find_exchange(db(), reader(), exchange_id)
    if exchange is None:
        abort(404)
    entry = entry_of(db(), reader(), exchange, hold=hold)
    enter_space(reader().seat(entry.collectif_id) or reader().home)
    return exchange, entry


def to(path: str) -> Response:
    """After an act: to the place that shows it (303, so that a reload repeats nothing)."""
    return make_response(redirect(path, 303))


def back_to(exchange: Exchange, entry: ToldEntry) -> Response:
    """To a message in its thread."""
    return to(f"{entry.url}#e-{exchange.public_id}")


def tell_unknown(names: tuple[str, ...]) -> None:
    """A name after « @ » that none of the readers bears: the person is not told, and who wrote it knows."""
    for name in names[:5]:
        flash(f"« @{name} » : personne de ce nom ne peut lire ce message.")
