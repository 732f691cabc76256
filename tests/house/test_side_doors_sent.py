"""What members would send, sent by strangers: every form of every page of a group, filled in. It does nothing, and says no word."""

from tests.house.planting import IN_THE_ROOM
from tests.house.raw_bytes import rows_as_they_lie, spellings
from tests.house.test_removed_member import filled, values_of
from tests.house.test_side_doors import MEMBERS, STRANGERS, entering, said_by
from tests.house.typing_in import Found, filled_in, forms_of, send

TYPED = "Trois mots ordinaires"
# A sign-in asked for first; what does not exist; a method that the page does not know.
REFUSED = {401, 404, 405}
OF_NO_GROUP = {"device", "attempt"}


def test_forms_sent_by_strangers_do_nothing(app, database, cast, visit, ids):
    room = filled(database, cast, ids)
    found: dict[str, Found] = {}
    for who in MEMBERS:
        for one in forms_of(app, entering(visit, cast, who), room, who, IN_THE_ROOM):
            found.setdefault(one.name, one)
    of_the_room = [one for one in found.values() if any(value in one.path for value in values_of(room))]
    assert len(of_the_room) > 60
    before = dict(rows_as_they_lie(database))
    told: dict[str, str] = {}
    for who in ("jeanne", *STRANGERS):
        client = entering(visit, cast, who)
        client.proof_reads = False
        for one in of_the_room:
            sent = filled_in(one, lambda _: TYPED, token=client.csrf())
            answer = send(client, one, sent)
            carried = said_by(answer) if who else ""  # signed out, the sign-in form carries what the form itself held
            if answer.status_code not in REFUSED or room.said_in(carried):
                told[f"{who}: {one.name}"] = answer.status
    assert told == {}
    after = dict(rows_as_they_lie(database))
    assert [name for name in after if name not in OF_NO_GROUP and after[name] != before[name]] == []


def without(word: str, answer: str) -> str:
    """An answer but for the word that was asked, which a page repeats: in its field, and in the addresses of its links."""
    for said in spellings(word).values():
        answer = answer.replace(said, "")
    return answer


def test_lists_of_a_collectif_hold_nothing_that_was_asked(app, database, cast, visit, ids):
    """Searches, filters, suggestions of names, asked with each planted word and with each id of the group."""
    room = filled(database, cast, ids)
    asked = [*list(room.planted.values())[::4], *sorted(values_of(room))[:12]]
    for who in ("ana", "ines", "bruno"):
        client = entering(visit, cast, who)
        client.proof_reads = False
        place = "orbe" if who == "ines" else "valombre"
        for word in asked:
            for path in (f"/c/{place}/recits?", f"/c/{place}/difficultes?", f"/recits/{ids['recit_id']}/personnes?", "/boussole?"):
                query = "&".join(f"{name}={word}" for name in ("q", "balise", "service", "auteur", "avant", "action", "groupe"))
                answer = client.get(path + query)
                heard = without(word, said_by(answer))
                assert answer.status_code < 500 and room.said_in(heard) == set(), (who, path)
