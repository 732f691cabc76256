"""Who reads: the sentence, the count and the check all come from here."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select

from rex.access.audience_view import AudienceView, members_in_words, people_in_words
from rex.access.group_audiences import group_audience
from rex.collectifs.models import Membership, User
from rex.db import BigId, RexSession
from rex.french import joined, number, typo
from rex.journal.models import Audience
from rex.kept import Kept
from rex.shapes import Shape


def audience_of(
    session: RexSession, audience: Audience, collectif_id: int, collectif_name: str, since: datetime | None = None
) -> AudienceView:
    """The reader set of an audience, counted now (one statement). `since`, in a group: when the entry was told; a member who
    came later does not read it (None: it is told now)."""
    if audience is Audience.GROUPE:
        return group_audience(session, collectif_id, since)
    with session.as_system("count the active accounts of an audience"):
        if audience is Audience.COLLECTIF:
            ((count, territories),) = _readers_in_collectif.rows(session, collectif=collectif_id)
        else:
            ((count, territories),) = _readers_in_reseau.rows(session)
    return _said_of(audience, collectif_id, collectif_name, count, territories)


@lru_cache(maxsize=256)
def _said_of(audience: Audience, collectif_id: int, collectif_name: str, count: int, territories: int) -> AudienceView:
    """How an audience of that many people is said; the count itself is made anew each time."""
    if audience is Audience.COLLECTIF:
        return AudienceView(
            kind=audience.value,
            collectif_id=collectif_id,
            count=count,
            label="Le journal",
            sentence=typo(f"tous les membres du journal ({people_in_words(count)} : {collectif_name})"),
            detail="Il compte dans la boussole du journal.",
            button=f"Publier pour {members_in_words(count)}",
        )
    return AudienceView(
        kind=audience.value,
        collectif_id=collectif_id,
        count=count,
        label="Le réseau",
        sentence=f"les membres de tous les collectifs du réseau ({people_in_words(count)}, {_territories(territories)})",
        detail="Lu aussi hors de votre collectif, par des personnes que vous ne connaissez pas.",
        button=f"Publier pour le réseau ({number(count)})",
        territories=territories,
    )


def draft_audience(collectif_id: int, co_authors: Sequence[str] = (), *, of_published: bool = False) -> AudienceView:
    """A draft: its authors and nobody else. `co_authors` are the names of the others.

    `of_published`: a correction of what others read already; what they read is not hidden, what changes is."""
    noun, read = ("Modification", "lue") if of_published else ("Brouillon", "lu")
    alone = "que personne d’autre que vous ne lit encore" if of_published else "personne d’autre que vous ne peut le lire"
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=1 + len(co_authors),
        label=noun,
        sentence=f"{read} par {joined(['vous', *co_authors])}" if co_authors else alone,
        detail="Le récit reste un brouillon.",
        button="Choisir qui lira, puis publier",
    )


def thanks_audience(collectif_id: int, others: Sequence[str], count: int = 2) -> AudienceView:
    """A recognition that waits for its answer: its giver and its recipient, nobody else. `others`: who they are beside the
    person who looks at the page (« l’équipe Voirie (3 personnes) »)."""
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=count,
        label="Entre vous",
        sentence=typo(f"lu par {joined(['vous', *others])}, personne d’autre"),
        detail="Elle paraît dans le journal si la personne l’accepte.",
        button="Envoyer",
    )


def suspended_audience(collectif_id: int, co_authors: Sequence[str] = ()) -> AudienceView:
    """A published text that an animateur suspended: its authors and nobody else, until it is restored."""
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=1 + len(co_authors),
        label="Suspendu",
        sentence=f"lu par {joined(['vous', *co_authors])}" if co_authors else "personne d’autre que vous ne peut le lire",
        detail="L’animation l’a suspendu.",
        button="",
    )


def readers_of(audience: Audience, collectif_id: int | BindParameter[int]) -> Select[Membership]:
    """The memberships whose holders read such an entry; the same condition that loads a `Reader`'s memberships."""
    members = current_members()
    if audience is Audience.GROUPE:
        raise ValueError("the readers of a group are its members: group_readers")
    return members.where(Membership.collectif_id == collectif_id) if audience is Audience.COLLECTIF else members


@Kept
def _readers_in_collectif(_: Shape) -> Select:
    return _counted(readers_of(Audience.COLLECTIF, bindparam("collectif", type_=BigId)))


@Kept
def _readers_in_reseau(_: Shape) -> Select:
    return _counted(readers_of(Audience.RESEAU, 0))


def _counted(memberships: Select[Membership]) -> Select:
    return memberships.with_only_columns(
        func.count(Membership.user_id.distinct()).label("people"), func.count(Membership.collectif_id.distinct()).label("places")
    )


def current_members() -> Select[Membership]:
    return select(Membership).join(User, User.id == Membership.user_id).where(is_current())


def is_current() -> ColumnElement[bool]:
    """A membership that gives rights: not ended, of an account that is not closed."""
    return and_(Membership.ended_at.is_(None), User.closed_at.is_(None))


def _territories(count: int) -> str:
    return f"{number(count)} territoire{'s' if count > 1 else ''}"
