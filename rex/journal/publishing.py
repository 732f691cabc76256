"""The public life of a récit: publish, correct, widen or narrow, withdraw, and the versions that its authors keep.

While it is published its words stand in clear in `Entry` and `Section`; before and after, they are sealed in a draft."""

from sqlalchemy import delete, select

from rex import clock, text
from rex.access import MembershipView, Reader
from rex.collectifs.models import Service, ServiceKind
from rex.db import RexSession
from rex.french import of_name
from rex.journal import moments
from rex.journal.action_queries import authors_of_the_others
from rex.journal.attachments import follow_what_is_read
from rex.journal.canvas import TITLE, canvas_of
from rex.journal.drafts import (
    DraftView,
    Tags,
    drop_draft,
    fill_draft,
    locked_draft,
    published_copy,
    read_draft,
)
from rex.journal.models import (
    TITLE_LENGTH,
    Action,
    Audience,
    Authorship,
    PublicationRequest,
    Recit,
    Section,
    Tagging,
)
from rex.journal.moments import Change, What
from rex.journal.newcomers import sign_newcomers, waiting_to_sign
from rex.journal.passages_of_recits import follow_audience, follow_withdrawal, follow_words
from rex.journal.recognition_following import narrow_recognitions
from rex.journal.signing import sign
from rex.journal.tellers import SIGNED
from rex.journal.versions import keep_revision
from rex.text.marks import tidy

EXCERPT_LENGTH = 220


class Incomplete(ValueError):
    """A récit cannot be published yet; `faults` are (field slug, French sentence)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults


def title_of(draft: DraftView) -> str:
    """The title as readers read it: one line, without the characters that would flip what follows it."""
    return " ".join(tidy(draft.title).split())


def missing_from(draft: DraftView) -> list[tuple[str, str]]:
    """What publication still needs: a title and one filled section, none of them longer than a page can hold."""
    title, faults = title_of(draft), []
    if not any(char.isprintable() and not char.isspace() for char in title):
        faults.append((TITLE, "Donnez un titre à votre récit"))
    elif len(title) > TITLE_LENGTH:
        faults.append((TITLE, f"Raccourcissez le titre : {TITLE_LENGTH} caractères au plus"))
    if not draft.sections:
        faults.append(("faits", "Racontez au moins une chose, par exemple ce qui s’est passé"))
    long = [slug for slug, source in draft.sections.items() if text.is_too_long(source)]
    return faults + [(slug, "Raccourcissez ce texte : il est trop long pour une page") for slug in long]


def publish(session: RexSession, reader: Reader, recit: Recit, audience: Audience, teller: str = "") -> Recit:
    """Put the working copy under its readers' eyes: a first publication, or « Publier la modification ».

    Raises Incomplete. The récit and its draft are held: of two publications at once, the second finds nothing to publish.
    A working copy that says what readers read already makes no version."""
    session.refresh(recit, with_for_update=True)
    locked_draft(session, reader, recit)
    draft, seat = read_draft(session, reader, recit), reader.seat(recit.collectif_id)
    if seat is None or (draft is None and not recit.is_published):
        raise PermissionError("only an author publishes")
    recit.teller = _line(teller) or recit.teller or default_teller(session, reader, seat)
    joins = bool(waiting_to_sign(session, recit))
    if draft is not None and (not recit.is_published or changes_what_is_read(session, recit, draft)):
        faults = missing_from(draft)
        if faults:
            raise Incomplete(faults)
        was_read, is_first = recit.is_published, recit.published_at is None and recit.withdrawn_at is None
        _put_in_clear(session, recit, draft, audience)
        keep_revision(session, reader, seat, recit, draft)
        session.flush()
        moments.changed(session, recit, Change.CORRECTED if was_read else Change.PUBLISHED)
        if is_first:  # told again after a withdrawal, it is news to nobody
            moments.tell(session, reader, What.OTHER_RECIT, recit.id, authors_of_the_others(session, reader, recit))
    if joins:
        sign_newcomers(session, recit)
        recit.corrected_at = clock.now()
    follow_words(session, seat, recit)
    follow_what_is_read(session, recit)
    drop_draft(session, recit)
    session.flush()
    return recit


def tell_whole(session: RexSession, reader: Reader, seat: MembershipView, draft: DraftView, audience: Audience) -> Recit:
    """A récit written elsewhere, told at once by one author: a new entry with an action of its own. Raises Incomplete."""
    faults = missing_from(draft)
    if faults:
        raise Incomplete(faults)
    recit = Recit(collectif_id=seat.collectif_id, teller=default_teller(session, reader, seat))
    session.add(recit)
    session.flush()
    session.add(Authorship(entry_id=recit.id, user_id=reader.user_id, position=0))
    session.flush()
    _put_in_clear(session, recit, draft, audience)
    keep_revision(session, reader, seat, recit, draft)
    session.flush()
    moments.changed(session, recit, Change.PUBLISHED)
    return recit


def _put_in_clear(session: RexSession, recit: Recit, draft: DraftView, audience: Audience) -> None:
    now, title_before = clock.now(), recit.title
    recit.title = title_of(draft)
    recit.excerpt = _write_sections(session, recit, draft)
    _write_tags(session, recit, draft.tags)
    if recit.is_published:
        recit.corrected_at = now
    else:
        recit.audience, recit.published_at, recit.withdrawn_at = audience, now, None
        recit.corrected_at = recit.deletion_asked_at = recit.deletion_asked_by_id = None
        sign(session, recit)
        narrow_recognitions(session, recit)
    place_in_action(session, recit, title_before)


def changes_what_is_read(session: RexSession, recit: Recit, draft: DraftView) -> bool:
    """Whether the working copy of a published récit says something else than what its readers read."""
    published = published_copy(session, recit)
    sections = {slug: source.strip() for slug, source in draft.sections.items()}
    same_words = (title_of(draft), sections) == (published.title, published.sections)
    return not same_words or list(draft.tags.items()) != list(published.tags.items())


def _line(words: str) -> str:
    return " ".join(tidy(words).split())[:160]


def change_audience(session: RexSession, recit: Recit, audience: Audience) -> None:
    """Widen or narrow what is published now. Widening is asked on a page of its own (the caller's); narrowing is immediate."""
    recit.audience = audience
    session.flush()
    narrow_recognitions(session, recit)
    follow_audience(session, recit)


def withdraw(session: RexSession, reader: Reader, recit: Recit) -> None:
    """Take a récit back: it is a draft again, sealed; nothing of it stays in clear. A working copy in progress is kept.

    A request to open it more widely goes: what its authors said yes to is no longer so, and who withdraws is not silent."""
    seat = reader.seat(recit.collectif_id)
    if seat is None:
        raise PermissionError("only an author withdraws")
    session.refresh(recit, with_for_update=True)
    if not recit.is_published:
        return
    session.execute(delete(PublicationRequest).where(PublicationRequest.entry_id == recit.id))
    if locked_draft(session, reader, recit) is None:
        copy = published_copy(session, recit)
        fill_draft(session, seat, recit, {slug: kept.text for slug, kept in copy.fields.items()}, copy.tags)
    session.execute(delete(Section).where(Section.entry_id == recit.id))
    follow_what_is_read(session, recit)
    session.execute(delete(Tagging).where(Tagging.entry_id == recit.id))
    title = recit.title
    recit.title = recit.excerpt = recit.byline = recit.teller = ""
    recit.audience = recit.published_at = recit.corrected_at = None
    recit.withdrawn_at = clock.now()
    session.flush()
    unname_action(session, recit, title)
    follow_withdrawal(session, seat, recit)
    moments.changed(session, recit, Change.WITHDRAWN)
    signing = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == recit.id)).all()
    moments.tell(session, reader, What.WITHDRAWN, recit.id, [user_id for user_id in signing if user_id is not None])


