"""Out and in again: what comes back is what left, on the other engine too, under the same identifiers or under others."""

import zipfile

import pytest
from sqlalchemy import func, select

from rex import check
from rex.access import Reader, visible_finds
from rex.archives.models import ArchiveArrival, ArchivedPerson
from rex.archives.shape import KINDS, TEXTS
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Collectif, Credential, Membership, User
from rex.journal.attachment_models import Attachment
from rex.journal.models import Audience, Entry, EntryKind, Recit, Revision, Section
from rex.text import to_html
from tests.archives.travelling import changed, lines_of, rewritten, take_in, take_out

COMPARED = [kind for kind in KINDS if kind not in ("fichiers", "personnes")]  # made anew; and see the addresses


def test_what_left_comes_back(database, archive, tmp_path):
    """From SQLite to this engine, into a base that holds other collectifs."""
    sent = lines_of(archive)
    brought = take_in(database, archive, "ailleurs")
    assert brought.texts == sum(len(sent[kind]) for kind in TEXTS)
    back = lines_of(take_out(database, "ailleurs", tmp_path / "back.zip"))
    for kind in COMPARED:
        expected = [line | {"slug": "ailleurs"} for line in sent[kind]] if kind == "collectif" else sent[kind]
        assert back[kind] == expected, kind
    people = [{name: value for name, value in line.items() if name != "adresse"} for line in sent["personnes"]]
    assert back["personnes"] == people
    made_anew = {"taille", "sha256"}
    for one, other in zip(sent["fichiers"], back["fichiers"], strict=True):
        assert {k: v for k, v in one.items() if k not in made_anew} == {k: v for k, v in other.items() if k not in made_anew}
    assert check.faults(database) == []
    with database.system("nothing of the journey is left") as session:
        assert session.scalar(select(func.count()).select_from(ArchiveArrival)) == 0


def test_the_pages_for_people_come_back_too(demo, slug, database, archive, tmp_path):
    take_in(database, archive, "ailleurs")
    with zipfile.ZipFile(archive) as sent, zipfile.ZipFile(take_out(database, "ailleurs", tmp_path / "back.zip")) as back:
        names = [name for name in sent.namelist() if name.startswith("recits/")]
        assert names and [name for name in back.namelist() if name.startswith("recits/")] == names
        assert [name for name in names if sent.read(name) != back.read(name)] == []


def test_in_the_installation_it_left_all_get_other_identifiers(demo, slug, archive, tmp_path, database):
    """Imported twice: the second time each identifier is taken, and links between texts follow."""
    sent = lines_of(archive)
    one, other = sent["recits"][0], sent["recits"][1]

    def link(lines):
        lines[0]["sections"][0]["texte"] = f"Voir [l’autre](/recits/{other['id']}) et [ailleurs](/recits/AAAAAAAAAAAAAAAA)."

    linked = changed(archive, tmp_path / "linked.zip", rewritten("recits", link))
    take_in(database, linked, "un")
    take_in(database, linked, "deux")
    first, second = (lines_of(take_out(database, name, tmp_path / f"{name}.zip")) for name in ("un", "deux"))
    assert first["recits"][0]["id"] == one["id"]
    ids = [{line["id"] for kind in KINDS for line in back[kind]} for back in (first, second)]
    assert ids[0] & ids[1] == set() and len(ids[0]) == len(ids[1])
    assert f"(/recits/{second['recits'][1]['id']})" in second["recits"][0]["sections"][0]["texte"]
    assert "(/recits/AAAAAAAAAAAAAAAA)" in second["recits"][0]["sections"][0]["texte"], "what the archive does not hold stays"
    shown = next(line["texte"] for recit in second["recits"] for line in recit["sections"] if "/fichiers/" in line["texte"])
    assert f"(/fichiers/{second['fichiers'][0]['id']}#" in shown
    plain = [[(line["titre"], line["publie_le"], len(line["balises"])) for line in back["recits"]] for back in (first, second)]
    assert plain[0] == plain[1]
    assert check.faults(database) == []


def test_links_with_the_former_address_lead_here(database, archive, tmp_path):
    other = lines_of(archive)["recits"][1]["id"]

    def link(lines):
        lines[0]["sections"][0]["texte"] = f"https://rex.avant.fr/recits/{other} et https://autre.fr/recits/{other}"

    def place(members):
        members["manifest.json"] = members["manifest.json"].replace(b'"adresse": ""', b'"adresse": "https://rex.avant.fr"')
        rewritten("recits", link)(members)

    take_in(database, changed(archive, tmp_path / "linked.zip", place), "un")
    words = lines_of(take_out(database, "un", tmp_path / "un.zip"))["recits"][0]["sections"][0]["texte"]
    assert words == f"/recits/{other} et https://autre.fr/recits/{other}"


def reader_in(database, slug: str, name: str) -> Reader:
    """The account of a member of an imported collectif, opened."""
    with database.system("open an account", write=True) as session:
        user = session.scalars(select(User).join(Membership).join(Collectif).where(Collectif.slug == slug, User.name == name)).one()
        user.closed_at = None
        session.flush()
        return as_readers(session, [user.id])[user.id]


