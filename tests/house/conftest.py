"""What several tests of the house lean on."""

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.actions import INVITATION_LIVES
from rex.collectifs.models import Collectif, College, Invitation, Service
from rex.db import Database, new_public_id
from rex.journal.models import Stance
from rex.referentiel.models import OwnBalise
from tests.cast import Cast
from tests.digests.letters import addresses as addresses_of_letters
from tests.documents.making import make_import
from tests.journal.acting_together import make_note, make_rereading
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_file, make_group, make_recit, make_recognition, make_report, seat_id
from tests.peer_groups.groups import make_decision, make_opening, place_id
from tests.seances.meeting import make_said, make_seance
from tests.tensions.telling import addresses as addresses_of_tensions
from tests.trends.beside import addresses as addresses_beside_figures
from tests.versements.leaving import make_versement


@pytest.fixture
def ids(database: Database, cast: Cast) -> dict[str, str]:
    """Something real of Valombre for each variable of an address."""
    made = make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    exchange = make_exchange(database, cast.camille, made.public_id, "Qui d’autre était là ?")
    with database.system("what Valombre has", write=True) as session:
        place = cast.valombre_id
        own = OwnBalise(collectif_id=place, slug="la-pente", label="La pente", title="Tenir compte de la pente")
        until = clock.now() + INVITATION_LIVES
        session.add(own)
        session.add(Invitation(token_hash="0" * 64, collectif_id=place, college=College.TIERS, expires_at=until))
        session.flush()
        found = {
            "collectif": session.scalars(select(Collectif.slug).where(Collectif.id == cast.valombre_id)).one(),
            "collectif_id": session.scalars(select(Collectif.public_id).where(Collectif.id == cast.valombre_id)).one(),
            "service_id": session.scalars(select(Service.public_id).where(Service.collectif_id == cast.valombre_id)).first() or "",
            "invitation_id": session.scalars(select(Invitation.public_id)).one(),
            "balise": own.slug,
        }
    note = make_note(database, cast.camille, made, make_recit(database, cast.bruno, action=made.action_public_id))
    group = make_group(database, cast.camille, cast.dora)
    told = make_recit(database, cast.camille, "Ce que je porte", group=group.id)
    seance, group_seance = make_seance(database, cast.ana), make_seance(database, cast.camille, group.public_id)
    found |= addresses_of_letters(database, cast, made, group.id, told)
    found |= addresses_beside_figures(database, cast)
    return found | addresses_of_tensions(database, cast) | {
        "group_id": group.public_id,
        "decision_id": make_decision(database, cast.camille, group.id),
        "member_id": place_id(database, group.id, cast.dora),
        "opening_id": make_opening(database, group.id, cast.bruno, accepted_at=None),
        "seance_id": seance.public_id,
        "said_id": make_said(database, cast.camille, seance),
        "versement_id": make_versement(database, cast.camille, group.id, told.public_id),
        "group_seance_id": group_seance.public_id,
        "group_said_id": make_said(database, cast.camille, group_seance),
        "recit_id": made.public_id,
        "entry_id": made.public_id,
        "ending": "md",
        "sheet": "csv",
        "batch": make_import(database, cast.camille),
        "file_id": make_file(database, cast.camille, made),
        "report_id": make_report(database, cast.dora, made.public_id),
        "recognition_id": make_recognition(database, cast.camille, cast.dora),
        "difficulty_id": make_difficulty(database, cast.camille).public_id,
        "exchange_id": exchange,
        "note_id": note,
        "kind": "note",
        "text_id": note,
        "rereading_id": make_rereading(database, cast.camille, made),
        "action_id": made.action_public_id,
        "seat_id": seat_id(database, cast.camille, cast.valombre_id),
        "user_id": cast.camille.public_id,
        "device_id": new_public_id(),
        "slug": "faits",
        "audience": "collectif",
        "number": "1",
        "section": "faits",
        "code": "C1",
    }
