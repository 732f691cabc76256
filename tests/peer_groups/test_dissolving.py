"""The end of a group: decided by its rule, announced, stopped by one objection, done; nothing of it is left to read."""

import pytest
from sqlalchemy import select

from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Space
from rex.db import Base
from rex.journal.models import Entry
from rex.keys import KeyLost
from rex.peer_groups.models import DecisionKind, Outcome
from rex.sealed_files import FileLost
from tests.making import make_exchange, make_file, make_group, make_recit
from tests.peer_groups.groups import days_pass, decisions, mails, tick, to_whom, was_away
from tests.peer_groups.test_joining import FRAME, text_of, vote


def ask_for_the_end(visit, who: str, group) -> str:
    answer = visit.as_(who).send(f"{group.url}/dissoudre", {"why": "Nous avons fait le tour."})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def announced(database, group_id: int) -> bool:
    with database.system("whether an end is announced") as session:
        return session.scalars(select(PeerGroup.dissolves_at).where(PeerGroup.id == group_id)).one() is not None


def exists(database, group_id: int) -> bool:
    with database.system("whether a group exists") as session:
        return session.scalar(select(Space.id).where(Space.id == group_id)) is not None


def test_a_group_ends_seven_days_after_all_said_yes(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul)
    made = make_recit(database, cast.dora, "Ce que je porte", {"faits": "Des faits"}, group=group.id)
    make_exchange(database, cast.paul, made.public_id, "Moi aussi.")
    file_id = make_file(database, cast.dora, made)
    other = make_group(database, cast.dora, cast.ines)
    kept = make_recit(database, cast.dora, "Ailleurs", group=other.id)
    key = database.keyring.folder / f"groupe-{group.public_id}.key"
    assert key.exists()
    ask_for_the_end(visit, "paul", group)
    ((public_id, _),) = decisions(database, DecisionKind.DISSOLUTION)
    assert not announced(database, group.id)
    vote(visit, "dora", group.url, public_id)
    assert announced(database, group.id)
    assert to_whom(database, cast) == ["dora", "dora", "paul"], "asked, then both told of the end"
    page = text_of(visit.as_("dora").get(f"{group.url}/dissoudre"))
    assert "Le groupe prend fin le" in page and "dans les 30 jours, donc avant le" in page
    assert "Ce groupe prend fin le" in text_of(visit.as_("dora").get(group.url))
    days_pass(database, 6)
    tick(app)
    assert exists(database, group.id) and visit.as_("dora").get(made.url).status_code == 200
    days_pass(database, 1)
    tick(app)
    assert not exists(database, group.id) and not key.exists()
    for path in (group.url, made.url, f"{group.url}/dissoudre"):
        assert visit.as_("dora").get(path).status_code == 404
    assert visit.as_("dora").get(kept.url).status_code == 200, "another group keeps its key and its rows"
    with database.system("what is left") as session:
        assert session.scalars(select(Entry.id)).all() == [kept.id]
    assert rows_with(database, group.id) == [], "no row points to it"
    with pytest.raises((KeyLost, FileLost)):
        database.files.read(f"groupe-{group.public_id}", file_id)


def rows_with(database, group_id: int) -> list[str]:
    """Tables that still have a row of this space."""
    found = []
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [c.name for c in table.columns if c.name in ("collectif_id", "group_id")]
            for name in columns:
                if connection.execute(select(table.c[name]).where(table.c[name] == group_id)).first():
                    found.append(f"{table.name}.{name}")
    return found


def test_one_objection_stops_it_and_a_majority_decides(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    was_away(database, group.id, cast.ana, 90)
    ask_for_the_end(visit, "dora", group)
    ((first, _),) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "paul", group.url, first)
    assert announced(database, group.id), "who was away was not asked"
    visit.as_("ana").send(f"{group.url}/dissoudre/objection")
    assert not announced(database, group.id)
    days_pass(database, 7)
    tick(app)
    assert exists(database, group.id)
    (_, (second, outcome)) = decisions(database, DecisionKind.DISSOLUTION)
    assert outcome is None
    vote(visit, "ana", group.url, second, "non")
    vote(visit, "paul", group.url, second)
    assert not announced(database, group.id), "one of three"
    vote(visit, "dora", group.url, second)
    assert announced(database, group.id)
    page = visit.as_("ana").get(f"{group.url}/dissoudre").get_data(as_text=True)
    assert "il n’y en a pas de seconde" in page
    visit.as_("ana").send(f"{group.url}/dissoudre/objection")
    assert announced(database, group.id), "a majority has decided"
    days_pass(database, 7)
    tick(app)
    assert not exists(database, group.id)


