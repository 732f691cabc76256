"""What may be seen: where every query about something private starts."""


from sqlalchemy import Select, false, or_, select

from rex.access.audiences import current_members
from rex.access.entries import is_readable, is_told, receives_it, writes_it, written_by
from rex.access.hanging import said_before, to_be_found
from rex.access.letters import edited_or_published
from rex.access.readers import Asker, Reader
from rex.access.rooms import meets_or_met, own_or_open, own_or_put_to_members, said_in_seance
from rex.collectifs.models import Membership
from rex.digests.models import Digest, DigestState
from rex.exchanges.models import Exchange
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Draft, Entry, EntryKind, Recit
from rex.journal.recognition_models import Recognition
from rex.seances.models import Choice, Contribution, Depot, Seance, Takeaway
from rex.search.models import SearchRow
from rex.tensions.models import Tension
from rex.versements.models import Versement


def visible_entries(reader: Asker) -> Select[Entry]:
    """What this person may open: what is told to one of their collectifs or to the réseau, and their own drafts there."""
    return select(Entry).where(is_readable(reader))


def visible_recits(reader: Asker) -> Select[Recit]:
    """The récits among `visible_entries`."""
    return select(Recit).where(is_readable(reader))


def visible_difficulties(reader: Asker) -> Select[Difficulty]:
    """The difficulties among `visible_entries`: those told to this person, and their own, withdrawn ones included."""
    return select(Difficulty).where(is_readable(reader))


def told_recits(reader: Asker) -> Select[Recit]:
    """The published récits that this person reads: what lists, counts and the boussole show."""
    return select(Recit).where(is_told(reader))


def told_difficulties(reader: Asker) -> Select[Difficulty]:
    """The difficulties that this person reads: noted alone, or passages of récits that they read."""
    return select(Difficulty).where(is_told(reader))


def told_recognitions(reader: Asker) -> Select[Recognition]:
    """The recognitions that were accepted, for this reader."""
    return select(Recognition).where(is_told(reader))


def visible_recognitions(reader: Asker) -> Select[Recognition]:
    """Accepted ones that this person reads, and those between them and somebody: given, or received and not declined."""
    return select(Recognition).where(is_readable(reader))


def told_tensions(reader: Asker) -> Select[Tension]:
    """The tensions of this person's collectifs. What they gather is read through `told_difficulties`. Of tensions alone, also when
    only columns of `Entry` are asked for: a query would then lose the table that tells them from other entries. The kind is said
    too, so that the base looks among tensions and not among all that a journal tells."""
    return select(Tension).select_from(Tension).where(Tension.kind == EntryKind.TENSION, is_told(reader))


def own_recognitions(reader: Asker) -> Select[Recognition]:
    """Those that this person gave, or received (as a person, or as a member of the service thanked); declined ones are gone
    for those who received them."""
    return select(Recognition).where(or_(writes_it(reader, Entry.id), receives_it(reader, Entry)))


def visible_exchanges(reader: Asker) -> Select[Exchange]:
    """The messages of the threads that this person reads: of the entries told to them, and said before them."""
    return select(Exchange).where(said_before(Exchange)(reader))


def own_drafts(reader: Asker) -> Select[Draft]:
    """The working copies that this person writes, in the spaces that they currently belong to."""
    return select(Draft).where(Draft.entry_id.in_(written_by(reader)))


def visible_seances(reader: Asker) -> Select[Seance]:
    """The séances of this person's collectifs, and those of their groups that were still to come when they arrived."""
    return select(Seance).where(meets_or_met(reader))


def visible_depots(reader: Asker) -> Select[Depot]:
    """Their own dépôts, and those of others once they are open."""
    return select(Depot).where(own_or_open(reader))


def visible_choices(reader: Asker) -> Select[Choice]:
    return select(Choice).where(said_in_seance(Choice)(reader))


def visible_contributions(reader: Asker) -> Select[Contribution]:
    return select(Contribution).where(said_in_seance(Contribution)(reader))


def visible_takeaways(reader: Asker) -> Select[Takeaway]:
    return select(Takeaway).where(said_in_seance(Takeaway)(reader))


def visible_versements(reader: Asker) -> Select[Versement]:
    """The texts that this person rewrites to let them out of a group, and those put to its members since they are there."""
    return select(Versement).where(own_or_put_to_members(reader))


def told_digests(reader: Asker) -> Select[Digest]:
    """The letters that left, of this person's collectifs, and of their groups since they are there."""
    return select(Digest).where(edited_or_published(reader), Digest.state == DigestState.PUBLISHED)


def visible_finds(reader: Asker) -> Select[SearchRow]:
    """What this person may find: the entries told to them, and what was said under these before them."""
    return select(SearchRow).where(to_be_found(reader))


def visible_members(reader: Reader, collectif_id: int) -> Select[Membership]:
    """The current members of one of the reader's collectifs (an administrator: of any), closed accounts left out."""
    if collectif_id not in reader.collectif_ids and not reader.is_admin:
        return select(Membership).where(false())
    return select(Membership).where(Membership.id.in_(current_members().with_only_columns(Membership.id)),
                                    Membership.collectif_id == collectif_id)
