"""« Signaler » on the texts of a séance: in a group, for its responsables who read the text; in a collectif, for its animateurs."""

import pytest
from sqlalchemy import select, update

from rex.collectifs.group_models import GroupMember, GroupRole
from rex.db import Database
from rex.reports.lines import RECENT
from rex.reports.models import Report
from rex.seances.models import Contribution, Depot, Seance, SeanceText, Step, Takeaway
from tests.cast import Cast
from tests.making import make_group, make_recit, make_report
from tests.peer_groups.test_sealing import as_kept, join
from tests.seances.meeting import MadeSeance, at_step, deposit, make_said, make_seance, open_depots

WORDS = "Ce passage désigne quelqu’un."
WHY = "Le gardien est reconnaissable."
CANARY = "Quetzalcoatl"


@pytest.fixture
def room(database: Database, cast: Cast):
    """Dora and Inès look after it, Camille and Bruno are members; Noor, a responsable too, comes after the séance began."""
    group = make_group(database, cast.dora, cast.ines, cast.camille, cast.bruno)
    made = make_seance(database, cast.dora, group.public_id, title="")
    with database.system("they look after it", write=True) as session:
        session.execute(update(GroupMember).where(GroupMember.user_id == cast.ines.id).values(role=GroupRole.RESPONSABLE))
    return group, made


def report_id(database: Database) -> str:
    with database.system("the last report") as session:
        return session.scalars(select(Report.public_id).order_by(Report.id.desc())).first() or ""


def one_id(database: Database, model: type[Depot | Takeaway]) -> str:
    with database.system("the one text of a kind") as session:
        return session.scalars(select(model.public_id)).one()


def main_of(visit, who: str, path: str) -> str:
    """What a page says, under the bar of the room, which names all its members."""
    page = visit.as_(who).get(path, follow_redirects=True).get_data(as_text=True)
    return page.split("<main")[1].split("</main>")[0].split("room-print")[-1]


def times_found(visit, url: str, word: str) -> int:
    return main_of(visit, "bruno", f"{url}/recherche?q={word}").count(word)


def placed(database: Database, cast: Cast, visit, made: MadeSeance, kind: str) -> tuple[str, str]:
    """A text of this kind by Camille; (its address for « Signaler », the page that it is on)."""
    client = visit.as_("camille")
    if kind == "depot":
        deposit(client, made, CANARY)
        open_depots(database, made)
        return f"/signaler/seance/depot/{one_id(database, Depot)}", made.url
    if kind == "dit":
        said = make_said(database, cast.camille, made, CANARY)
        at_step(database, made, Step.QUESTIONS)
        return f"/signaler/seance/dit/{said}", made.url
    at_step(database, made, Step.GARDER)
    assert client.send(f"{made.url}/garder", {"texte": CANARY}).status_code == 303
    return f"/signaler/seance/emporte/{one_id(database, Takeaway)}", made.url


