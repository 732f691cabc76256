"""What waits while an archive is prepared, and while one comes in; and who came from an archive."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import PUBLIC_ID_LENGTH, Base, CreatedAt, Id, Instant, PublicId


class ArchiveRequest(Base):
    """An animateur asks for the archive of a collectif. The file lies in the data folder, under this public id, for them alone."""

    __tablename__ = "archive_request"
    __table_args__ = (UniqueConstraint("collectif_id", "user_id"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    asked_at: Mapped[CreatedAt]
    done: Mapped[int] = mapped_column(default=0)  # texts
    total: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[Instant | None]
    size: Mapped[int] = mapped_column(default=0)  # kilobytes


class ArchiveArrival(Base):
    """An archive on its way in: how far it came. Its collectif shows nowhere until all of it is there; then this row goes."""

    __tablename__ = "archive_arrival"

    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))  # of the sums of the archive: the same file goes on, another does not
    is_renamed: Mapped[bool] = mapped_column(default=False)  # an identifier was taken here: all get another one
    by_address: Mapped[bool] = mapped_column(default=False)  # whether people are matched by their addresses
    kind: Mapped[str] = mapped_column(String(24), default="")  # the file whose lines come in now
    lines: Mapped[int] = mapped_column(default=0)  # how many of them came


class ArchivedPerson(Base):
    """An account that stands for somebody named in an archive; `is_new`: made for that, closed, and nobody's until it is opened."""

    __tablename__ = "archived_person"
    __table_args__ = (UniqueConstraint("collectif_id", "code"),)

    id: Mapped[Id]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))  # who they are in the archive
    is_new: Mapped[bool]
