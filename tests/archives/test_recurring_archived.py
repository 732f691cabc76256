"""Tensions and letters in an archive: what is told of them, as it is now; archives of before; what none may bring."""

import hashlib
import json

import pytest
from sqlalchemy import select

from rex.archives.gone import says_otherwise
from rex.archives.reading import seat_in
from rex.archives.shape import KINDS, KINDS_OF, MANIFEST, SUMS, member_of
from rex.archives.slices import Asked
from rex.collectifs.models import Collectif
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestState, Rubric
from rex.mail import Outbox
from rex.refusals import Refused
from rex.tensions import acts
from rex.tensions.models import TensionAct, TensionApart
from tests.archives.travelling import changed, lines_of, rewritten, take_in, take_out
from tests.making import make_recit
from tests.tensions.making import acting, found, name, take_back, tell_one

NEW = [kind for kind in KINDS if kind not in KINDS_OF["rex-collectif-1"]]


def as_before(path, to):
    """The archive as the version before wrote it."""

    def act(members):
        under = {json.loads(line)["id"] for line in members[member_of("tensions")].splitlines()}
        for kind in ("echanges", "echos", "syntheses", "relectures"):
            lines = members[member_of(kind)].splitlines(keepends=True)
            members[member_of(kind)] = b"".join(line for line in lines if json.loads(line)["texte"] not in under)
        for kind in NEW:
            del members[member_of(kind)]
        lines = [json.loads(line) for line in members[member_of("collectif")].splitlines()]
        for line in lines:
            del line["tensions_par_les_membres"]
        members[member_of("collectif")] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        manifest = json.loads(members[MANIFEST]) | {"format": "rex-collectif-1"}
        told = [one for one in members if one not in (MANIFEST, SUMS)]
        members[SUMS] = "".join(f"{hashlib.sha256(members[one]).hexdigest()}  {one}\n" for one in told).encode()
        manifest["lignes"] = {kind: members[member_of(kind)].count(b"\n") for kind in KINDS_OF["rex-collectif-1"]}
        manifest["sha256sums"] = hashlib.sha256(members[SUMS]).hexdigest()
        members[MANIFEST] = json.dumps(manifest).encode()

    return changed(path, to, act, sums=False)


def test_an_archive_of_before_comes_in(database, archive, tmp_path):
    sent = lines_of(archive)
    take_in(database, as_before(archive, tmp_path / "before.zip"), "avant")
    back = lines_of(take_out(database, "avant", tmp_path / "back.zip"))
    assert [kind for kind in NEW if back[kind]] == []
    assert back["difficultes"] == sent["difficultes"] and back["recits"] == sent["recits"]


@pytest.fixture
def journal(database, cast):
    """A tension with a difficulty of Camille and one of Bruno, one that was kept apart, a letter that quotes them."""
    made = [
        tell_one(database, who, cast.valombre_id, f"Les consignes changent {number} fois et nous recommençons tout.")
        for number, who in enumerate((cast.camille, cast.bruno, cast.dora), 2)
    ]
    tension = name(database, cast.ana, cast.valombre_id, "Trois consignes", *made)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), made[2].id)
    recit = make_recit(database, cast.camille, "Le marché déplacé")
    away = make_recit(database, cast.ines, "Chez Orbe", collectif="orbe")
    with database.system("a letter left", write=True) as session:
        begun = session.scalars(select(Collectif.created_at).where(Collectif.id == cast.valombre_id)).one()
        letter = Digest(
            collectif_id=cast.valombre_id, state=DigestState.PUBLISHED, number=1, title="Un titre", edito="Bonjour.",
            edito_by_id=cast.ana.id, since=begun, until=begun, due_at=begun, published_at=begun, is_posted=True,
        )  # fmt: skip
        session.add(letter)
        session.flush()
        items = [
            DigestItem(digest_id=letter.id, rubric=Rubric.RECURRING, position=0, entry_id=tension.id, why="repris par 2 services"),
            DigestItem(digest_id=letter.id, rubric=Rubric.RECITS, position=1, entry_id=recit.id),
            DigestItem(digest_id=letter.id, rubric=Rubric.NETWORK, position=2, entry_id=away.id),
            DigestItem(digest_id=letter.id, rubric=Rubric.INSPIRATION, position=3, title="Gardé", words="Un mot.", is_by_hand=True),
            DigestItem(digest_id=letter.id, rubric=Rubric.INSPIRATION, position=4, title="Enlevé", is_removed=True),
        ]
        session.add_all(items)
        session.flush()
        session.add(DigestQuote(item_id=items[0].id, entry_id=made[0].id, position=0, words="Les consignes", signature="Voirie"))
        early = begun.replace(year=2001)
        session.add(Digest(collectif_id=cast.valombre_id, title="Pas encore", since=early, until=early, due_at=begun))
    return made, tension, recit