@pytest.mark.parametrize("kind", ["depot", "dit", "emporte"])
def test_reported_suspended_given_back(database: Database, cast: Cast, room, visit, kind: str) -> None:
    group, made = room
    address, page = placed(database, cast, visit, made, kind)
    board = f"{group.url}/signalements"
    assert address in main_of(visit, "bruno", page) and address not in main_of(visit, "camille", page)
    form = main_of(visit, "bruno", address)
    assert CANARY in form and "Dora Lenoir et Inès Carle" in form and "responsables de ce groupe" in form
    assert "est le vôtre" in main_of(visit, "camille", address)
    assert visit.as_("camille").send(address, {"motif": WORDS}).status_code == 422, "one's own"
    assert visit.as_("bruno").send(address, {"motif": " "}).status_code == 422
    assert visit.as_("bruno").send(address, {"motif": WORDS}).status_code == 303
    assert visit.as_("bruno").send(address, {"motif": WORDS}).status_code == 303, "twice is once"
    join(database, group.id, cast.noor)
    with database.system("a responsable who came later", write=True) as session:
        assert len(session.scalars(select(Report)).all()) == 1
        session.execute(update(GroupMember).where(GroupMember.user_id == cast.noor.id).values(role=GroupRole.RESPONSABLE))
    assert WORDS not in as_kept(database)
    for who in ("ana", "admin", "paul"):
        assert visit.as_(who).get(address).status_code == 404 and visit.as_(who).get(board).status_code == 404, who
    assert visit.as_("camille").get(board).status_code == 403
    links = {who: f'href="{board}"' in main_of(visit, who, group.url) for who in ("dora", "ines", "bruno", "camille", "noor")}
    assert links == {"dora": True, "ines": True, "bruno": False, "camille": False, "noor": False}, "one finds the way to it"
    assert "désigne quelqu" in main_of(visit, "dora", board) and CANARY in main_of(visit, "ines", board)
    assert "désigne" not in main_of(visit, "noor", board), "she does not read that text"
    act = f"{board}/{report_id(database)}/suspension"
    assert visit.as_("noor").send(act, {"raison": WHY}).status_code == 404
    assert visit.as_("ines").send(act, {"raison": ""}).status_code == 422
    assert visit.as_("ines").send(act, {"raison": WHY}).status_code == 303
    assert CANARY not in as_kept(database) and WHY not in as_kept(database)
    for who in ("bruno", "dora", "ines"):
        said = main_of(visit, who, page)
        assert CANARY not in said and "suspendu par un responsable du groupe" in said and "reconnaissable" not in said, who
    mine = main_of(visit, "camille", page)
    assert CANARY in mine and "reconnaissable" in mine
    assert times_found(visit, group.url, CANARY) == times_found(visit, group.url, "Introuvable"), "in the field alone"
    assert visit.as_("bruno").get(address).status_code == 404, "there is nothing left to report"
    if kind == "depot":
        begun = visit.as_("camille").send(f"{group.url}/versements", {"depot": address.rsplit("/")[-1]})
        assert begun.status_code == 404, "it does not leave the group meanwhile"
    with database.system("which text") as session:
        text_id = session.scalars(select(SeanceText.public_id)).one()
    back = f"{group.url}/suspendus/seance/{text_id}/retablissement"
    for who, status in (("camille", 403), ("noor", 404), ("ana", 404), ("dora", 303)):
        assert visit.as_(who).send(back).status_code == status, who
    assert CANARY in main_of(visit, "bruno", page)
    assert times_found(visit, group.url, CANARY) > times_found(visit, group.url, "Introuvable")
    assert "a rétabli" in main_of(visit, "ines", board)


def test_nobody_judges_a_text_of_theirs(database: Database, cast: Cast, room, visit) -> None:
    """Dora, who set the séance and wrote its note, is told of nothing; Inès judges."""
    group, made = room
    address = f"/signaler/seance/preparation/{made.public_id}"
    assert "Dora" not in main_of(visit, "bruno", address).split("Lu par")[1].split("</p>")[0]
    assert visit.as_("bruno").send(address, {"motif": WORDS}).status_code == 303
    board = f"{group.url}/signalements"
    assert "désigne" in main_of(visit, "ines", board) and "désigne" not in main_of(visit, "dora", board)
    act = f"{board}/{report_id(database)}"
    assert visit.as_("dora").send(f"{act}/suspension", {"raison": WHY}).status_code == 404
    assert visit.as_("ines").send(f"{act}/suspension", {"raison": WHY}).status_code == 303
    page = main_of(visit, "bruno", f"{made.url}/preparer")
    assert "Note suspendue" in page and "tour de table" not in page
    mine = main_of(visit, "dora", f"{made.url}/preparer")
    assert "tour de table" in mine and "reconnaissable" in mine, "she wrote it"
    form = main_of(visit, "dora", f"{made.url}/modifier")
    assert "sont suspendus" in form and 'name="preparation"' not in form
    with database.system("which text") as session:
        text_id = session.scalars(select(SeanceText.public_id)).one()
    assert visit.as_("dora").send(f"{group.url}/suspendus/seance/{text_id}/retablissement").status_code == 403
    assert visit.as_("ines").send(f"{group.url}/suspendus/seance/{text_id}/retablissement").status_code == 303
    assert "tour de table" in main_of(visit, "bruno", f"{made.url}/preparer")


