"""A text leaves a group when all said yes, and only then; what appears holds nothing of where it comes from."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Collectif, Membership, User
from rex.db import Base
from rex.journal.models import Action, Audience, Authorship, Draft, EntryKind, Recit, Revision, Section
from rex.notices.models import Notice
from rex.peer_groups.creating import seat as seat_in_group
from rex.peer_groups.models import Outcome
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_group, make_recit
from tests.peer_groups.groups import days_pass, mails, tick, to_whom, was_away
from tests.versements.leaving import SAFE, begin, decision_of, decision_row, is_kept, put, row_of, say, text_of, told_by

WORD = "quetzalcoatl"
CONTEXT = {
    "faits": f"Dora a vu le maire, à Valombre, le 12 mars 2024, pour 12 000 € : {WORD}.",
    "appris": f"J’ai appris à me taire, {WORD}.",
}


@pytest.fixture
def group(database, cast):
    """Noor writes; Dora is responsable; Inès is of another collectif."""
    return make_group(database, cast.dora, cast.noor, cast.ines)


@pytest.fixture
def source(database, cast, group):
    return make_recit(database, cast.noor, f"Le poste promis {WORD}", CONTEXT, group=group.id)


@pytest.fixture
def asked(visit, group, source):
    leaving = begin(visit, "noor", group, source.public_id)
    answer = put(visit, "noor", leaving, collectif=place(visit), nature="recit", titre="Se taire")
    return leaving, decision_of(answer)


def place(visit) -> str:
    """Valombre, as the form names it."""
    with visit.app.extensions["rex"].database.system("a collectif") as session:
        return session.scalars(select(Collectif.public_id).where(Collectif.id == visit.cast.valombre_id)).one()


def test_all_say_yes_and_it_appears_as_a_plain_recit(visit, database, cast, group, source, asked):
    _leaving, decision = asked
    assert to_whom(database, cast) == ["dora", "ines"]
    assert told_by(database, cast.noor, cast.valombre_id) == []
    say(visit, "dora", group, decision)
    assert told_by(database, cast.noor, cast.valombre_id) == [], "Inès said nothing yet"
    say(visit, "ines", group, decision)
    (entry,) = told_by(database, cast.noor, cast.valombre_id)
    assert (entry.kind, entry.audience, entry.title) == (EntryKind.RECIT, Audience.COLLECTIF, "Se taire")
    page = visit.as_("camille").get(f"/recits/{entry.public_id}")
    assert page.status_code == 200 and "Le silence disait déjà tout." in text_of(page)
    assert "Se taire" in text_of(visit.as_("camille").get("/c/valombre/recits"))
    with database.system("who signs") as session:
        assert session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry.id)).all() == [cast.noor.id]
        assert session.scalars(select(Draft.entry_id).where(Draft.entry_id == entry.id)).all() == []
    assert "La réponse est oui." in text_of(visit.as_("ines").get(f"{group.url}/decisions/{decision}"))
    assert visit.as_("noor").get(source.url).status_code == 200, "the text of the group stays where it is"


def test_a_difficulty_too(visit, database, cast, group):
    noted = make_difficulty(database, cast.noor, f"Je repousse, {WORD}.", group=group.id, audience=Audience.GROUPE)
    leaving = begin(visit, "noor", group, noted.public_id)
    decision = decision_of(put(visit, "noor", leaving, collectif=place(visit)))
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    (entry,) = told_by(database, cast.noor, cast.valombre_id)
    assert (entry.kind, entry.words, entry.about_id) == (EntryKind.DIFFICULTY, SAFE, None)
    assert visit.as_("camille").get(f"/difficultes/{entry.public_id}").status_code == 200


@pytest.mark.parametrize("last", ["non", None])
def test_one_no_and_one_silence_are_the_same(visit, database, cast, app, group, asked, last):
    leaving, decision = asked
    say(visit, "dora", group, decision)
    if last:
        say(visit, "ines", group, decision, last)
    days_pass(database, 13)
    tick(app)
    assert decision_row(database, decision).outcome is None, "a no ends nothing before the date: nobody learns that it was one"
    days_pass(database, 1)
    tick(app)
    assert decision_row(database, decision).outcome is Outcome.NOT_ACCEPTED
    assert told_by(database, cast.noor, cast.valombre_id) == []
    pages = [text_of(visit.as_(who).get(f"{group.url}/decisions/{decision}")) for who in ("noor", "dora")]
    assert all("Cela n’a pas été accepté." in page for page in pages)
    assert all("dit non" not in page and "Inès Carle a" not in page for page in pages)
    again = put(visit, "noor", leaving, collectif=place(visit), nature="recit", titre="Se taire")
    assert decision_of(again) != decision, "one may write it otherwise and ask again"


def test_the_time_to_answer_is_that_of_the_pacte_and_who_is_away_is_asked_too(visit, database, cast, app, group, source):
    was_away(database, group.id, cast.ines, 90)
    leaving = begin(visit, "noor", group, source.public_id)
    decision = decision_of(put(visit, "noor", leaving, collectif=place(visit)))
    row = decision_row(database, decision)
    assert abs(row.closes_at - row.asked_at - timedelta(days=14)) < timedelta(minutes=1)
    say(visit, "dora", group, decision)
    assert told_by(database, cast.noor, cast.valombre_id) == [], "Inès, away for ninety days, has a silence of her own"


def test_alone_in_a_group_one_has_said_all(visit, database, cast):
    group = make_group(database, cast.noor)
    source = make_recit(database, cast.noor, "Seule", group=group.id)
    leaving = begin(visit, "noor", group, source.public_id)
    decision_of(put(visit, "noor", leaving, collectif=place(visit)))
    assert len(told_by(database, cast.noor, cast.valombre_id)) == 1


def test_nothing_of_the_context_is_found_outside(visit, database, cast, group, source, asked):
    """A word of the group's text and title, and all of its keys, against every row that is not of the group."""
    make_exchange(database, cast.dora, source.public_id, f"Moi aussi, {WORD}.")
    leaving, decision = asked
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    (entry,) = told_by(database, cast.noor, cast.valombre_id)
    keys = {WORD, source.public_id, source.action_public_id, leaving.public_id, decision, group.public_id}
    with database.engine.connect() as connection:
        tables = {table.name: connection.execute(select(table)).mappings().all() for table in Base.metadata.sorted_tables}
    of_entry = {
        "entry": [row for row in tables["entry"] if row["id"] == entry.id],
        **{
            name: [row for row in rows if entry.id in (row.get("entry_id"), row.get("one_id"), row.get("other_id"))]
            for name, rows in tables.items()
            if name != "versement"
        },
        "recit": [row for row in tables["recit"] if row["id"] == entry.id],
        "action": [row for row in tables["action"] if row["collectif_id"] == cast.valombre_id],
    }
    said = repr(of_entry)
    assert "Se taire" in said and not [key for key in keys if key in said]
    assert entry.public_id not in repr((tables["versement"], tables["group_decision"])), "opened or not"
    with database.engine.connect() as connection:
        raw = repr([connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("versement", "group_decision")])
    assert "Se taire" not in raw and SAFE not in raw and "dora" not in raw.lower()
    row, content = row_of(database, leaving)
    assert entry.public_id not in repr(vars(row)) and str(entry.id) not in content.text
    assert not [one for one in tables["notice"] if one["entry_id"] == entry.id], "nobody is told where it comes from"
    assert all(entry.public_id not in repr(one) and WORD not in repr(one) for one in mails(database))
    for client in (visit.as_("camille"), visit.as_("ana"), visit.as_("noor")):
        for path in (f"/recits/{entry.public_id}", "/c/valombre/", "/c/valombre/recits", "/", "/ce-qui-vous-attend"):
            page = client.get(path).get_data(as_text=True)
            assert not [key for key in keys - {group.public_id} if key in page], path
    inside = "".join(
        visit.as_("noor").get(path).get_data(as_text=True) for path in (group.url, f"{group.url}/versements", source.url)
    )
    assert entry.public_id not in inside


