"""Members from a CSV file: what spreadsheets really write, a report before anything is done, then invitations."""

import io
import re
from html import unescape

import pytest
from sqlalchemy import func, select

from rex.collectifs import roster
from rex.collectifs.models import College, Invitation, Role, Service
from tests.collectifs.mailbox import received
from tests.pace import spent

ALL = list(College)
HEADER = "nom;adresse;collège;service;fonction;rôle\n"
PATH = "/c/valombre/membres/import"


def read(text: str, members=()) -> list[roster.Line]:
    return roster.read(text, set(members), ALL)


def upload(client, body: bytes | str, name: str = "liste.csv"):
    raw = body.encode() if isinstance(body, str) else body
    return client.send(PATH, {"file": (io.BytesIO(raw), name)}, page="/compte", content_type="multipart/form-data")


def count(database, what) -> int:
    with database.system("count") as session:
        return session.scalar(select(func.count(what.id)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write(delimiter, codec, newline):
    rows = [["Courriel", "COLLEGE", "Prénom et nom", "Rôle"], ["zoe@exemple.fr", "Élue", "Zoé Petit", "Animatrice"]]
    body = newline.join(delimiter.join(row) for row in rows).encode(codec)
    (line,) = read(roster.decode(body))
    assert (line.name, line.address, line.college, line.role, line.state) == (
        "Zoé Petit", "zoe@exemple.fr", College.ELU, Role.ANIMATEUR, "invite",
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Zoé;zoe.exemple.fr;élu;;;", "l’adresse n’a pas d’arobase"),
        ("Zoé;;élu;;;", "l’adresse manque"),
        ("Zoé;zoé@exemple.fr;élu;;;", "un accent"),
        ("Zoé;zoe@exemple;élu;;;", "n’est pas complète"),
        ("Zoé;a@b.fr\x0bBcc: c@d.fr;élu;;;", "n’est pas complète"),
        (";zoe@exemple.fr;élu;;;", "le nom manque"),
        ("Zoé;zoe@exemple.fr;;;;", "le collège manque"),
        ("Zoé;zoe@exemple.fr;roi;;;", "le collège « roi » n’est pas connu"),
        ("Zoé;zoe@exemple.fr;élu;;;cheffe", "le rôle « cheffe » n’est pas connu"),
        ("=HYPERLINK(1);zoe@exemple.fr;élu;;;", "signe de calcul"),
        (f"{'Z' * 200};zoe@exemple.fr;élu;;;", "dépasse 120 caractères"),
    ],
)
def test_each_wrong_line_says_why(row, fault):
    (line,) = read(HEADER + row)
    assert line.state == "refused"
    assert fault in line.fault.replace("\u202f", " ")


def test_doubles_members_short_rows_and_empty_lines():
    text = HEADER + "\nZoé;zoe@exemple.fr;élu\n;;;\nZoé;ZOE@exemple.fr;élu;;;\nPaul;paul@exemple.fr;élu;a;b;membre;en trop\n"
    first, double, member = read(text, ["paul@exemple.fr"])
    assert (first.number, first.state) == (3, "invite")
    assert double.state == "refused" and "déjà à la ligne 3" in double.fault
    assert (member.number, member.state) == (6, "member")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "est vide"),
        (b" \n ", "est vide"),
        (b"PK\x03\x04rest", "classeur"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "pas un texte"),
        (b"\x00" * 50, "pas un texte"),
        (b"prenom;ville\nZoe;Valombre\n", "il manque"),
        (HEADER.encode(), "ne contient personne"),
        (HEADER.encode() + b'"' + b"x" * 200_000, "ne se lit pas"),
        (HEADER.encode() + b"Z;z@e.fr;elu\n" * 2001, "2 000 lignes"),
    ],
)
def test_a_file_that_is_not_a_list_gets_one_sentence(visit, database, body, said):
    answer = upload(visit.as_("ana"), body)
    html = unescape(answer.get_data(as_text=True)).replace("\u202f", " ").replace("\u00a0", " ")
    assert answer.status_code == 422
    assert said in html and "À revoir avant de continuer" in html
    assert count(database, Invitation) == 0


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read():
    with pytest.raises(roster.UnreadableFile, match="dépasse 1"):
        roster.decode(b"x" * 1_000_001)