# --- what readers read --------------------------------------------------------------------------------------------------


def _write_sections(session: RexSession, recit: Recit, draft: DraftView) -> str:
    """The sections in the order of the canvas; returns what lists quote of them."""
    headings = {section.slug: section.heading for section in canvas_of(session, recit.collectif_id)}
    kept = dict(session.execute(select(Section.slug, Section.heading).where(Section.entry_id == recit.id)).all())
    session.execute(delete(Section).where(Section.entry_id == recit.id))
    order = [*headings, *(slug for slug in draft.sections if slug not in headings)]
    filled = [slug for slug in order if slug in draft.sections]
    for position, slug in enumerate(filled):
        source = draft.sections[slug].strip()
        session.add(
            Section(
                entry_id=recit.id,
                slug=slug,
                position=position,
                heading=headings.get(slug) or kept.get(slug) or "Autre section",
                source=source,
                html=text.to_html(source, prefix=f"{slug}-"),
                pipeline=text.PIPELINE,
            )
        )
    session.flush()
    return text.excerpt(draft.sections["faits" if "faits" in filled else filled[0]], EXCERPT_LENGTH)


def _write_tags(session: RexSession, recit: Recit, tags: Tags) -> None:
    session.execute(delete(Tagging).where(Tagging.entry_id == recit.id))
    for position, (code, stance) in enumerate(tags.items()):
        session.add(Tagging(entry_id=recit.id, code=code, stance=stance, position=position))
    session.flush()


def default_teller(session: RexSession, reader: Reader, seat: MembershipView) -> str:
    """« Récit de l’équipe Voirie », « Récit signé Parents du Faubourg », « Récit d’Inès Carle »: a proposal, which the author may
    change."""
    if seat.service_id is None:
        return f"Récit {of_name(reader.name)}"
    kind = session.scalar(select(Service.kind).where(Service.id == seat.service_id))
    return f"Récit de l’équipe {seat.service_name}" if kind is ServiceKind.SERVICE else SIGNED.format(seat.service_name)


def place_in_action(session: RexSession, recit: Recit, title_before: str) -> None:
    """Every published récit belongs to one action; the first one published names it, and corrects its name with its own.
    A suspended one names nothing: its title is told to nobody."""
    title = "" if recit.suspended_at else recit.title
    action = session.scalar(select(Action).where(Action.id == recit.action_id)) if recit.action_id else None
    if action is None or action.collectif_id != recit.collectif_id:
        action = Action(collectif_id=recit.collectif_id, title=title)
        session.add(action)
        session.flush()
        recit.action_id = action.id
    elif action.title in ("", title_before):
        action.title = title


def unname_action(session: RexSession, recit: Recit, title: str) -> None:
    """An action does not keep the title of a récit taken back or suspended: it takes that of the oldest one told, or none."""
    with session.as_system("whether an action is still told, by anybody"):
        action = session.scalar(select(Action).where(Action.id == recit.action_id))
        told = select(Recit.title).where(
            Recit.action_id == recit.action_id, Recit.published_at.is_not(None), Recit.suspended_at.is_(None)
        )
        still = session.scalar(told.order_by(Recit.published_at, Recit.id).limit(1))
        if action is not None and (still is None or action.title == title):
            action.title = still or ""
        session.flush()
