"""The files in the archive of a person’s own data: its texts show them where they lie, and REX takes them back."""

import io
import json
import re
import zipfile

from rex.documents.own_marks import read_own
from tests.departures.test_own_data import PAGE, entered
from tests.journal.making import save
from tests.making import make_file, make_group, make_recit


def members(client) -> dict[str, bytes]:
    answer = client.send(PAGE, {"current_password": "des-mots-de-passe-longs"})
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def links_of(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#]+)", text)


def test_the_texts_lead_to_the_files_that_lie_beside_them(database, cast, visit):
    made = make_recit(database, cast.camille, "La place")
    shown, begun, alone = (make_file(database, cast.camille, made) for _ in range(3))
    client = visit.as_("camille")
    save(client, made.public_id, {"faits": f"Voici ![la place](/fichiers/{shown}#40x30)."}, suite="modification")
    save(client, made.public_id, {"faits": f"Et ![l’autre](/fichiers/{begun}#40x30).", "titre": "La place"})
    files = members(client)
    folder = "journal-valombre/recits/001-la-place"
    for text, address in (("recit.md", shown), ("brouillon.md", begun)):
        (link,) = links_of(files[f"{folder}/{text}"].decode())
        assert files[f"{folder}/{link}"][:3] == b"\xff\xd8\xff", f"{text} shows {address}"
    listed = {one["adresse"]: one["fichier"] for one in json.loads(files[f"{folder}/recit.json"])["fichiers"]}
    assert set(listed) == {f"/fichiers/{one}" for one in (shown, begun, alone)}
    assert listed[f"/fichiers/{alone}"] == "fichiers/01-La place.jpg", "what no text shows is there under its own name"
    assert {f"{folder}/{name}" for name in listed.values()} == {name for name in files if "/fichiers/" in name}
    taken_back = read_own(files[f"{folder}/recit.md"].decode())
    assert taken_back and taken_back.parts[0].body == f"Voici ![la place](/fichiers/{shown}#40x30)."


def test_a_file_that_the_host_lost_keeps_its_address(database, cast, visit):
    made = make_recit(database, cast.camille, "La place")
    lost = make_file(database, cast.camille, made)
    client = visit.as_("camille")
    save(client, made.public_id, {"faits": f"Voici ![la place](/fichiers/{lost}#40x30)."}, suite="modification")
    database.files.path(lost).unlink()
    files = members(client)
    assert f"](/fichiers/{lost}#40x30)" in files["journal-valombre/recits/001-la-place/recit.md"].decode()
    assert not any("/fichiers/" in name for name in files)


def test_in_a_group_too(app, database, cast, visit):
    group = make_group(database, cast.camille, cast.dora)
    made = make_recit(database, cast.camille, "Au groupe", {"faits": "Des mots."}, group=group.id)
    shown = make_file(database, cast.camille, made)
    client = entered(app, cast.camille)
    save(client, made.public_id, {"faits": f"Voici ![la place](/fichiers/{shown}#40x30)."}, suite="modification")
    files = members(client)
    (link,) = links_of(files["groupes/groupe-1/mes-textes.md"].decode())
    assert files[f"groupes/groupe-1/{link}"][:3] == b"\xff\xd8\xff"
    assert link == "fichiers/01-fichier.jpg", "nothing of a group is said in the name of a file"
