"""What is kept of a person beside their texts: their account, their devices, their places, how they are written to."""

from collections.abc import Iterable

from sqlalchemy import select

from rex.access import Reader
from rex.collectifs.entrance_models import Device
from rex.collectifs.group_models import GroupMember, GroupRole
from rex.collectifs.models import Collectif, Credential, Invitation, Membership, Service, User
from rex.db import RexSession
from rex.departures.models import AccountEnding
from rex.departures.said import APPEARANCES, RHYTHMS
from rex.departures.writing import Thing, both
from rex.departures.zipping import Member
from rex.digests.models import DigestRefusal
from rex.notices.models import NoticeSettings, Rhythm

FOLDER = "compte"


def account_members(session: RexSession, reader: Reader) -> Iterable[Member]:
    with session.as_system("a person takes along what is kept of them"):
        account, devices, places, groups = (make(session, reader.user_id) for make in (_account, _devices, _places, _groups))
        invited = _invitations(session, reader.user_id)
    yield from both(f"{FOLDER}/compte", "Mon compte", account)
    yield from both(f"{FOLDER}/appareils", "Mes appareils", devices)
    yield from both(f"{FOLDER}/places", "Mes places dans des journaux", places)
    yield from both(f"{FOLDER}/groupes", "Mes places dans des groupes de pairs", groups)
    yield from both(f"{FOLDER}/invitations-a-entrer", "Mes invitations à entrer, et celles que j’ai faites", invited)


def _account(session: RexSession, user_id: int) -> list[Thing]:
    user = session.scalars(select(User).where(User.id == user_id)).one()
    credential = session.scalars(select(Credential).where(Credential.user_id == user_id)).one()
    mails = session.scalars(select(NoticeSettings).where(NoticeSettings.user_id == user_id)).first()
    ending = session.scalars(select(AccountEnding).where(AccountEnding.user_id == user_id)).first()
    return [
        {
            "nom": user.name,
            "adresse": credential.address,
            "compte ouvert le": user.created_at,
            "mot de passe changé le": credential.changed_at,
            "apparence": APPEARANCES[user.theme.value],
            "administre l’installation": user.is_admin,
            "rythme des e-mails": RHYTHMS[mails.rhythm if mails else Rhythm.DAILY],
            "sans e-mail pour les groupes": bool(mails and mails.silences_groups),
            "dernier e-mail groupé le": mails.told_at if mails else None,
            "suppression demandée le": ending.asked_at if ending else None,
            "suppression prévue le": ending.due_at if ending else None,
        }
    ]


def _devices(session: RexSession, user_id: int) -> list[Thing]:
    rows = session.scalars(select(Device).where(Device.user_id == user_id).order_by(Device.id))
    return [
        {"appareil": one.label, "connecté le": one.created_at, "vu le": one.seen_at, "déconnecté au plus tard le": one.expires_at}
        for one in rows
    ]


def _places(session: RexSession, user_id: int) -> list[Thing]:
    refused = set(session.scalars(select(DigestRefusal.collectif_id).where(DigestRefusal.user_id == user_id)))
    rows = session.execute(
        select(Membership, Collectif.name, Service.name)
        .join(Collectif, Collectif.id == Membership.collectif_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.id)
    )
    return [
        {
            "journal": journal,
            "collège": place.college.label,
            "service": service or "",
            "fonction": place.title,
            "rôle": place.role.label,
            "depuis le": place.created_at,
            "jusqu’au": place.ended_at,
            "sans la lettre par e-mail": place.collectif_id in refused,
        }
        for place, journal, service in rows
    ]


def _groups(session: RexSession, user_id: int) -> list[Thing]:
    """When they came and left; nothing of the groups, not even a name, which their members wrote."""
    rows = session.scalars(select(GroupMember).where(GroupMember.user_id == user_id).order_by(GroupMember.id))
    return [
        {
            "arrivée le": one.arrived_at,
            "départ le": one.left_at,
            "responsable": one.role is GroupRole.RESPONSABLE,
            "dernière visite le": one.seen_at,
            "version du pacte acceptée": one.pacte_version,
        }
        for one in rows
    ]


def _invitations(session: RexSession, user_id: int) -> list[Thing]:
    used = select(Invitation, Collectif.name).join(Collectif, Collectif.id == Invitation.collectif_id)
    rows = session.execute(used.where(Invitation.used_by_id == user_id).order_by(Invitation.id))
    found: list[Thing] = [
        {"journal": journal, "pour": one.name, "à l’adresse": one.address, "faite le": one.created_at, "suivie le": one.used_at}
        for one, journal in rows
    ]
    made = session.execute(used.where(Invitation.invited_by_id == user_id).order_by(Invitation.id))
    return found + [{"invitation que j’ai faite pour": journal, "le": one.created_at} for one, journal in made]