def test_left_as_it_is_and_the_compte_rendu_of_a_collectif(database: Database, cast: Cast, visit) -> None:
    """In a collectif its animateurs judge: Ana set it, Bruno leads and writes; what she leaves stands."""
    made = make_seance(database, cast.ana, lead=cast.bruno)
    at_step(database, made, Step.GARDER)
    assert visit.as_("bruno").send(f"{made.url}/compte-rendu", {"texte": CANARY}).status_code == 303
    at_step(database, made, Step.CLOSE)
    address = f"/signaler/seance/compte-rendu/{made.public_id}"
    assert address in main_of(visit, "camille", made.url)
    assert "qui anime ce journal" in main_of(visit, "camille", address)
    assert visit.as_("camille").send(address, {"motif": WORDS}).status_code == 303
    board = "/c/valombre/signalements"
    assert "désigne" in main_of(visit, "ana", board)
    assert visit.as_("ana").send(f"{board}/{report_id(database)}/classement").status_code == 303
    assert "a rien changé à" in main_of(visit, "ana", board) and CANARY in main_of(visit, "camille", made.url)
    assert visit.as_("dora").send(address, {"motif": WORDS}).status_code == 303
    assert visit.as_("ana").send(f"{board}/{report_id(database)}/suspension", {"raison": WHY}).status_code == 303
    assert CANARY not in main_of(visit, "camille", made.url)
    assert "Compte rendu suspendu par l" in main_of(visit, "camille", made.url)
    assert CANARY in main_of(visit, "bruno", made.url)
    late = visit.as_("bruno").send(f"{made.url}/compte-rendu", {"texte": "Un autre."})
    assert late.status_code == 409 and "est suspendu" in late.get_data(as_text=True)


def test_a_suspended_text_stays_on_the_board_however_much_is_done_after(database: Database, cast: Cast, visit) -> None:
    made = make_seance(database, cast.ana, lead=cast.bruno)
    at_step(database, made, Step.GARDER)
    assert visit.as_("bruno").send(f"{made.url}/compte-rendu", {"texte": CANARY}).status_code == 303
    at_step(database, made, Step.CLOSE)
    assert visit.as_("camille").send(f"/signaler/seance/compte-rendu/{made.public_id}", {"motif": WORDS}).status_code == 303
    board, ana = "/c/valombre/signalements", visit.as_("ana")
    assert ana.send(f"{board}/{report_id(database)}/suspension", {"raison": WHY}).status_code == 303
    for rank in range(RECENT + 1):
        reported = make_report(database, cast.dora, make_recit(database, cast.camille, f"Récit {rank}").public_id)
        assert ana.send(f"{board}/{reported}/classement").status_code == 303
    page = main_of(visit, "ana", board)
    assert "a suspendu" not in page, "the last acts are others"
    assert WHY in page and "Rétablir" in page
    public_id = page.partition("/suspendus/")[2].partition("/retablissement")[0]
    assert ana.send(f"/c/valombre/suspendus/{public_id}/retablissement").status_code == 303
    assert CANARY in main_of(visit, "camille", made.url)


def test_a_suspended_text_waits_as_it_is(database: Database, cast: Cast, room, visit) -> None:
    """Its author does not take it back nor write over it; nobody keeps a suspended dépôt."""
    group, made = room
    address, _ = placed(database, cast, visit, made, "depot")
    assert visit.as_("bruno").send(address, {"motif": WORDS}).status_code == 303
    assert visit.as_("ines").send(f"{group.url}/signalements/{report_id(database)}/suspension", {"raison": WHY}).status_code == 303
    kept = visit.as_("dora").send(f"{made.url}/retenir", {"depot": address.rsplit("/", 1)[1]})
    assert kept.status_code == 422
    with database.system("where it is") as session:
        assert session.scalars(select(Seance.step).where(Seance.id == made.id)).one() is Step.DEPOSER
    said, _ = placed(database, cast, visit, made, "dit")
    assert visit.as_("bruno").send(said, {"motif": WORDS}).status_code == 303
    assert visit.as_("ines").send(f"{group.url}/signalements/{report_id(database)}/suspension", {"raison": WHY}).status_code == 303
    late = visit.as_("camille").send(f"{made.url}/dits/{said.rsplit('/', 1)[1]}/retrait")
    assert late.status_code == 409
    with database.system("still there") as session:
        assert len(session.scalars(select(Contribution)).all()) == 1
    taken, _ = placed(database, cast, visit, made, "emporte")
    assert visit.as_("bruno").send(taken, {"motif": WORDS}).status_code == 303
    assert visit.as_("ines").send(f"{group.url}/signalements/{report_id(database)}/suspension", {"raison": WHY}).status_code == 303
    late = visit.as_("camille").send(f"{made.url}/garder", {"texte": "Autre chose, à copier."})
    assert late.status_code == 409 and "Autre chose, à copier." in late.get_data(as_text=True)
    assert "dans le champ" not in late.get_data(as_text=True)
