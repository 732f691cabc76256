"""Images and PDF of a récit: given in the editor, sealed, read by those who read what shows them and by nobody else."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from rex import clock, intake
from rex.chores import chores_of
from rex.collectifs.models import Collectif, Membership
from rex.demo.clearing import clear
from rex.journal.attachment_models import Attachment, FileKind
from rex.journal.attachments import LABEL_LENGTH, MOST_FILES, Given
from rex.journal.models import Audience
from rex.text import to_html
from tests.given import SECRET, document, drawing, photograph
from tests.journal.making import save
from tests.making import Made, make_recit

ALT = "La place vue du clocher, [sans] voitures"


@pytest.fixture
def draft(database, cast) -> Made:
    return make_recit(database, cast.camille, "La place", {"faits": "La place était vide."}, audience=None)


def send_file(client, made: Made, data: bytes, name: str = "photo.jpg", words: str = ALT, slug: str = "faits", **fields):
    """Press « Ajouter au texte » as a browser without script does: the whole canvas goes along."""
    page = client.get(f"{made.url}/edition").get_data(as_text=True)
    drawn = dict(re.findall(r'name="(base-[\w-]+)" value="([^"]*)"', page))
    texts = {s: unescape(t) for s, t in re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)}
    form = {**drawn, **texts, "description": words, "dans": slug, "csrf_token": client.csrf(), **fields}
    if data is not None:
        form["fichier"] = (io.BytesIO(data), name)
    return client.post(f"{made.url}/fichiers", data=form, content_type="multipart/form-data")


def files_of(database) -> list[Attachment]:
    with database.system("look at the files") as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def publish(client, made: Made, audience: str = "collectif") -> None:
    assert client.send(f"{made.url}/publication", {"publier": audience}).status_code == 303


def address(database) -> str:
    return f"/fichiers/{files_of(database)[-1].public_id}"


def text_of(client, made: Made, slug: str = "faits") -> str:
    page = client.get(f"{made.url}/edition").get_data(as_text=True)
    found = re.search(rf'<textarea[^>]* name="{slug}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def test_the_line_of_an_image_is_explained_while_the_text_holds_one(visit, draft) -> None:
    camille, said = visit.as_("camille"), "est votre image\u00a0: déplacez-la ou effacez-la"
    assert send_file(camille, draft, document(), "arrete.pdf").status_code == 303
    assert said not in camille.get(f"{draft.url}/edition").get_data(as_text=True)
    assert send_file(camille, draft, photograph()).status_code == 303
    assert camille.get(f"{draft.url}/edition").get_data(as_text=True).count(said) == 1


def test_an_image_is_put_at_the_end_of_its_section(visit, draft, database) -> None:
    camille = visit.as_("camille")
    answer = send_file(camille, draft, photograph())
    assert (answer.status_code, answer.location) == (303, f"{draft.url}/edition#section-faits")
    words = text_of(camille, draft)
    assert words.startswith("La place était vide.\n\n![La place vue du clocher")
    assert f"({address(database)}#320x240)" in words
    page = camille.get(f"{draft.url}/apercu").get_data(as_text=True)
    assert f'<img alt="{ALT}" height="240" loading="lazy" src="{address(database)}" width="320">' in page or (
        f'src="{address(database)}"' in page and f'alt="{ALT}"' in page and 'width="320"' in page and 'height="240"' in page
    )


@pytest.mark.parametrize(
    "where, before, after",
    [
        ("faits:21", "La place était vide.", "Puis 🚲 le marché."),  # between the two paragraphs
        ("faits:0", "", "La place était vide.\n\nPuis 🚲 le marché."),
        ("faits:29", "La place était vide.\n\nPuis 🚲", "le marché."),  # at the end of a word
        ("faits:4", "La place", "était vide.\n\nPuis 🚲 le marché."),  # in a word, which stays whole
        ("faits:999", "La place était vide.\n\nPuis 🚲 le marché.", ""),
        ("appris:4", "La place était vide.\n\nPuis 🚲 le marché.", ""),  # the caret of another section
        ("faits:-1", "La place était vide.\n\nPuis 🚲 le marché.", ""),
        ("faits:²", "La place était vide.\n\nPuis 🚲 le marché.", ""),
        (f"faits:{'9' * 5000}", "La place était vide.\n\nPuis 🚲 le marché.", ""),
    ],
    ids=["between", "first", "after a word", "in a word", "beyond", "elsewhere", "below", "no number", "huge"],
)
def test_an_image_lands_at_the_caret(visit, draft, database, where, before, after) -> None:
    camille = visit.as_("camille")
    answer = send_file(camille, draft, photograph(), faits="La place était vide.\r\n\r\nPuis 🚲 le marché.", ou=where)
    assert answer.status_code == 303
    found = re.fullmatch(r"(.*?)\s*(!\[.*\]\(/fichiers/[^)]*\))\s*(.*?)\n?", text_of(camille, draft), re.DOTALL)
    assert found and (found[1], found[3]) == (before, after)


@pytest.mark.parametrize("at", [24, 30, 60])
def test_an_image_does_not_cut_in_two_the_one_where_the_caret_stands(visit, draft, database, at) -> None:
    camille, first = visit.as_("camille"), r"![La \[petite\] place vue d’en haut](/fichiers/AAAAAAAAAAAAAAAA#320x240)"
    sent = f"La place était vide.\n\n{first}\n\nPuis le marché."
    assert send_file(camille, draft, photograph(), faits=sent, ou=f"faits:{at}").status_code == 303
    told = text_of(camille, draft).strip().split("\n\n")
    assert [told[0], told[1], told[3]] == ["La place était vide.", first, "Puis le marché."]


def test_what_was_written_meanwhile_sends_the_image_to_the_end(visit, database, cast) -> None:
    together = make_recit(database, cast.camille, "La place", {"faits": "Un.\n\nDeux."}, audience=None, co_authors=(cast.bruno,))
    drawn = visit.as_("camille").get(f"{together.url}/edition").get_data(as_text=True)
    base = re.findall(r'name="base-faits" value="(\d+)"', drawn)[0]
    save(visit.as_("bruno"), together.public_id, {"faits": "Zéro.\n\nUn.\n\nDeux."})
    given = {"faits": "Un.\n\nDeux.\n\nTrois.", "base-faits": base, "ou": "faits:3"}
    assert send_file(visit.as_("camille"), together, photograph(), **given).status_code == 303
    assert re.match(r"Zéro\.\n\nUn\.\n\nDeux\.\n\nTrois\.\n\n!\[", text_of(visit.as_("camille"), together))


def test_a_document_is_a_link_and_takes_the_name_of_its_file(visit, draft, database) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, document(), "../../Compte_rendu  de séance.pdf", words="")
    assert re.search(r"\[Compte rendu de séance \\?\(PDF\\?\)\]\(/fichiers/[\w-]{16}\)", text_of(camille, draft))
    answer = camille.get(address(database))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "Compte%20rendu%20de%20s%C3%A9ance.pdf" in answer.headers["Content-Disposition"]


def test_it_is_served_with_nothing_that_runs_and_nothing_that_stays(visit, draft, database) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    answer = camille.get(address(database))
    assert answer.data[:3] == b"\xff\xd8\xff" and SECRET not in answer.data
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    head = camille.head(address(database))
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(answer.data))


@pytest.mark.parametrize(
    "label",
    ["a](javascript:alert(1)) [b", "`x` *y* __z__ <b> &amp; \\", "!!![[[", "](", "é’« »", "x" * 900, "# titre", "~~~", "| a | b |"],
)
def test_whatever_the_words_the_image_is_one_image_with_these_words(label) -> None:
    shown = Given("A" * 16, FileKind.PNG, label[:LABEL_LENGTH], 1, 20, 10)
    html = to_html(f"Avant.\n\n{shown.markdown}\n\nAprès.")
    assert html.count("<img") == 1 and "<a " not in html and 'src="/fichiers/AAAAAAAAAAAAAAAA"' in html
    alt = re.search(r'alt="([^"]*)"', html)
    assert alt
    plain = re.sub(r"\s", " ", unescape(alt[1])).strip()
    assert plain == re.sub(r"\s", " ", label[:LABEL_LENGTH]).strip().replace("&amp;", "&") or "’" in plain
    link = to_html(Given("A" * 16, FileKind.PDF, label[:LABEL_LENGTH], 1, 0, 0).markdown)
    assert link.count("<a ") == 1 and 'href="/fichiers/AAAAAAAAAAAAAAAA"' in link


@pytest.mark.parametrize(
    ("data", "words", "slug", "sentence"),
    [
        (b"", ALT, "faits", "Choisissez un fichier"),
        (photograph(), "  ", "faits", "Décrivez l’image"),
        (photograph(), "...", "faits", "Décrivez l’image"),
        (photograph(), ALT, "titre", "Choisissez la section"),
        (photograph(), ALT, "inventee", "Choisissez la section"),
        (b"<svg onload='alert(1)'>", ALT, "faits", "Donnez une image"),
        (b"<!doctype html><h1>", ALT, "faits", "Donnez une image"),
        (photograph()[:500], ALT, "faits", "ne s’ouvre pas"),
        (b"%PDF-1.4 rien", ALT, "faits", "ne s’ouvre pas"),
        (document(password="x"), ALT, "faits", "protégé par un mot de passe"),
    ],
)
def test_what_is_not_taken_is_said_and_what_was_typed_is_kept(visit, draft, database, data, words, slug, sentence) -> None:
    camille = visit.as_("camille")
    answer = send_file(camille, draft, data, "image.png", words, slug, appris="Écrit à l’instant.", idempotency_key="une-clef")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Écrit à l’instant." in page
    assert text_of(camille, draft, "appris") == "Écrit à l’instant."
    assert files_of(database) == []
    assert list(database.files.names()) == []
    again = send_file(camille, draft, photograph(), idempotency_key="une-clef")
    assert again.status_code == 303, "the same page may be sent again, corrected"
    assert len(files_of(database)) == 1


def test_too_heavy_a_file_is_said(visit, draft, database, monkeypatch) -> None:
    monkeypatch.setattr(intake, "MOST_PICTURE", 500)
    answer = send_file(visit.as_("camille"), draft, photograph())
    assert answer.status_code == 422 and "Cette image est trop lourde" in answer.get_data(as_text=True)


def test_a_double_click_gives_one_file(visit, draft, database) -> None:
    camille = visit.as_("camille")
    for _ in range(2):
        assert send_file(camille, draft, photograph(), idempotency_key="une-clef").status_code == 303
    assert len(files_of(database)) == 1


def test_a_full_recit_says_so(visit, draft, database, monkeypatch) -> None:
    monkeypatch.setattr("rex.journal.attachments.MOST_FILES", 1)
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    answer = send_file(camille, draft, photograph())
    assert answer.status_code == 422 and f"a déjà {MOST_FILES}" in re.sub(r"\s", " ", answer.get_data(as_text=True))
    assert len(files_of(database)) == 1 == len(list(database.files.names()))


def test_bytes_and_words_are_sealed_and_each_file_opens_with_its_own_name_only(visit, draft, database, settings) -> None:
    send_file(visit.as_("camille"), draft, photograph(), words="Quetzalmane au clocher")
    [row] = files_of(database)
    [(name, _)] = database.files.names()
    path: Path = database.files.folder / name
    assert name == row.public_id and path.parent == Path(settings["REX_DATA_DIR"]) / "fichiers"
    sealed = path.read_bytes()
    assert b"JFIF" not in sealed and sealed[:3] != b"\xff\xd8\xff"
    assert b"Quetzalmane" not in row.label
    assert path.stat().st_mode & 0o077 == 0
    other = database.files.folder / ("B" * 16)
    other.write_bytes(sealed)
    with pytest.raises(Exception, match="ne s’ouvre pas"):
        database.files.read(row.key_name, "B" * 16)


def test_who_reads_a_file(visit, draft, database, cast) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    url = address(database)

    def opens(*who: str) -> set[str]:
        return {one for one in who if visit.as_(one).get(url).status_code == 200}

    everybody = ("camille", "bruno", "dora", "ana", "jeanne", "noor", "ines", "admin")
    missing = visit.as_("bruno").get("/fichiers/AAAAAAAAAAAAAAAA")
    for who in everybody[1:]:
        answer = visit.as_(who).get(url)
        assert (answer.status_code, answer.data) == (404, missing.data), who
    assert visit.as_(None).get(url).status_code == 302
    publish(camille, draft)
    assert opens(*everybody) == {"camille", "bruno", "dora", "ana", "jeanne", "noor"}
    publish(camille, draft, "reseau")
    assert opens("bruno", "ines", "admin") == {"bruno", "ines"}
    publish(camille, draft)
    assert opens("bruno", "ines") == {"bruno"}
    camille.send(f"{draft.url}/retrait")
    assert opens(*everybody) == {"camille"}
    publish(camille, draft)
    bruno = visit.as_("bruno")
    assert bruno.get(url).status_code == 200
    with database.system("Bruno leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
    assert bruno.get(url).status_code in (302, 404)


def test_readers_open_only_what_the_published_sections_show(visit, draft, database) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    first = address(database)
    publish(camille, draft)
    send_file(camille, draft, drawing(), "dessin.png")
    second = address(database)
    bruno = visit.as_("bruno")
    assert (bruno.get(first).status_code, bruno.get(second).status_code) == (200, 404), "the correction is not published yet"
    publish(camille, draft)
    assert (bruno.get(first).status_code, bruno.get(second).status_code) == (200, 200)
    page = camille.get(f"{draft.url}/edition").get_data(as_text=True)
    base = re.search(r'name="base-faits" value="(\d+)"', page)
    assert base
    camille.put(
        f"{draft.url}/sections/faits",
        json={"text": "Plus d’image.", "base": int(base[1])},
        headers={"X-CSRFToken": camille.csrf()},
    )
    publish(camille, draft)
    assert (bruno.get(first).status_code, bruno.get(second).status_code) == (404, 404)
    assert camille.get(first).status_code == 200, "its authors may still put it back"


def test_a_text_cannot_show_to_its_readers_the_file_of_another_one(visit, draft, database, cast) -> None:
    send_file(visit.as_("camille"), draft, photograph())
    url = address(database)
    make_recit(database, cast.bruno, "Ailleurs", {"faits": f"![vue]({url})"}, audience=Audience.COLLECTIF)
    for who in ("bruno", "dora"):
        assert visit.as_(who).get(url).status_code == 404


def test_strangers_and_readers_give_no_file(visit, draft, database, cast) -> None:
    told = make_recit(database, cast.camille, "Lu")
    for who, made, status in (("bruno", draft, 404), ("bruno", told, 403), ("ines", told, 404)):
        client = visit.as_(who)
        data = {"csrf_token": client.csrf(), "fichier": (io.BytesIO(photograph()), "x.jpg"), "description": ALT, "dans": "faits"}
        answer = client.post(f"{made.url}/fichiers", data=data, content_type="multipart/form-data")
        assert answer.status_code == status
    assert files_of(database) == [] and list(database.files.names()) == []


def test_a_file_that_no_section_shows_is_deleted_with_its_bytes(visit, draft, database, cast) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    name = files_of(database)[0].public_id
    other = make_recit(database, cast.camille, "Autre", audience=None)
    camille.send(f"{other.url}/fichiers", {"supprimer": name})
    assert len(files_of(database)) == 1, "it is not a file of that récit"
    camille.send(f"{draft.url}/fichiers", {"supprimer": name, "faits": "Sans image."})
    assert files_of(database) == [] and list(database.files.names()) == []


def test_bytes_go_with_the_recit(visit, draft, database) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    assert len(list(database.files.names())) == 1
    camille.send(f"{draft.url}/suppression")
    assert files_of(database) == [] and list(database.files.names()) == []


def test_rolled_back_a_row_leaves_no_bytes(database, cast) -> None:
    with database.session(write=True) as session:
        session.files.write(session, "installation", "C" * 16, b"des octets")
        assert len(list(database.files.names())) == 1
        session.connection()
        session.rollback()
    assert list(database.files.names()) == []


def test_orphans_are_swept_once_they_are_old_enough(visit, draft, database, app, monkeypatch) -> None:
    send_file(visit.as_("camille"), draft, photograph())
    kept = files_of(database)[0].public_id
    with database.system("a collectif is deleted", write=True) as session:
        session.files.write(session, "installation", "D" * 16, b"sans ligne")
        session.scalar(select(func.count()).select_from(Attachment))
    chore = next(chore for chore in chores_of(database, app.extensions["rex"].config) if chore.name == "files")
    chore.do()
    assert {name for name, _ in database.files.names()} == {kept, "D" * 16}, "a young one may belong to a request still running"
    monkeypatch.setattr("rex.sealed_files.SealedFiles.sweep.__kwdefaults__", {"young": 0.0})
    chore.do()
    assert {name for name, _ in database.files.names()} == {kept}
    with database.system("a collectif is deleted", write=True) as session:
        session.execute(delete(Collectif))
    chore.do()
    assert list(database.files.names()) == []


def test_an_emptied_demonstration_leaves_no_bytes(visit, draft, database, cast, app) -> None:
    orbe = make_recit(database, cast.ines, "À Orbe", audience=None)
    send_file(visit.as_("camille"), draft, photograph())
    send_file(visit.as_("ines"), orbe, photograph())
    kept = files_of(database)[-1].public_id
    with database.system("Valombre is the demonstration", write=True) as session:
        session.execute(update(Collectif).where(Collectif.id == cast.valombre_id).values(is_demo=True))
    clear(database, app.extensions["rex"].config)
    assert [name for name, _ in database.files.names()] == [kept]


def test_a_lost_file_is_a_page_that_does_not_exist_and_the_check_says_it(visit, draft, database) -> None:
    from rex.check import faults

    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    assert faults(database) == []
    name = files_of(database)[0].public_id
    (database.files.folder / name).unlink()
    assert camille.get(f"/fichiers/{name}").status_code == 404
    assert faults(database) == [f"Le fichier «\u00a0{name}\u00a0» manque dans {database.files.folder}."]


def test_an_expired_sign_in_keeps_what_was_typed(visit, draft) -> None:
    client = visit.as_(None)
    form = {"faits": "Écrit trop tard.", "description": ALT, "dans": "faits", "fichier": (io.BytesIO(photograph()), "x.jpg")}
    ours = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post(f"{draft.url}/fichiers", data=form, content_type="multipart/form-data", headers=ours)
    assert answer.status_code == 401 and "Écrit trop tard." in answer.get_data(as_text=True)
    assert visit.as_("camille").get(f"{draft.url}/fichiers").location == f"{draft.url}/edition#fichiers"