def test_what_is_told_of_them_and_no_more(database, cast, journal, tmp_path):
    made, tension, recit = journal
    lines = lines_of(take_out(database, "valombre", tmp_path / "one.zip"))
    assert [line["titre"] for line in lines["tensions"]] == ["Trois consignes"]
    assert sorted(line["id"] for line in lines["liens"]) == sorted(one.public_id for one in made[:2])
    assert [line["genre"] for line in lines["actes"]] == ["nommee", "deliee"]
    apart = sorted(sorted((one.public_id, made[2].public_id)) for one in made[:2])
    assert sorted(map(sorted, lines["actes"][1]["distinctes"])) == apart
    assert cast.ana.public_id not in json.dumps([lines[kind] for kind in ("tensions", "liens", "actes")]), "who did it is not said"
    (letter,) = lines["lettres"]
    assert letter["edito_de"]["nom"] == cast.ana.name
    told = [(item["rubrique"], item["texte"] or item["titre"]) for item in letter["elements"]]
    assert told == [("ce-qui-revient", tension.public_id), ("recits", recit.public_id), ("inspiration", "Gardé")]
    assert letter["elements"][0]["citations"] == [{"texte": made[0].public_id, "mots": "Les consignes", "signature": "Voirie"}]


def test_it_comes_back_under_other_identifiers(database, cast, journal, tmp_path):
    path = take_out(database, "valombre", tmp_path / "one.zip")
    sent = lines_of(path)
    take_in(database, path, "ailleurs")
    back = lines_of(take_out(database, "ailleurs", tmp_path / "back.zip"))
    for kind in NEW:
        assert len(back[kind]) == len(sent[kind]), kind
        assert {line["id"] for line in back[kind]} & {line["id"] for line in sent[kind]} == set(), kind
    assert [len(line["distinctes"]) for line in back["actes"]] == [len(line["distinctes"]) for line in sent["actes"]]
    items = [(item["rubrique"], item["pourquoi"], len(item["citations"])) for item in back["lettres"][0]["elements"]]
    assert items == [(item["rubrique"], item["pourquoi"], len(item["citations"])) for item in sent["lettres"][0]["elements"]]
    with database.system("what came") as session:
        here = select(Collectif.id).where(Collectif.slug == "ailleurs").scalar_subquery()
        acts_there = session.scalars(select(TensionAct).where(TensionAct.collectif_id == here)).all()
        assert acts_there and all(act.before == "" for act in acts_there), "nothing to undo them with"
        assert len(session.scalars(select(TensionApart).where(TensionApart.collectif_id == here)).all()) == 2
        letters = session.scalars(select(Digest).where(Digest.collectif_id == here)).all()
        assert [letter.is_posted for letter in letters] == [True]
        assert session.scalars(select(Outbox.id)).all() == [], "it is posted to nobody again"


def folder_of(database, cast, tmp_path):
    """An archive that waits, as its lines."""
    path = take_out(database, "valombre", tmp_path / "kept.zip")
    with database.system("whose") as session:
        asked = Asked(seat_in(session.scalars(select(Collectif).where(Collectif.id == cast.valombre_id)).one()))
    for kind, lines in lines_of(path).items():
        (tmp_path / f"{kind}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return asked


def test_it_is_out_of_date_once_a_difficulty_is_taken_back(database, cast, journal, tmp_path):
    made, _, _ = journal
    asked = folder_of(database, cast, tmp_path)
    assert not says_otherwise(database, asked, tmp_path)
    take_back(database, cast.camille, cast.valombre_id, made[0])
    for kind in KINDS:
        if kind not in ("liens", "lettres"):
            (tmp_path / f"{kind}.jsonl").write_text("")
    lettres = (tmp_path / "lettres.jsonl").read_text()
    (tmp_path / "lettres.jsonl").write_text("")
    assert says_otherwise(database, asked, tmp_path), "the link"
    (tmp_path / "lettres.jsonl").write_text(lettres)
    (tmp_path / "liens.jsonl").write_text("")
    assert says_otherwise(database, asked, tmp_path), "the quote"


def first(**values):
    return lambda lines: lines[0].update(values)


def item(**values):
    return lambda lines: lines[0]["elements"][0].update(values)


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("tensions", first(audience="reseau")),
        ("tensions", first(etat="finie")),
        ("tensions", first(auteurs=[{"personne": None, "nom": "X"}])),
        ("liens", first(tension="AAAAAAAAAAAAAAAA")),
        ("liens", lambda lines: lines.append(lines[0])),
        ("actes", first(genre="inventee")),
        ("actes", first(distinctes=[["AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAA"]])),
        ("arbitrages", first(decide_le="hier")),
        ("essais", first(tension="AAAAAAAAAAAAAAAA")),
        ("lettres", item(lien="javascript:alert(1)")),
        ("lettres", item(lien="//ailleurs.example")),
        ("lettres", item(texte="AAAAAAAAAAAAAAAA")),
        ("lettres", item(rubrique="publicite")),
        ("lettres", lambda lines: lines.append(lines[0])),
    ],
)
def test_what_means_harm_does_not_come_in(database, archive, tmp_path, kind, act):
    with pytest.raises(Refused):
        take_in(database, changed(archive, tmp_path / "wrong.zip", rewritten(kind, act)), "mal")
    with database.system("nothing is left of it") as session:
        assert session.scalars(select(Collectif.id).where(Collectif.slug == "mal")).all() == []
