"""A reader set, said in words."""

from dataclasses import dataclass

from rex.access.readers import Reader
from rex.french import initials, joined, number, typo
from rex.journal.models import Audience


@dataclass(frozen=True)
class Guest:
    """Somebody for whom the members of a group opened it to read, until a date: counted and named wherever one says who reads."""

    user_id: int
    name: str
    until: str  # « 3 décembre »: the last day

    @property
    def role(self) -> str:
        return typo(f"jusqu’au {self.until}, en lecture")

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def said(self) -> str:
        return f"{self.name} {self.role}"


@dataclass(frozen=True)
class AudienceView:
    """A reader set, said in words. `count` is the number of active accounts that `allows` lets in."""

    kind: str  # brouillon, groupe, collectif, reseau: also the frame and the glyph
    collectif_id: int
    count: int
    label: str
    sentence: str
    detail: str
    button: str
    territories: int = 1
    people: tuple[tuple[int, str], ...] = ()  # of a group: (user id, name) of each member who reads, by name
    guests: tuple[Guest, ...] = ()  # of a group: those who read and write nothing

    @property
    def members(self) -> int:
        """How many of those who read a group are of it."""
        return self.count - len(self.guests)

    @property
    def before(self) -> str:
        """What ends a button: « Répondre … devant les 142 membres »."""
        if self.kind == Audience.RESEAU:
            return typo(f"devant le réseau ({number(self.count)})")
        if self.kind == Audience.GROUPE:
            return f"devant {whom}" if (whom := whom_in_group(self.members, self.guests)) else "pour vous, pour l’instant"
        return typo(f"devant {members_in_words(self.count)}") if self.count > 1 else "pour vous, pour l’instant"

    @property
    def with_whom(self) -> str:
        """What ends a button: « Partager … avec les 142 »."""
        if self.kind == Audience.RESEAU:
            return typo(f"avec le réseau ({number(self.count)})")
        return f"avec {whom}" if (whom := whom_in_group(self.members, self.guests)) else "pour vous, pour l’instant"

    def allows(self, reader: Reader) -> bool:
        """Whether a published entry of this audience opens for this reader (drafts: see `is_readable`)."""
        if self.kind == Audience.COLLECTIF:
            return self.collectif_id in reader.collectif_ids
        if self.kind == Audience.GROUPE:
            is_member = self.collectif_id in reader.group_ids and any(user_id == reader.user_id for user_id, _ in self.people)
            is_guest = self.collectif_id in reader.visit_ids and any(guest.user_id == reader.user_id for guest in self.guests)
            return is_member or is_guest
        return self.kind == Audience.RESEAU and bool(reader.collectif_ids)


def whom_in_group(members: int, guests: tuple[Guest, ...]) -> str:
    """« les 7 », « les 7 et Noor Haddad jusqu’au 3 décembre, en lecture »; empty for somebody alone."""
    return typo(joined([*([f"les {number(members)}"] if members > 1 else []), *(guest.said for guest in guests)]))


def people_in_words(count: int) -> str:
    return f"{number(count)} personne{'s' if count > 1 else ''}"


def members_in_words(count: int) -> str:
    return f"les {number(count)} membres" if count > 1 else "vous, pour l’instant"
