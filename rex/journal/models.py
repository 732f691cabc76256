"""Entries of the journal and what hangs from them.

Life of a récit: a `Draft` (sealed) → published (`Section` rows, one `Revision`) → corrected through a new `Draft` →
published again (another `Revision`) → withdrawn (back to a `Draft`, nothing left in clear) → deleted."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import NAME_LENGTH, College
from rex.db import Base, CreatedAt, Id, Instant, PublicId, Sealed, enum_by_value
from rex.sealed_words import Words

TITLE_LENGTH = 200
SLUG_LENGTH = 40


class Audience(StrEnum):
    """Who reads a published entry (`rex.access` says it in words, counts and enforces it)."""

    GROUPE = "groupe"
    COLLECTIF = "collectif"
    RESEAU = "reseau"

    @property
    def width(self) -> int:
        """To compare: a wider audience contains the narrower ones (a group is beside the collectifs: nothing widens out of it)."""
        return ("groupe", "collectif", "reseau").index(self.value)


class Stance(StrEnum):
    """What the experience does to a balise (référentiel, p. 52: balises are to be « contredites et améliorées »)."""

    ILLUSTRE = "illustre"
    NUANCE = "nuance"
    CONTREDIT = "contredit"


class EntryKind(StrEnum):
    RECIT = "recit"
    DIFFICULTY = "difficulte"
    RECOGNITION = "reconnaissance"
    TENSION = "tension"


class Action(Base):
    """What was done together; visible as soon as one of its récits is."""

    __tablename__ = "action"
    __space__ = "collectif_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Words)  # the first récit published names it
    created_at: Mapped[CreatedAt]


class Entry(Base):
    """One kind of thing to read: who wrote it, in which space, for whom, since when.

    Title, excerpt and words are empty until publication, and again after withdrawal."""

    __tablename__ = "entry"
    __space__ = "collectif_id"
    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (audience IS NULL)", name="audience_when_published"),
        Index("ix_entry_collectif_id_published_at_id", "collectif_id", "published_at", "id"),  # a list and its later pages
        Index("ix_entry_audience_published_at_id", "audience", "published_at", "id"),  # what was opened to the réseau
        Index("ix_entry_about_id", "about_id"),  # what hangs from a récit
        Index("ix_entry_counted", "collectif_id", "kind", "published_at", "id", "audience", "suspended_at"),  # trends: no words
    )
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 (declared so by SQLAlchemy)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    kind: Mapped[EntryKind] = mapped_column(enum_by_value(EntryKind))
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    audience: Mapped[Audience | None] = mapped_column(enum_by_value(Audience))
    title: Mapped[str] = mapped_column(Words, default="")
    excerpt: Mapped[str] = mapped_column(Words, default="")
    words: Mapped[str] = mapped_column(Words, default="")  # the whole of a short entry; a récit has its sections
    sealed: Mapped[bytes | None]  # the words of a short entry while nobody but the persons concerned reads it
    about_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"))  # the récit that it hangs from
    byline: Mapped[str] = mapped_column(Words, default="")  # services and structures of its authors at publication
    created_at: Mapped[CreatedAt]
    published_at: Mapped[Instant | None]
    corrected_at: Mapped[Instant | None]  # the last change of what readers read
    withdrawn_at: Mapped[Instant | None]
    deletion_asked_at: Mapped[Instant | None]
    deletion_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    suspended_at: Mapped[Instant | None]  # by an animateur, after a report: its authors alone read it, and why
    suspended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    suspended_why: Mapped[str] = mapped_column(Words, default="")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Recit(Entry):
    """The account of an action by those who lived it, from where they stand. Several may tell the same action."""

    __tablename__ = "recit"
    __mapper_args__ = {"polymorphic_identity": EntryKind.RECIT}  # noqa: RUF012

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id", ondelete="SET NULL"), index=True)
    teller: Mapped[str] = mapped_column(Words, default="")  # « Récit de la Voirie »


class Authorship(Base):
    """One author of an entry; their service and collège are written at publication, since people move."""

    __tablename__ = "authorship"
    __table_args__ = (
        UniqueConstraint("entry_id", "user_id"),
        Index("ix_authorship_user_id_entry_id", "user_id", "entry_id"),  # « your own drafts », on every read
        Index("ix_authorship_service_id_entry_id", "service_id", "entry_id"),  # the list filtered by service
        Index("ix_authorship_signed_from", "entry_id", "college", "service_id"),  # what trends count, without names
        Index("ix_authorship_service_id_user_id", "service_id", "user_id"),  # whether three people wrote in a service
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    position: Mapped[int]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    service_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    college: Mapped[College | None] = mapped_column(enum_by_value(College))


class Section(Base):
    """A published section: its source Markdown, and the HTML made from it once (with the version of the pipeline)."""

    __tablename__ = "section"
    __space__ = "entry_id"
    __table_args__ = (UniqueConstraint("entry_id", "slug"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(Words)  # as it stood in the canvas at publication
    source: Mapped[str] = mapped_column(Words)
    html: Mapped[str] = mapped_column(Words)
    pipeline: Mapped[int]


class Tagging(Base):
    """An entry speaks of a balise, with a stance. `code`: E1 … V6, or the public id of a collectif's own balise."""

    __tablename__ = "tagging"
    __table_args__ = (
        UniqueConstraint("entry_id", "code"),
        Index("ix_tagging_code_entry_id", "code", "entry_id"),  # a balise's page, the list filtered by balise or enjeu
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    stance: Mapped[Stance] = mapped_column(enum_by_value(Stance), default=Stance.ILLUSTRE)


class Draft(Base):
    """The working copy of an entry, read by its authors alone. `tags` is sealed with the title: « C1:illustre E3:nuance »."""

    __tablename__ = "draft"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    tags: Mapped[Sealed]
    tags_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[Instant | None] = mapped_column(default=None)  # None: untouched, « Écrire un REX » reopens it


class DraftText(Base):
    """One field of a draft (the title, or a section) at its current version, sealed."""

    __tablename__ = "draft_text"
    __table_args__ = (UniqueConstraint("entry_id", "slug"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("draft.entry_id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    version: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[Sealed]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    written_at: Mapped[CreatedAt]


class DraftTextBefore(Base):
    """An earlier version of a field of a draft: the base of a three-way merge when an old tab saves again."""

    __tablename__ = "draft_text_before"
    __table_args__ = (UniqueConstraint("entry_id", "slug", "version"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("draft.entry_id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    version: Mapped[int]
    sealed: Mapped[Sealed]


class Revision(Base):
    """What readers read from `created_at` on. Sealed, for the authors; `content` is empty once an author erased it."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    content: Mapped[bytes | None]
    erased_at: Mapped[Instant | None]


class PublicationRequest(Base):
    """One author asks the others for their yes: to publish, or to open more widely. It ends published, refused or taken back."""

    __tablename__ = "publication_request"
    __space__ = "entry_id"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))
    teller: Mapped[str] = mapped_column(Words, default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[CreatedAt]


class Consent(Base):
    """An author's yes to a request; it covers the words that stood there, and goes when another author changes them."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("entry_id", "user_id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("publication_request.entry_id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    given_at: Mapped[CreatedAt]


class CanvasSection(Base):
    """A section of a collectif's own canvas; a collectif without rows uses the canvas of `rex.journal.canvas`."""

    __tablename__ = "canvas_section"
    __table_args__ = (UniqueConstraint("collectif_id", "slug"),)

    id: Mapped[Id]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(String(NAME_LENGTH))
    hint: Mapped[str] = mapped_column(String(200), default="")
    is_open: Mapped[bool] = mapped_column(default=False)  # shown unfolded in the editor