def test_people_are_names_until_somebody_opens_their_account(database, archive, cast, visit):
    """Nobody enters with the accounts of an archive, and they count among no readers; opened, one finds their place again."""
    people = lines_of(archive)["personnes"]
    take_in(database, archive, "ailleurs")
    with database.system("who came") as session:
        here = select(User).join(ArchivedPerson, ArchivedPerson.user_id == User.id)
        came = session.scalars(here).all()
        assert len(came) >= len(people) and all(user.closed_at is not None and not user.is_admin for user in came)
        owned = select(Credential.user_id).where(Credential.user_id.in_([user.id for user in came]))
        assert session.scalars(owned).all() == []
    animateur = next(line for line in people if line["role"] == "animateur")
    reader = reader_in(database, "ailleurs", animateur["nom"])
    client = visit.as_(None)
    client.enter(reader.user_id)
    page = client.get("/c/ailleurs/membres").get_data(as_text=True)
    assert animateur["nom"] in page and page.count('class="person') <= 3
    recit = next(line for line in lines_of(archive)["recits"] if line["auteurs"])
    assert recit["auteurs"][0]["nom"] in client.get(f"/recits/{recit['id']}").get_data(as_text=True)
    with database.session(reader) as session:
        found = session.scalars(visible_finds(reader)).all()
        assert len({row.entry_id for row in found}) > 80, "the search knows what came"


def test_people_find_their_place_by_their_address(database, archive, cast, tmp_path):
    people = lines_of(archive)["personnes"]
    mine = people[3]["id"]

    def address(lines):
        next(line for line in lines if line["id"] == mine)["adresse"] = cast.camille.address.upper()

    hers = changed(archive, tmp_path / "hers.zip", rewritten("personnes", address))
    brought = take_in(database, hers, "ailleurs", by_address=True)
    assert brought.matched == 1
    with database.system("who came") as session:
        seat = as_readers(session, [cast.camille.id])[cast.camille.id].in_collectif("ailleurs")
        assert seat is not None and seat.title == people[3]["fonction"]
        assert session.scalar(select(User.closed_at).where(User.id == cast.camille.id)) is None
        other = session.scalars(select(Credential.user_id).where(Credential.address == people[4]["adresse"])).one()
        assert session.scalar(select(User.closed_at).where(User.id == other)) is not None, "kept for whoever has it, closed"


def test_without_the_word_addresses_open_nothing(database, archive, cast, tmp_path):
    def address(lines):
        lines[3]["adresse"] = cast.camille.address

    assert take_in(database, changed(archive, tmp_path / "hers.zip", rewritten("personnes", address)), "ailleurs").matched == 0
    with database.system("who came") as session:
        assert as_readers(session, [cast.camille.id])[cast.camille.id].in_collectif("ailleurs") is None


def test_words_are_cleaned_as_all_words_are(database, archive, tmp_path):
    evil = "Bonjour <script>alert(1)</script> [ici](javascript:fuite) \u202ehcir ![x](https://trace.fr/x.png)"

    def write(lines):
        lines[0]["sections"][0]["texte"] = evil

    take_in(database, changed(archive, tmp_path / "evil.zip", rewritten("recits", write)), "ailleurs")
    with database.system("what is kept") as session:
        html = session.scalars(select(Section.html).where(Section.source.startswith("Bonjour <script>"))).one()
    assert html == to_html(evil)
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html and "\u202e" not in html


@pytest.mark.parametrize("kind", ["recits", "difficultes"])
def test_what_was_open_to_the_reseau_is_again(database, archive, kind):
    wide = {line["id"] for line in lines_of(archive)[kind] if line["audience"] == "reseau"}
    take_in(database, archive, "ailleurs")
    with database.system("what is open") as session:
        which = Entry.kind == (EntryKind.RECIT if kind == "recits" else EntryKind.DIFFICULTY)
        query = select(Entry.public_id).where(Entry.audience == Audience.RESEAU, which)
        assert wide and set(session.scalars(query)) == wide


def test_authors_have_a_first_version_and_files_their_bytes(database, archive, visit):
    take_in(database, archive, "ailleurs")
    with database.system("what came") as session:
        recits = session.scalars(select(Recit.id)).all()
        assert session.scalar(select(func.count()).select_from(Revision)) == len(recits)
        files = session.scalars(select(Attachment)).all()
        assert [len(session.files.read(row.key_name, row.public_id)) for row in files] == [row.size for row in files]


def test_who_administers_opens_an_account_that_has_an_address_alone(database, archive, visit):
    """The others stand for a name: opened, they would count among readers, and nobody could enter."""
    name = lines_of(archive)["personnes"][0]["nom"]
    for slug, by_address in (("sans", False), ("avec", True)):
        take_in(database, archive, slug, by_address=by_address)
    admin = visit.as_("admin")
    page = admin.get(f"/administration/comptes?q={name}").get_data(as_text=True)
    assert page.count("Sans adresse, personne n’y entre") == 1 and page.count("Rouvrir") == 1
    with database.system("the accounts of that name") as session:
        rows = session.execute(select(User.public_id, Credential.address).outerjoin(Credential).where(User.name == name)).all()
    answers = {address is not None: admin.send(f"/administration/comptes/{code}/reouverture").status_code for code, address in rows}
    assert answers == {True: 303, False: 404}
