"""What is not an archive, or means harm, is refused with one sentence, and nothing of it is left."""

import hashlib
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from rex.archives import arriving
from rex.archives.arriving import abandon
from rex.archives.models import ArchivedPerson
from rex.archives.shape import KINDS, MANIFEST, SUMS, member_of
from rex.cli import main
from rex.collectifs.models import Membership, Space, User
from rex.journal.models import Authorship, Entry
from rex.refusals import Refused
from tests.archives.travelling import changed, lines_of, rewritten, take_in
from tests.making import contents

EVIL = 'x"><script>alert(1)</script>'
DAMAGED = "est abîmé, ou n’est pas l’archive d’un collectif de REX"


def left(database) -> tuple[dict[str, Any], list[str], list[str]]:
    """Every row, every key, every file."""
    return contents(database), database.keyring.names(), sorted(name for name, _ in database.files.names())


def refuses(database, path: Path, sentence: str = DAMAGED) -> None:
    before = left(database)
    with pytest.raises(Refused, match=sentence):
        take_in(database, path, "ailleurs")
    after = left(database)
    assert {name for name in before[0] if before[0][name] != after[0][name]} <= {"lease"} and before[1:] == after[1:]


def set_manifest(**values):
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | values).encode()

    return change


def add(name: str, content: bytes = b"x"):
    return lambda members: members.update({name: content})


def corrupt(members: dict[str, bytes]) -> None:
    members[member_of("recits")] = members[member_of("recits")].replace(b"publie_le", b"publie_la", 1)


def without(name: str):
    return lambda members: members.pop(name)


@pytest.mark.parametrize(
    ("act", "sums", "sentence"),
    [
        (set_manifest(format="rex-collectif-4"), False, "mettez le programme à jour"),
        (set_manifest(format="rex-sauvegarde-1"), False, DAMAGED),
        (set_manifest(lignes={"recits": 10**12}), False, DAMAGED),
        (set_manifest(lignes={kind: 10**12 for kind in KINDS}), False, DAMAGED),
        (set_manifest(adresse=None), True, DAMAGED),
        (add(MANIFEST, b"[" * 60_000), False, DAMAGED),
        (corrupt, False, DAMAGED),
        (corrupt, True, DAMAGED),
        (without(SUMS), False, DAMAGED),
        (without(member_of("notes")), False, DAMAGED),
        (add("../../../tmp/sorti.md"), True, DAMAGED),
        (add("/etc/passwd"), True, DAMAGED),
        (add("recits/../../sorti.md"), True, DAMAGED),
        (add("recits\\..\\sorti.md"), True, DAMAGED),
        (add("fichiers/un-fichier-de-trop.png"), True, DAMAGED),
        (add(member_of("recits"), b"[" * 100_000 + b"\n"), True, DAMAGED),
        (add(member_of("recits"), b"{}"), True, DAMAGED),
        (add(member_of("recits"), b"\xff\xfe\n"), True, DAMAGED),
        (add(member_of("recits"), b'{"id": ' + b"9" * 6000 + b"}\n"), True, DAMAGED),
        (add("recits/bombe.md", bytes(300 * 1024 * 1024)), True, DAMAGED),
    ],
    ids=lambda value: getattr(value, "__qualname__", str(value))[:24],
)
def test_what_is_wrong_is_seen_before_anything_is_written(database, archive, tmp_path, act, sums, sentence):
    refuses(database, changed(archive, tmp_path / "wrong.zip", act, sums=sums), sentence)


def first(**values):
    return lambda lines: lines[0].update(values)


def twice(lines):
    lines.append(lines[0])


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("collectif", first(fuseau="Mars/Olympus")),
        ("collectif", first(slug="../admin")),
        ("collectif", twice),
        ("recits", first(audience="groupe")),
        ("recits", first(publie_le="2026-01-01")),
        ("recits", first(publie_le="9999-12-31T23:59:59+00:00")),
        ("recits", first(titre="x" * 201)),
        ("recits", first(sections=[])),
        ("recits", first(sections=[{"slug": "faits", "titre": "A", "texte": "x" * 200_001}])),
        ("recits", first(sections=[{"slug": EVIL, "titre": "A", "texte": "x"}])),
        ("recits", first(sections=[{"slug": "x" * 41, "titre": "A", "texte": "x"}])),
        ("collectif", first(canevas=[{"slug": EVIL, "titre": "A", "aide": "", "ouverte": True}])),
        ("collectif", first(canevas=[{"slug": "a", "titre": "A", "aide": "", "ouverte": True}] * 2)),
        ("difficultes", first(section=EVIL)),
        ("echanges", first(section_citee=EVIL)),
        ("notes", first(section=EVIL)),
        ("recits", first(balises=[{"code": "Z9", "posture": "illustre"}])),
        ("recits", first(action="AAAAAAAAAAAAAAAA")),
        ("recits", first(id="court")),
        ("recits", twice),
        ("personnes", first(role="admin")),
        ("personnes", twice),
        ("personnes", first(service="AAAAAAAAAAAAAAAA")),
        ("echanges", first(texte="AAAAAAAAAAAAAAAA")),
        ("echanges", first(reponse_a="AAAAAAAAAAAAAAAA")),
        ("echanges", lambda lines: lines[0].update(reponse_a=lines[-1]["id"])),
        ("echanges", twice),
        ("syntheses", lambda lines: lines[0]["phrases"][0].update(messages=["AAAAAAAAAAAAAAAA"])),
        ("notes", first(recit="AAAAAAAAAAAAAAAA")),
        ("fichiers", first(membre="../../etc/passwd")),
        ("fichiers", first(taille=True)),
    ],
)
def test_a_line_that_is_wrong_leaves_nothing(database, archive, tmp_path, kind, act):
    """Some are seen at once, others when the lines that they name are looked for: then what came is taken away again."""
    refuses(database, changed(archive, tmp_path / "wrong.zip", rewritten(kind, act)))