def test_what_dates_it_is_a_minute_drawn_among_those_before(visit, database, cast, group, asked):
    """A page tells it to the second: neither the instant of the last yes, nor a round one that would mark the text."""
    _, decision = asked
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    (entry,) = told_by(database, cast.noor, cast.valombre_id)
    with database.system("all that dates it") as session:
        revisions = session.scalars(select(Revision.created_at).where(Revision.entry_id == entry.id)).all()
        recit = session.scalars(select(Recit).where(Recit.id == entry.id)).one()
        action = session.scalars(select(Action).where(Action.id == recit.action_id)).one()
        ended = decision_row(database, decision).ended_at
        assert session.scalars(select(Notice.id).where(Notice.entry_id == entry.id)).all() == []
        assert session.scalars(select(Section.source).where(Section.entry_id == entry.id)).all() == [SAFE]
    assert entry.published_at and ended
    assert revisions == [entry.published_at] and action.created_at == entry.created_at < entry.published_at
    assert timedelta(seconds=59) < ended - entry.published_at < timedelta(minutes=11)
    assert timedelta(0) < entry.published_at - entry.created_at < timedelta(hours=3, minutes=1)
    assert entry.corrected_at is None and (entry.published_at.second, entry.published_at.microsecond) != (0, 0)
    shown = visit.as_("camille").get(f"/recits/{entry.public_id}").get_data(as_text=True)
    assert "T23:00:00" not in shown and "T22:00:00" not in shown and ended.isoformat()[:19] not in shown