def test_without_a_majority_after_an_objection_the_group_goes_on(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul)
    ask_for_the_end(visit, "dora", group)
    ((first, _),) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "paul", group.url, first)
    visit.as_("paul").send(f"{group.url}/dissoudre/objection")
    (_, (second, _)) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "dora", group.url, second)
    days_pass(database, 14)
    tick(app)
    assert decisions(database, DecisionKind.DISSOLUTION)[1] == (second, Outcome.NOT_ACCEPTED)
    assert exists(database, group.id) and not announced(database, group.id)
    ask_for_the_end(visit, "paul", group)
    assert len(decisions(database, DecisionKind.DISSOLUTION)) == 3, "it may be asked again"


def test_a_question_is_put_once_with_a_reason(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    empty = visit.as_("dora").send(f"{group.url}/dissoudre", {"why": ""})
    assert empty.status_code == 422 and "Écrivez pourquoi" in empty.get_data(as_text=True)
    ask_for_the_end(visit, "dora", group)
    again = visit.as_("paul").send(f"{group.url}/dissoudre", {"why": "Moi aussi."})
    assert again.status_code == 422
    assert len(decisions(database, DecisionKind.DISSOLUTION)) == 1
    assert visit.as_("dora").send(f"{group.url}/dissoudre/objection").status_code == 303
    assert len(decisions(database, DecisionKind.DISSOLUTION)) == 1, "there is no end to object to yet"


def test_the_rule_of_the_frame_decides(visit, database, cast):
    frame = {**FRAME, "dissolution_rule": "majorite", "founders": "paul@exemple.fr ana@exemple.fr"}
    url = visit.as_("dora").send("/groupes-de-pairs/nouveau", frame).location
    for who in ("paul", "ana"):
        visit.as_(who).send(f"{url}/invitation", {"reponse": "oui", "version": "1"})
    visit.as_("ana").send(f"{url}/dissoudre", {"why": "Assez."})
    ((public_id, _),) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "paul", url, public_id)
    assert decisions(database, DecisionKind.DISSOLUTION) == [(public_id, Outcome.ACCEPTED)], "two of three"


def test_each_takes_their_own_texts_along_until_the_last_day(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul)
    made = make_recit(database, cast.dora, "Ce que je porte", {"faits": "Des faits de Dora."}, group=group.id)
    make_exchange(database, cast.paul, made.public_id, "Moi aussi, dit Paul.")
    ask_for_the_end(visit, "dora", group)
    ((public_id, _),) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "paul", group.url, public_id)
    days_pass(database, 6)
    tick(app)
    own = {"dora": "Des faits de Dora.", "paul": "Moi aussi, dit Paul."}
    for who, words in own.items():
        page = visit.as_(who).get(f"{group.url}/dissoudre").get_data(as_text=True)
        assert f'href="{group.url}/mes-textes"' in page
        taken = visit.as_(who).get(f"{group.url}/mes-textes")
        text = taken.get_data(as_text=True)
        assert words in text and not [one for one in own.values() if one != words and one in text]
        name = taken.headers["Content-Disposition"]
        assert "attachment" in name and "vallée" not in name and group.public_id not in name
    days_pass(database, 1)
    tick(app)
    assert [visit.as_(who).get(f"{group.url}/mes-textes").status_code for who in own] == [404, 404]


def test_nobody_is_awaited_in_a_group_that_ends(visit, database, cast):
    group = make_group(database, cast.dora)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 200
    ask_for_the_end(visit, "dora", group)
    assert announced(database, group.id), "alone, one has said all there is to say"
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404


def test_a_mail_of_a_group_that_ended_does_not_leave(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul)
    ask_for_the_end(visit, "dora", group)
    ((public_id, _),) = decisions(database, DecisionKind.DISSOLUTION)
    vote(visit, "paul", group.url, public_id)
    assert mails(database)
    days_pass(database, 7)
    tick(app)
    config = app.extensions["rex"].config
    assert list(config.mails_dir.glob("*.eml")) == []