def test_a_file_that_is_no_image_leaves_nothing(database, archive, tmp_path):
    def evil(members):
        name = next(name for name in members if name.startswith("fichiers/"))
        members[name] = b"\x89PNG\r\n\x1a\n" + b"mechant" * 40
        digest = hashlib.sha256(members[name]).hexdigest()
        rewritten("fichiers", first(taille=len(members[name]), sha256=digest))(members)

    refuses(database, changed(archive, tmp_path / "wrong.zip", evil), "n’est pas repris, et rien d’autre non plus")


def test_what_is_no_zip_is_refused(database, tmp_path):
    for name, content in (("vide", b""), ("texte", b"bonjour"), ("coupe", b"PK\x03\x04" + bytes(200))):
        (tmp_path / name).write_bytes(content)
        refuses(database, tmp_path / name)
    refuses(database, tmp_path / "absent", "n’existe pas")
    refuses(database, tmp_path, "n’existe pas")


def test_a_list_of_members_too_long_to_be_read_is_not_read(database, archive, tmp_path):
    """Its length is looked at before the list itself comes into memory."""
    data = bytearray(archive.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, at + 12, 0x7FFFFFFF)
    (tmp_path / "long.zip").write_bytes(data)
    refuses(database, tmp_path / "long.zip")


def test_members_of_the_same_name_and_strange_ways_to_pack_are_refused(database, archive, tmp_path):
    with zipfile.ZipFile(archive) as known:
        members = {name: known.read(name) for name in known.namelist()}
    for case in ("twice", "bzip2"):
        path = tmp_path / f"{case}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2 if case == "bzip2" else zipfile.ZIP_DEFLATED) as made:
            for name, content in members.items():
                made.writestr(name, content)
            if case == "twice":
                with pytest.warns(UserWarning, match="Duplicate"):
                    made.writestr(member_of("recits"), members[member_of("recits")])
        refuses(database, path)


def test_a_slug_that_is_taken_is_said(database, archive):
    before = left(database)
    with pytest.raises(Refused, match="--slug"):
        take_in(database, archive, "orbe")
    assert left(database) == before


class Killed(BaseException):
    """As a power cut: nothing in the program hears it."""


