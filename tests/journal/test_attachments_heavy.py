"""A file that is too heavy, sent without script: the form comes back with all that was typed, saved, and the file is named."""

import re

import pytest

from rex.errors import TOO_HEAVY_FILES
from tests.given import photograph
from tests.journal.test_attachments import draft, files_of, send_file, text_of  # noqa: F401 (draft is a fixture)

MB = 1024**2
MULTIPART = "multipart/form-data; boundary=x"
JPEG, PDF = b"\xff\xd8\xff", b"%PDF-1.7"


def send_heavy(client, address: str, field: str, data: bytes, **fields: str):
    """A form with a heavy file, as bytes: the test client would write it in a temporary file."""
    fields |= {"csrf_token": client.csrf()}
    heads = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    heads.append(f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="lourd"\r\n\r\n')
    return client.post(address, data="".join(heads).encode() + data + b"\r\n--x--\r\n", content_type=MULTIPART)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (JPEG + bytes(40 * MB), "Cette image est trop lourde : 8 Mo au plus"),
        (PDF + bytes(40 * MB), "Ce document est trop lourd : 10 Mo au plus"),
    ],
    ids=["image", "document"],
)
@pytest.mark.parametrize("words", ["La place vue du clocher", ""], ids=["described", "not yet described"])
def test_what_was_typed_beside_a_file_of_forty_megabytes_is_kept(visit, draft, database, data, sentence, words):  # noqa: F811
    camille = visit.as_("camille")
    fields = {"description": words, "dans": "faits", "appris": "Écrit à l’instant.", "idempotency_key": "une-clef"}
    answer = send_heavy(camille, f"{draft.url}/fichiers", "fichier", data, **fields)
    page = re.sub(r"\s", " ", answer.get_data(as_text=True))
    assert answer.status_code == 422 and sentence in page and "Écrit à l’instant." in page
    assert "Image jusqu’à 8 Mo, PDF jusqu’à 10 Mo" in page
    assert text_of(camille, draft, "appris") == "Écrit à l’instant."
    assert files_of(database) == []
    assert send_file(camille, draft, photograph(), idempotency_key="une-clef").status_code == 303, "the same page, corrected"


def test_beyond_any_bound_a_page_speaks_of_files(visit, draft):  # noqa: F811
    answer = send_heavy(visit.as_("camille"), f"{draft.url}/fichiers", "fichier", bytes(64 * MB))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 413 and "<h1>C’est trop lourd</h1>" in page and 'href="/"' in page
    assert TOO_HEAVY_FILES.split(" : ")[1].split(",")[0] in page.replace("\u00a0", " ")


def test_a_form_without_files_has_the_bound_of_a_page_there_too(visit, draft):  # noqa: F811
    camille = visit.as_("camille")
    sent = camille.post(f"{draft.url}/fichiers", data={"faits": "x" * 20 * MB, "csrf_token": camille.csrf()})
    assert sent.status_code == 413 and "Une page accepte 16" in sent.get_data(as_text=True)


def test_a_list_of_people_that_is_too_heavy_comes_back_to_its_page(visit):
    ana = visit.as_("ana")
    answer = send_heavy(ana, "/c/valombre/membres/import", "file", b"nom;adresse\r\n" * 2 * MB)
    assert answer.status_code == 422 and "dépasse 1" in answer.get_data(as_text=True)