def test_no_file_is_said(visit):
    answer = upload(visit.as_("ana"), b"", "")
    assert answer.status_code == 422 and "Choisissez un fichier CSV." in answer.get_data(as_text=True)


def test_a_report_first_then_invitations(app, visit, database):
    ana = visit.as_("ana")
    text = HEADER + (
        "Zoé Petit;zoe@exemple.fr;service;voirie;agente;\n"
        "Hugo <b>Sand</b>;hugo@exemple.fr;habitant;Amicale du Faubourg;;animateur\n"
        "Camille Roy;camille@exemple.fr;service;Voirie;;\n"
        "Nul;nul;service;;;\n"
    )
    html = unescape(upload(ana, text).get_data(as_text=True)).replace("\u202f", " ").replace("\u00a0", " ")
    assert "2 personnes seront invitées" in html and "1 personne est déjà membre" in html and "1 ligne est à corriger" in html
    assert "ligne 5 : l’adresse n’a pas d’arobase" in html
    assert "1 service sera ajouté : Amicale du Faubourg" in html
    assert count(database, Invitation) == 0 and received(app) == []
    kept = re.search(r'name="texte" value="([^"]*)"', html)
    assert kept
    data = {"texte": text, "idempotency_key": "one-click"}
    for _ in range(2):
        assert ana.send(f"{PATH}/envoi", data, page="/compte").status_code == 303
    assert sorted(mail.to for mail in received(app)) == ["hugo@exemple.fr", "zoe@exemple.fr"]
    with database.system("look") as session:
        zoe = session.scalars(select(Invitation).where(Invitation.address == "zoe@exemple.fr")).one()
        hugo = session.scalars(select(Invitation).where(Invitation.address == "hugo@exemple.fr")).one()
        names = dict(session.execute(select(Service.id, Service.name)).all())
    assert names[zoe.service_id] == "Voirie" and names[hugo.service_id] == "Amicale du Faubourg"
    assert hugo.role is Role.ANIMATEUR
    assert visit.as_("camille").send(f"{PATH}/envoi", data, page="/compte").status_code == 403


def test_a_confirmation_that_was_tampered_with_does_nothing(visit, database):
    answer = visit.as_("ana").send(f"{PATH}/envoi", {"texte": "n’importe quoi"}, page="/compte")
    assert answer.status_code == 422
    assert count(database, Invitation) == 0


def test_the_model_can_be_read_back(visit):
    body = visit.as_("ana").get(f"{PATH}/modele.csv").data
    (line,) = read(roster.decode(body))
    assert line.state == "invite" and line.service == "Voirie"


def test_hundreds_of_lines_in_a_few_seconds(visit, database):
    text = HEADER + "".join(f"Personne {n};p{n}@exemple.fr;service;Service {n % 20};;\n" for n in range(500))
    ana = visit.as_("ana")
    ana.proof_reads = False
    with spent() as work:
        assert upload(ana, text).status_code == 200
        assert ana.send(f"{PATH}/envoi", {"texte": text}, page="/compte").status_code == 303
    assert work.seconds < 10
    assert count(database, Invitation) == 500


def test_a_long_list_is_written_at_once(visit, database, count_statements):
    """Line by line, two thousand held the base, where one writes at a time, for seven seconds."""
    ana, numbers = visit.as_("ana"), []
    for start, end in ((0, 3), (100, 400)):
        text = HEADER + "".join(f"Personne {n};p{n}@exemple.fr;service;Voirie;;\n" for n in range(start, end))
        with count_statements() as seen:
            assert ana.send(f"{PATH}/envoi", {"texte": text}, page="/compte").status_code == 303
        # On SQLite a row inserted is a statement; nothing else may grow with the list.
        numbers.append(sum(not statement.startswith("INSERT") for statement in seen))
    assert count(database, Invitation) == 303
    few, many = numbers
    assert many <= few, numbers