def test_who_leaves_takes_their_silence_along_and_nobody_learns_that_it_was_one(visit, database, cast, app, group, asked):
    leaving, decision = asked
    say(visit, "dora", group, decision)
    assert visit.as_("ines").send(f"{group.url}/quitter").status_code == 303
    say(visit, "dora", group, decision)
    assert decision_row(database, decision).outcome is None and told_by(database, cast.noor, cast.valombre_id) == []
    days_pass(database, 14)
    tick(app)
    assert decision_row(database, decision).outcome is Outcome.ACCEPTED and row_of(database, leaving)[0].is_told
    assert [entry.title for entry in told_by(database, cast.noor, cast.valombre_id)] == ["Se taire"]


def test_its_author_is_not_asked_and_cannot_pass_for_a_member_who_says_no(visit, database, cast, group, asked):
    _, decision = asked
    page = visit.as_("noor").get(f"{group.url}/decisions/{decision}").get_data(as_text=True)
    assert 'value="oui"' not in page and 'value="non"' not in page and 'value="reprendre"' in page
    say(visit, "noor", group, decision, "non")
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    assert len(told_by(database, cast.noor, cast.valombre_id)) == 1


def test_an_author_whose_account_closes_lets_nothing_out(visit, database, cast, app, group, asked):
    leaving, decision = asked
    with database.system("Noor's account is closed", write=True) as session:
        session.scalars(select(User).where(User.id == cast.noor.id)).one().closed_at = clock.now()
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    days_pass(database, 14)
    tick(app)
    assert told_by(database, cast.noor, cast.valombre_id) == [] and not row_of(database, leaving)[0].is_told


def test_an_author_who_leaves_lets_nothing_out(visit, database, cast, app, group, asked):
    leaving, decision = asked
    say(visit, "dora", group, decision)
    assert visit.as_("noor").send(f"{group.url}/quitter").status_code == 303
    say(visit, "ines", group, decision)
    days_pass(database, 20)
    tick(app)
    assert decision_row(database, decision).outcome is Outcome.TAKEN_BACK
    assert not is_kept(database, leaving) and told_by(database, cast.noor, cast.valombre_id) == []


def test_an_author_who_left_the_collectif_lets_nothing_out_there(visit, database, cast, group, asked):
    _leaving, decision = asked
    with database.system("Noor leaves Valombre", write=True) as session:
        seat = select(Membership).where(Membership.user_id == cast.noor.id, Membership.collectif_id == cast.valombre_id)
        session.scalars(seat).one().ended_at = clock.now()
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    assert told_by(database, cast.noor, cast.valombre_id) == []
    assert "vous n’êtes plus membre de ce journal" in text_of(visit.as_("noor").get(f"{group.url}/decisions/{decision}"))