def stopped_after(number: int):
    calls = 0

    def say(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > number:
            raise Killed

    return say


def test_what_came_of_a_stopped_archive_can_be_taken_away(database, archive, tmp_path):
    before = left(database)
    with pytest.raises(Killed):
        arriving.bring_in(database, archive, arriving.Wanted("ailleurs"), stopped_after(4))
    assert left(database) != before
    with pytest.raises(Refused, match="est en chemin"):
        take_in(database, changed(archive, tmp_path / "other.zip", rewritten("recits", first(titre="Un autre"))), "ailleurs")
    with pytest.raises(Refused, match="avec d’autres options"):
        take_in(database, archive, "ailleurs", by_address=True)
    assert abandon(database, archive)
    assert not abandon(database, archive)
    after = left(database)
    assert {name for name in before[0] if before[0][name] != after[0][name]} <= {"lease"} and before[1:] == after[1:]


def addressed(archive: Path, to: Path, address: str, about: str) -> Path:
    """The archive, where the fourth of its members has this address."""

    def write(lines):
        lines[3]["adresse"] = address

    def describe(lines):
        lines[0]["presentation"] = about

    return changed(changed(archive, to, rewritten("personnes", write)), to.with_suffix(".2.zip"), rewritten("collectif", describe))


def test_an_account_that_two_archives_share_stays_when_one_is_taken_away(database, archive, tmp_path):
    """The second matched it by its address: its place and what it signs there are the second's."""
    one = addressed(archive, tmp_path / "one.zip", "rencontre@exemple.fr", "La première")
    other = addressed(archive, tmp_path / "other.zip", "rencontre@exemple.fr", "La seconde")
    with pytest.raises(Killed):
        arriving.bring_in(database, one, arriving.Wanted("une", by_address=True), stopped_after(9))
    take_in(database, other, "autre", by_address=True)

    def signed_and_seated():
        with database.system("what stands in the second") as session:
            here = select(Space.id).where(Space.slug == "autre").scalar_subquery()
            seats = session.scalars(select(Membership.user_id).where(Membership.collectif_id == here)).all()
            signed = select(func.count()).select_from(Authorship).join(Entry, Entry.id == Authorship.entry_id)
            return sorted(seats), session.scalar(signed.where(Entry.collectif_id == here, Authorship.user_id.is_not(None)))

    def made_for_nothing():
        with database.system("accounts that stand for nobody") as session:
            named = select(ArchivedPerson.user_id)
            return session.scalars(select(User.id).where(User.closed_at.is_not(None), User.id.not_in(named))).all()

    before = signed_and_seated(), made_for_nothing()
    assert abandon(database, one)
    assert (signed_and_seated(), made_for_nothing()) == before


def test_what_two_archives_shared_goes_with_the_last(database, archive, tmp_path):
    before = left(database)
    one = addressed(archive, tmp_path / "one.zip", "rencontre@exemple.fr", "La première")
    other = addressed(archive, tmp_path / "other.zip", "rencontre@exemple.fr", "La seconde")
    for path, slug in ((one, "une"), (other, "autre")):
        with pytest.raises(Killed):
            arriving.bring_in(database, path, arriving.Wanted(slug, by_address=True), stopped_after(9))
    assert abandon(database, one) and abandon(database, other)
    after = left(database)
    assert {name for name in before[0] if before[0][name] != after[0][name]} <= {"lease"} and before[1:] == after[1:]


def test_two_commands_that_begin_at_once_are_told_a_sentence(database, archive, monkeypatch):
    """Both looked before either wrote."""
    taken, quicker = arriving._is_one_taken, []

    def meanwhile(*given):
        if not quicker:
            quicker.append(True)
            with pytest.raises(Killed):
                arriving.bring_in(database, archive, arriving.Wanted("ailleurs"), stopped_after(1))
        return taken(*given)

    monkeypatch.setattr(arriving, "_is_one_taken", meanwhile)
    with pytest.raises(Refused, match="Une autre commande"):
        take_in(database, archive, "ailleurs")
    keys = database.keyring.names()
    take_in(database, archive, "ailleurs")
    assert database.keyring.names() == keys, "no key without its collectif, and the quicker one's is there"


def test_who_deletes_their_account_meanwhile_has_no_place(database, archive, cast, tmp_path):
    hers = addressed(archive, tmp_path / "hers.zip", cast.noor.address, "Elle s’en va")
    wanted = arriving.Wanted("ailleurs", by_address=True)

    def at_the_end(done: int, total: int) -> None:
        if done == total:
            raise Killed

    with pytest.raises(Killed):
        arriving.bring_in(database, hers, wanted, at_the_end)
    with database.system("she deletes her account", write=True) as session:
        session.execute(delete(User).where(User.id == cast.noor.id))
    assert arriving.bring_in(database, hers, wanted).matched == 0
    with database.system("who has a place") as session:
        here = select(Space.id).where(Space.slug == "ailleurs").scalar_subquery()
        seats = session.scalar(select(func.count(Membership.id)).where(Membership.collectif_id == here))
    assert seats == len(lines_of(archive)["personnes"]) - 1


def test_the_command_says_what_is_wrong(settings, database, tmp_path, monkeypatch, capsys):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "texte.zip").write_text("bonjour")
    assert main(["import-collectif", str(tmp_path / "texte.zip")]) == 1
    said = capsys.readouterr().err
    assert DAMAGED in said and "Traceback" not in said and len(said.splitlines()) == 1
    assert main(["import-collectif", str(tmp_path / "texte.zip"), "--slug", "Pas Un Slug"]) == 1
    assert main(["export", "collectif", "nulle-part", "-o", str(tmp_path / "x.zip")]) == 1
    assert "il y a orbe et valombre" in capsys.readouterr().err.replace("\u00a0", " ")


def test_a_key_that_waits_for_its_base_is_not_touched(database, archive, tmp_path):
    """Keys are put back before the base is: the key of that very collectif may be there, and is neither used nor destroyed."""
    key = f"collectif-{lines_of(archive)['collectif'][0]['id']}"
    database.keyring.create(key)
    bare = database.keyring.bare(key)
    refuses(database, changed(archive, tmp_path / "wrong.zip", rewritten("notes", first(recit="AAAAAAAAAAAAAAAA"))))
    take_in(database, archive, "ailleurs")
    assert database.keyring.bare(key) == bare and len(database.keyring.names()) == 5
