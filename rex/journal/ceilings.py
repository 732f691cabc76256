"""What is told in a group is told there alone, and nothing else is told in it: held where entries are written.

Pages offer a group's entry no other audience; this is for whatever would forget. A group is left by no change of audience and
by no move: only a draft that nobody ever read may be moved into one (`rex.journal.moving`)."""

from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import Mapper

from rex.journal.models import Audience, Entry
from rex.sealed_words import key_of_row


class WrongPlace(ValueError):
    """An entry would be told elsewhere than where it lives."""


@event.listens_for(Entry, "before_insert", propagate=True)
@event.listens_for(Entry, "before_update", propagate=True)
def _hold(_mapper: Mapper[Any], connection: Connection, entry: Entry) -> None:
    state: Any = inspect(entry)
    left, told = state.attrs.collectif_id.history.deleted, state.attrs.audience.history
    if left and left[0] != entry.collectif_id and (entry.is_published or entry.withdrawn_at is not None):
        raise WrongPlace("what was told somewhere stays there")
    if entry.audience is not None and (told.has_changes() or left):
        in_group = key_of_row(state.session, connection, entry) is not None
        if in_group is not (entry.audience is Audience.GROUPE):
            raise WrongPlace("an entry of a group is told in the group, and no other is")
