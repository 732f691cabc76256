"""A passage of a récit noted as a difficulty: signed like the récit, read by its readers, and it follows it everywhere.

What follows is done as the system: whoever publishes or withdraws the récit may not be able to see each of its passages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from rex.access import MembershipView, Reader, told_difficulties
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import Written, as_told, opened, put_away, put_in_clear
from rex.journal.former_authors import end_signatures
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Recit, Section
from rex.text.passages import said_among, says


class NotThere(ValueError):
    """The section does not say these words."""


class AlreadyNoted(ValueError):
    """This passage is a difficulty already, which says something else beside its words."""


class WiderThanTold(ValueError):
    """The récit was opened to more readers than the button named."""


def note_passage(
    session: RexSession, reader: Reader, recit: Recit, slug: str, written: Written, shown: Audience = Audience.RESEAU
) -> Difficulty:
    """Note a passage of a published récit as a difficulty, before its readers (`shown`: those that the button named). The same
    passage noted twice is one. Raises NotThere, WiderThanTold, AlreadyNoted when something would be lost."""
    session.refresh(recit, with_for_update=True)
    source = session.scalar(select(Section.source).where(Section.entry_id == recit.id, Section.slug == slug))
    if recit.audience is None or recit.suspended_at is not None or source is None or not says(source, written.words):
        raise NotThere
    if recit.audience.width > shown.width:
        raise WiderThanTold
    same = told_difficulties(reader).where(
        Entry.about_id == recit.id, Difficulty.section_slug == slug, Entry.words == written.words
    )
    difficulty = session.scalars(same).first()
    if difficulty is None:
        difficulty = Difficulty(
            kind=EntryKind.DIFFICULTY, collectif_id=recit.collectif_id, about_id=recit.id, section_slug=slug
        )
        session.add(difficulty)
        session.flush()
        _sign_like(session, difficulty, recit)
        put_in_clear(session, difficulty, written, recit.audience)
    elif (written.effect or written.tags) and written != as_told(session, difficulty):
        raise AlreadyNoted
    return difficulty


def tell_again(session: RexSession, recit: Recit, difficulty: Difficulty, written: Written, shown: Audience) -> None:
    """Tell once more a passage that its authors had taken back, before the readers of its récit (`shown`: those that the button
    named). Raises WiderThanTold, and NotThere when the récit was taken back meanwhile: it is held first, as by who withdraws it."""
    session.refresh(recit, with_for_update=True)
    session.refresh(difficulty, with_for_update=True)
    if recit.audience is None:
        raise NotThere
    if recit.audience.width > shown.width:
        raise WiderThanTold
    if not difficulty.is_published:
        _sign_like(session, difficulty, recit)
        put_in_clear(session, difficulty, written, recit.audience)
        _detach(session, recit, [difficulty])


def follow_words(session: RexSession, seat: MembershipView, recit: Recit) -> None:
    """The récit was published or corrected: its passages come back with it, and say whether they still stand in it."""
    with session.as_system("the passages of a récit follow it"):
        passages = _passages(session, recit.id)
        for passage in passages:
            kept = opened(session, seat, passage) if passage.sealed else None
            if kept and kept.with_recit and recit.audience:
                put_in_clear(session, passage, kept.written, recit.audience)
            if passage.is_published:
                _sign_like(session, passage, recit)
        _detach(session, recit, [passage for passage in passages if passage.is_published])


def follow_audience(session: RexSession, recit: Recit) -> None:
    """The récit is read by more people, or by fewer: so are its passages. What was said under them keeps its ceiling."""
    with session.as_system("the passages of a récit follow it"):
        for passage in _passages(session, recit.id):
            if passage.is_published:
                passage.audience = recit.audience
        session.flush()


def follow_withdrawal(session: RexSession, seat: MembershipView, recit: Recit) -> None:
    """The récit was taken back: its passages are sealed with it."""
    with session.as_system("the passages of a récit follow it"):
        for passage in _passages(session, recit.id):
            if passage.is_published:
                put_away(session, seat, passage, with_recit=True)


def suspend_with(session: RexSession, recit: Entry) -> None:
    """The récit was suspended: so are its passages, for the same reason; one that was suspended for itself stays so."""
    with session.as_system("the passages of a récit follow it"):
        for passage in _passages(session, recit.id):
            if passage.suspended_at is None:
                passage.suspended_at, passage.suspended_by_id = recit.suspended_at, recit.suspended_by_id
                passage.suspended_why = recit.suspended_why
        session.flush()


def restore_with(session: RexSession, recit: Entry, since: datetime) -> None:
    """The récit, suspended at `since`, is shown again: so are the passages suspended with it."""
    with session.as_system("the passages of a récit follow it"):
        for passage in _passages(session, recit.id):
            if passage.suspended_at == since:
                passage.suspended_at, passage.suspended_by_id, passage.suspended_why = None, None, ""
        session.flush()


def forget_author_of_passages(session: RexSession, recit: Recit, user_id: int) -> None:
    """Somebody no longer signs the récit: neither do they sign its passages, told or taken back. As the system."""
    passages = _passages(session, recit.id)
    ids = [passage.id for passage in passages]
    end_signatures(session, ids, [user_id])
    for passage in passages:
        if passage.is_published:
            passage.byline = recit.byline
    session.flush()


def delete_passages_of(session: RexSession, recit_ids: Sequence[int]) -> None:
    """These récits are deleted: their passages, sealed since they were taken back, go with them."""
    with session.as_system("the passages of a récit follow it"):
        session.execute(delete(Entry).where(Entry.about_id.in_(recit_ids), Entry.kind == EntryKind.DIFFICULTY))


def _passages(session: RexSession, recit_id: int) -> list[Difficulty]:
    return list(session.scalars(select(Difficulty).where(Difficulty.about_id == recit_id).order_by(Difficulty.id)))


def _detach(session: RexSession, recit: Recit, passages: list[Difficulty]) -> None:
    if not passages:
        return
    sections = session.execute(select(Section.slug, Section.source).where(Section.entry_id == recit.id))
    sources = {slug: source for slug, source in sections}
    for slug in {passage.section_slug for passage in passages}:
        there = [passage for passage in passages if passage.section_slug == slug]
        said = said_among(sources.get(slug, ""), [passage.words for passage in there])
        for passage in there:
            passage.is_detached = passage.words not in said
    session.flush()


def _sign_like(session: RexSession, difficulty: Difficulty, recit: Recit) -> None:
    """The authors of the récit, from where they spoke when they published it."""
    authors = session.scalars(
        select(Authorship).where(Authorship.entry_id == recit.id).order_by(Authorship.position)
    ).all()
    session.execute(delete(Authorship).where(Authorship.entry_id == difficulty.id))
    for author in authors:
        session.add(
            Authorship(
                entry_id=difficulty.id,
                user_id=author.user_id,
                position=author.position,
                service_id=author.service_id,
                service_name=author.service_name,
                title=author.title,
                college=author.college,
            )
        )
    difficulty.byline = recit.byline
    session.flush()
