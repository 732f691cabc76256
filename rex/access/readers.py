"""A reader: a person and their current places, all that a right can depend on."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from rex import clock
from rex.collectifs.models import College, Role, Theme
from rex.french import initials
from rex.sealed_words import SpaceKind, key_name_of
from rex.shapes import Shape, shape_of, values_of


@dataclass(frozen=True)
class MembershipView:
    """A reader's current place in one collectif, with what the pages of that collectif need."""

    id: int
    collectif_id: int
    collectif_public_id: str
    collectif_slug: str
    collectif_name: str
    is_demo: bool
    timezone: str
    college: College
    service_id: int | None
    service_name: str
    title: str
    role: Role

    @property
    def is_animateur(self) -> bool:
        return self.role is Role.ANIMATEUR

    kind: SpaceKind = SpaceKind.COLLECTIF  # a seat in a peer group says so: its `collectif_id` is the group's
    visit_is_due: bool = False  # in a group: no visit of theirs was noted for a day
    is_visit: bool = False  # the group is open for them to read, until a date: they are no member, and write nothing there

    @property
    def is_group(self) -> bool:
        return self.kind is SpaceKind.GROUPE

    @property
    def key_name(self) -> str:
        """The key that seals what this space does not keep in clear (as `Space.key_name`)."""
        return key_name_of(self.kind, self.collectif_public_id)

    @property
    def url(self) -> str:
        """The first page of this space."""
        return f"/groupes-de-pairs/{self.collectif_public_id}" if self.is_group else f"/c/{self.collectif_slug}/"


@dataclass(frozen=True)
class Reader:
    """A signed-in person and their *current* memberships: all that a right can depend on."""

    user_id: int
    user_public_id: str
    name: str
    is_admin: bool
    theme: Theme = Theme.SYSTEME
    last_collectif_id: int | None = None
    device_id: int | None = None
    memberships: tuple[MembershipView, ...] = field(default=())
    groups: tuple[MembershipView, ...] = field(default=())  # their peer groups, by no name
    visits: tuple[MembershipView, ...] = field(default=())  # groups open for them to read; none in a request that may write
    has_news: bool = False  # something unseen waits on « Ce qui vous attend »

    @cached_property
    def collectif_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships)

    @cached_property
    def group_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.groups)

    @cached_property
    def visit_ids(self) -> tuple[int, ...]:
        """The peer groups that are open for them to read: no right but to read what is told there."""
        return tuple(m.collectif_id for m in self.visits)

    @cached_property
    def space_ids(self) -> tuple[int, ...]:
        """Their collectifs and their peer groups: where what they wrote is still theirs to read."""
        return self.collectif_ids + self.group_ids

    @cached_property
    def animated_ids(self) -> tuple[int, ...]:
        """The spaces that they look after: as an animateur of a collectif, as a responsable of a group."""
        return tuple(m.collectif_id for m in (*self.memberships, *self.groups) if m.is_animateur)

    @cached_property
    def service_ids(self) -> tuple[int, ...]:
        return tuple(m.service_id for m in self.memberships if m.service_id is not None)

    @cached_property
    def now(self) -> datetime:
        """The instant of this request: what opens at a time is open for the whole of a page, or for none of it."""
        return clock.now()

    @cached_property
    def shape(self) -> Shape:
        """What a statement built for all readers may know of this one (`rex.shapes`)."""
        return shape_of(
            len(self.collectif_ids),
            len(self.animated_ids),
            len(self.service_ids),
            len(self.group_ids),
            self.is_admin,
            len(self.visit_ids),
        )

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The ids that the second lock gives to such a statement."""
        return values_of(
            self.user_id,
            self.now,
            collectifs=self.collectif_ids,
            animated=self.animated_ids,
            services=self.service_ids,
            groups=self.group_ids,
            visits=self.visit_ids,
        )

    @cached_property
    def slugs(self) -> dict[int, str]:
        """Collectif id → slug, for the collectifs that this person is in."""
        return {m.collectif_id: m.collectif_slug for m in self.memberships}

    @property
    def initials(self) -> str:
        return initials(self.name)

    def in_collectif(self, slug: str) -> MembershipView | None:
        return next((m for m in self.memberships if m.collectif_slug == slug), None)

    def in_group(self, public_id: str) -> MembershipView | None:
        return next((m for m in self.groups if m.collectif_public_id == public_id), None)

    def seat(self, collectif_id: int) -> MembershipView | None:
        """From where they look at a space: their place in one of their collectifs or groups, or their visit to a group (which
        gives no right to write: those come from `collectif_ids`, `group_ids` and `space_ids`)."""
        return next((m for m in (*self.memberships, *self.groups, *self.visits) if m.collectif_id == collectif_id), None)

    def visit(self, public_id: str) -> MembershipView | None:
        """Their visit to a group that is open for them to read."""
        return next((m for m in self.visits if m.collectif_public_id == public_id), None)

    @property
    def home(self) -> MembershipView | None:
        """The collectif that `/` opens: the last one used, else the first."""
        last = next((m for m in self.memberships if m.collectif_id == self.last_collectif_id), None)
        return last or (self.memberships[0] if self.memberships else None)


Asker = Reader | Shape  # whoever a condition is worked out for: one reader, or all those of a shape (`rex.kept`)
