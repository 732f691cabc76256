"""Images and PDF given to a récit. Their bytes lie sealed in the files folder; this row says whose they are and who reads them."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, PublicId, Sealed, enum_by_value


class FileKind(StrEnum):
    """What is accepted; the value is the media type that it is served with."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    PDF = "application/pdf"


class Attachment(Base):
    """One file of one récit. Read by its authors; by the récit's readers once a published section shows it (`is_published`)."""

    __tablename__ = "attachment"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    kind: Mapped[FileKind] = mapped_column(enum_by_value(FileKind))
    size: Mapped[int]  # bytes, once re-encoded
    width: Mapped[int] = mapped_column(default=0)  # pixels; 0 for a PDF
    height: Mapped[int] = mapped_column(default=0)
    label: Mapped[Sealed]  # alternative text of an image, name of a PDF
    key_name: Mapped[str] = mapped_column(String(60))  # the key that seals its label and its bytes
    is_published: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
