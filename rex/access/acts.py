"""What may be done: what views and templates ask."""

from collections.abc import Sequence

from rex.access.readers import Reader
from rex.journal.models import Audience


def may_animate(reader: Reader, collectif_id: int) -> bool:
    """Look after the journal: invite, services, canvas, own balises, settings. Gives no right over anybody's text."""
    return collectif_id in reader.animated_ids


def may_manage_people(reader: Reader, collectif_id: int) -> bool:
    """Invite and seat members: the animateurs; an administrator too, so that a new collectif gets its first animateur."""
    return may_animate(reader, collectif_id) or reader.is_admin


def may_write_in(reader: Reader, collectif_id: int) -> bool:
    """Write a récit in a collectif: each of its members."""
    return collectif_id in reader.space_ids


def may_edit(reader: Reader, collectif_id: int, author_ids: Sequence[int | None]) -> bool:
    """Change, publish, withdraw an entry of a collectif: its authors, while they belong to it. Not the animateurs."""
    return reader.user_id in author_ids and collectif_id in reader.space_ids


def may_answer(reader: Reader, audience: Audience | None, collectif_id: int) -> bool:
    """Answer an entry, echo a difficulty, report a text: whoever reads it, once it is told."""
    return (audience is Audience.RESEAU and bool(reader.collectif_ids)) or (
        audience in (Audience.COLLECTIF, Audience.GROUPE) and collectif_id in reader.space_ids
    )


def may_close_thread(reader: Reader, collectif_id: int) -> bool:
    """Close a thread with a synthèse, and open it again: the animateurs of the entry's collectif."""
    return may_animate(reader, collectif_id)


def may_judge_reports(reader: Reader, collectif_id: int) -> bool:
    """Read the reports of a collectif, suspend a text with a written reason, take an entry back from the réseau."""
    return may_animate(reader, collectif_id)


def may_decide_in_group(reader: Reader, group_id: int) -> bool:
    """Read what a group decides, answer when asked, stand as responsable, ask that a place or the group ends: its members."""
    return group_id in reader.group_ids


def may_read_group(reader: Reader, group_id: int) -> bool:
    """Open the page of a group: its members, and those for whom they opened it."""
    return group_id in reader.group_ids or group_id in reader.visit_ids


def may_steer_group(reader: Reader, group_id: int) -> bool:
    """Ask the members about a person to invite or about another frame, hand over: its responsables. They read no more for it."""
    return may_decide_in_group(reader, group_id) and may_animate(reader, group_id)


def may_receive(reader: Reader, to_user_id: int | None, to_service_id: int | None) -> bool:
    """Answer a recognition: the person thanked, or any member of the service thanked."""
    return reader.user_id == to_user_id or (to_service_id is not None and to_service_id in reader.service_ids)


def may_plan_seances(reader: Reader, space_id: int) -> bool:
    """Set a séance: who looks after the space, as an animateur of a collectif or a responsable of a group."""
    return may_animate(reader, space_id)


def may_lead_seance(reader: Reader, space_id: int, facilitator_id: int | None) -> bool:
    """Lead a séance from phase to phase, write its compte rendu: its facilitator, while they belong to the space. Leading
    shows nothing before its time."""
    return reader.user_id == facilitator_id and space_id in reader.space_ids


def may_prepare_seance(reader: Reader, space_id: int, facilitator_id: int | None) -> bool:
    """Change when, where and what for, and who leads it."""
    return may_lead_seance(reader, space_id, facilitator_id) or may_plan_seances(reader, space_id)
