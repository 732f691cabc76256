"""The cast: who they are says what they may read.

Valombre: camille and bruno (Voirie), dora (the DGS), ana (animatrice), paul (élu), jeanne (a parent), noor (also in Orbe).
Orbe: ines, and noor. admin@ administers and belongs nowhere; gael was a member of Valombre and no longer is; clara closed her
account."""

from dataclasses import dataclass

from rex import clock
from rex.collectifs.models import Collectif, College, Credential, Membership, Role, Service, ServiceKind, User
from rex.collectifs.passwords import hash_password
from rex.db import RexSession

PASSWORD = "des-mots-de-passe-longs"


@dataclass(frozen=True)
class Person:
    id: int
    public_id: str
    name: str
    address: str


@dataclass(frozen=True)
class Cast:
    people: dict[str, Person]
    valombre_id: int
    orbe_id: int
    service_ids: dict[str, int]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


SEATS = [
    # key, name, [(collectif, collège, service, fonction, role)]
    ("camille", "Camille Roy", [("valombre", College.SERVICE, "Voirie", "agente", Role.MEMBRE)]),
    ("bruno", "Bruno Maréchal", [("valombre", College.SERVICE, "Voirie", "chef d’équipe", Role.MEMBRE)]),
    ("dora", "Dora Lenoir", [("valombre", College.SERVICE, "Direction générale", "directrice générale", Role.MEMBRE)]),
    ("ana", "Ana Belmonte", [("valombre", College.SERVICE, "Vie associative", "animatrice", Role.ANIMATEUR)]),
    ("paul", "Paul Weiss", [("valombre", College.ELU, None, "élu aux mobilités", Role.MEMBRE)]),
    ("jeanne", "Jeanne Lartigue", [("valombre", College.HABITANT, "Parents du Faubourg", "", Role.MEMBRE)]),
    (
        "noor",
        "Noor Haddad",
        [
            ("valombre", College.TIERS, None, "chercheuse", Role.MEMBRE),
            ("orbe", College.TIERS, None, "chercheuse", Role.MEMBRE),
        ],
    ),
    ("ines", "Inès Carle", [("orbe", College.SERVICE, "Eau", "", Role.ANIMATEUR)]),
    ("admin", "Alix Admin", []),
    ("gael", "Gaël Parti", [("valombre", College.SERVICE, "Voirie", "", Role.MEMBRE)]),
    ("clara", "Clara Close", [("valombre", College.SERVICE, "Voirie", "", Role.MEMBRE)]),
]


def settle(session: RexSession) -> Cast:
    """Put the cast in an empty base."""
    collectifs = {}
    for slug, name in (("valombre", "Ville de Valombre"), ("orbe", "Pays de l’Orbe")):
        collectifs[slug] = Collectif(slug=slug, name=name)
        session.add(collectifs[slug])
        session.flush()
        session.keyring.create(collectifs[slug].key_name)
    session.keyring.create("installation")
    services: dict[str, Service] = {}
    people, password_hash = {}, hash_password(PASSWORD, quick=True)
    for key, name, seats in SEATS:
        user = User(name=name, is_admin=key == "admin")
        session.add(user)
        session.flush()
        session.add(Credential(user_id=user.id, address=f"{key}@exemple.fr", password_hash=password_hash))
        people[key] = Person(user.id, user.public_id, name, f"{key}@exemple.fr")
        for slug, college, service_name, title, role in seats:
            collectif = collectifs[slug]
            if service_name and service_name not in services:
                service = Service(collectif_id=collectif.id, kind=ServiceKind.SERVICE)
                service.rename(service_name)
                session.add(service)
                session.flush()
                services[service_name] = service
            session.add(
                Membership(
                    user_id=user.id,
                    collectif_id=collectif.id,
                    service_id=services[service_name].id if service_name else None,
                    college=college,
                    role=role,
                    title=title,
                    ended_at=clock.now() if key == "gael" else None,
                )
            )
        if key == "clara":
            user.closed_at = clock.now()
    session.flush()
    service_ids = {name: service.id for name, service in services.items()}
    return Cast(people, collectifs["valombre"].id, collectifs["orbe"].id, service_ids)