def test_a_group_that_ends_during_the_vote_lets_nothing_out(visit, database, cast, app, group, asked):
    leaving, decision = asked
    for who in ("dora", "noor", "ines"):
        client = visit.as_(who)
        if who == "dora":
            asked_end = client.send(f"{group.url}/dissoudre", {"why": "C’est fini."})
            assert asked_end.status_code == 303
            page = client.get(group.url).get_data(as_text=True)
        else:
            page = client.get(group.url).get_data(as_text=True)
            for one in {part.split('"')[0] for part in page.split("/decisions/")[1:]} - {decision}:
                client.send(f"{group.url}/decisions/{one}", {"reponse": "oui"})
    days_pass(database, 8)
    tick(app)
    assert not is_kept(database, leaving), "its rows went with the group"
    assert told_by(database, cast.noor, cast.valombre_id) == []


def test_its_author_takes_it_back(visit, database, cast, group, asked):
    leaving, decision = asked
    say(visit, "dora", group, decision)
    assert "Se taire" in text_of(visit.as_("dora").get(f"{group.url}/decisions/{decision}"))
    assert say(visit, "noor", group, decision, "reprendre").status_code == 303
    say(visit, "ines", group, decision)
    for path in (f"{group.url}/decisions/{decision}", f"{group.url}/versements", f"{group.url}/recherche?q=taire"):
        page = visit.as_("dora").get(path).get_data(as_text=True)
        assert "Se taire" not in page and leaving.public_id not in page, path
    assert visit.as_("dora").get(leaving.url).status_code == 404
    assert told_by(database, cast.noor, cast.valombre_id) == []
    assert visit.as_("noor").get(leaving.url).status_code == 200, "it is theirs to write again"


def test_two_last_answers_make_one_entry(visit, database, cast, group, asked):
    _, decision = asked
    say(visit, "dora", group, decision)
    for _ in range(2):
        say(visit, "ines", group, decision)
    say(visit, "dora", group, decision, "non")
    assert len(told_by(database, cast.noor, cast.valombre_id)) == 1


def test_two_members_who_answer_at_the_same_instant_make_one_entry(visit, database, cast, group, asked):
    _leaving, decision = asked
    together, answers = threading.Barrier(2), []
    clients = {who: visit.as_(who) for who in ("dora", "ines")}
    tokens = {who: client.csrf() for who, client in clients.items()}

    def answer(who: str) -> None:
        together.wait()
        data = {"csrf_token": tokens[who], "reponse": "oui"}
        answers.append(clients[who].post(f"{group.url}/decisions/{decision}", data=data).status_code)

    threads = [threading.Thread(target=answer, args=(who,)) for who in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert decision_row(database, decision).outcome is Outcome.ACCEPTED
    assert len(told_by(database, cast.noor, cast.valombre_id)) == 1


def test_an_author_writes_again_while_the_last_member_answers(visit, database, cast, group, asked):
    """What is before the members cannot change under them: what appears is what all of them read."""
    leaving, decision = asked
    say(visit, "dora", group, decision)
    late = {"version": "2", "nature": "recit", "titre": "Autre", "texte": "Tout autre chose.", "acte": "enregistrer"}
    assert visit.as_("noor").send(leaving.url, late).status_code == 409
    say(visit, "ines", group, decision)
    assert visit.as_("noor").send(leaving.url, late).status_code == 409
    assert [entry.title for entry in told_by(database, cast.noor, cast.valombre_id)] == ["Se taire"]


def test_who_comes_during_the_vote_is_neither_asked_nor_shown_the_text(visit, database, cast, group, asked):
    _leaving, decision = asked
    with database.system("Paul joins", write=True) as session:
        seat_in_group(session, session.scalars(select(PeerGroup).where(PeerGroup.id == group.id)).one(), cast.paul.id)
    assert visit.as_("paul").get(f"{group.url}/decisions/{decision}").status_code == 404, "it was asked before"
    room = text_of(visit.as_("paul").get(group.url)) + text_of(visit.as_("paul").get(f"{group.url}/versements"))
    assert "Se taire" not in room and SAFE.split(".")[0] not in room
    for who in ("dora", "ines"):
        say(visit, who, group, decision)
    assert len(told_by(database, cast.noor, cast.valombre_id)) == 1


def test_its_author_takes_their_texts_along(visit, group, asked):
    own = visit.as_("noor").get(f"{group.url}/mes-textes").get_data(as_text=True)
    assert SAFE in own and SAFE not in visit.as_("dora").get(f"{group.url}/mes-textes").get_data(as_text=True)
