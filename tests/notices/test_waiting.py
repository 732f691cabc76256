"""« Ce qui vous attend »: what happened, for who may read it now; what was opened is seen; reading writes nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from rex import clock
from rex.collectifs.models import Membership
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Authorship, Entry, Recit
from rex.journal.moment_models import What
from rex.journal.publishing import publish
from rex.journal.together_models import CoAuthorInvitation, RecitInvitation
from rex.notices import sentences
from rex.notices.models import Notice
from rex.notices.queries import ASKING
from tests.journal.making import text_of
from tests.making import contents, make_recit, reader_of
from tests.notices.telling import has_news, kept, say, tell
from tests.notices.test_listening import make_thanks

PAGE = "/ce-qui-vous-attend"


def words_of(client, page: str = PAGE) -> str:
    response = client.get(page, buffered=True)  # to its end, as a browser does
    assert response.status_code == 200
    return text_of(response).replace("\u202f", " ").replace("\u00a0", " ")


def test_answers_are_gathered_under_their_entry_and_lead_to_the_message(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    first, second = say(database, cast.bruno, made.id), say(database, cast.dora, made.id)
    tell(database, cast.bruno, What.ANSWER, made.id, [cast.camille], first.id)
    tell(database, cast.dora, What.ANSWER, made.id, [cast.camille], second.id)
    page = words_of(visit.as_("camille"))
    assert "Dora Lenoir et Bruno Maréchal ont répondu à votre récit" in page
    assert page.count("Le marché déplacé") == 1
    assert f'href="{made.url}#e-{first.public_id}"' in page, "the first one that was not read"
    shown = re.sub(r"<[^>]+>", " ", page.split("</h1>")[1].split("</main")[0])
    assert not re.search(r"\d", shown), "no figure about anybody"


SENTENCES = [
    (What.MENTION, "Bruno Maréchal vous cite dans un échange"),
    (What.OTHER_RECIT, "Bruno Maréchal raconte aussi cette action"),
    (What.NOTE, "Bruno Maréchal a noté où des récits de l’action divergent ou se rejoignent"),
    (What.ECHO, "Bruno Maréchal vit cela aussi"),
    (What.CO_AUTHOR_JOINED, "Bruno Maréchal signe maintenant ce récit avec vous"),
    (What.PUBLISHED_TOGETHER, "Chacun a dit oui : votre récit est dans le journal"),
    (What.SYNTHESE, "Bruno Maréchal a clos l’échange par une synthèse"),
    (What.REPORTED, "Un texte est signalé : il attend votre lecture"),
    (What.REPORT_READ, "L’animation a lu votre signalement"),
    (What.SUSPENDED, "Votre récit est suspendu : l’animation vous dit pourquoi"),
    (What.RESTORED, "Votre récit est rétabli"),
    (What.NOTE_SUSPENDED, "Votre note entre deux récits est suspendue : l’animation vous dit pourquoi"),
    (What.NOTE_RESTORED, "Votre note entre deux récits est rétablie"),
    (What.WORDS_SUSPENDED, "Ce que vous avez écrit autour de ce texte est suspendu : l’animation vous dit pourquoi"),
    (What.WORDS_RESTORED, "Ce que vous avez écrit autour de ce texte est rétabli"),
    (What.NARROWED, "Votre récit est retiré du réseau"),
    (What.REREAD, "Votre récit a un an : que liriez-vous autrement ?"),
    (What.THANKS_ACCEPTED, "Votre merci paraît dans le journal"),
]


@pytest.mark.parametrize("what, sentence", SENTENCES, ids=[what for what, _ in SENTENCES])
def test_each_thing_has_its_sentence(visit, database, cast, what, sentence):
    made = make_recit(database, cast.camille)
    tell(database, cast.bruno, what, made.id, [cast.camille])
    assert sentence in words_of(visit.as_("camille"))


def test_everything_that_can_be_told_has_a_sentence():
    of_groups = {What.GROUP_INVITED, What.GROUP_ASKED}  # `sentence_of_ask` says them, without a name
    assert set(sentences._SENTENCES) | set(sentences._OF_SEANCES) | ASKING | of_groups == set(What)


def test_the_other_authors_are_told_of_a_withdrawal_until_it_is_published_again(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé", co_authors=(cast.bruno,))
    visit.as_("bruno").send(f"{made.url}/retrait")
    page = words_of(visit.as_("camille"))
    assert "Bruno Maréchal a retiré votre récit du journal" in page and f'href="{made.url}/edition"' in page
    assert not kept(database, cast.bruno) and not kept(database, cast.dora)
    with database.session(write=True) as session:
        session.reader = camille = reader_of(session, cast.camille)
        recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
        publish(session, camille, recit, Audience.COLLECTIF)
        session.commit()
    assert "a retiré" not in words_of(visit.as_("camille"))


def test_an_answer_to_one_s_own_message(visit, database, cast):
    made = make_recit(database, cast.camille)
    mine = say(database, cast.dora, made.id)
    answer = say(database, cast.bruno, made.id, parent_id=mine.id)
    tell(database, cast.bruno, What.ANSWER, made.id, [cast.camille, cast.dora, cast.paul], answer.id)
    assert "Bruno Maréchal a répondu à votre message" in words_of(visit.as_("dora"))
    assert "Bruno Maréchal a répondu à votre récit" in words_of(visit.as_("camille"))
    assert "Bruno Maréchal a répondu dans un échange que vous suivez" in words_of(visit.as_("paul"))


def leave(database, cast) -> None:
    with database.system("a person leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))


def hide(**values):
    def act(database, cast) -> None:
        with database.system("an entry changes", write=True) as session:
            session.execute(update(Entry).values(**values).execution_options(synchronize_session=False))

    return act


def take_back(**values):
    def act(database, cast) -> None:
        with database.system("a message changes", write=True) as session:
            session.execute(update(Exchange).values(**values).execution_options(synchronize_session=False))

    return act


LOST = {
    "left": leave,
    "withdrawn": hide(published_at=None, audience=None),
    "suspended": hide(suspended_at=clock.now()),
    "message withdrawn": take_back(withdrawn_at=clock.now()),
    "message suspended": take_back(suspended_at=clock.now()),
}


@pytest.mark.parametrize("how", LOST)
def test_what_may_not_be_read_any_more_is_not_there(visit, database, cast, how):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    message = say(database, cast.dora, made.id)
    tell(database, cast.dora, What.MENTION, made.id, [cast.bruno], message.id)
    client = visit.as_("bruno")
    assert "Le marché déplacé" in words_of(client) and has_news(database, cast.bruno)
    LOST[how](database, cast)
    page = words_of(client)
    assert "marché" not in page and "Dora" not in page and "Rien ne vous attend." in page
    assert not has_news(database, cast.bruno), "an empty page takes the dot away"


def test_narrowed_it_vanishes_for_the_others(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé", audience=Audience.RESEAU)
    tell(database, cast.camille, What.OTHER_RECIT, made.id, [cast.ines, cast.bruno])
    hide(audience=Audience.COLLECTIF)(database, cast)
    assert "marché" not in words_of(visit.as_("ines"))
    assert "marché" in words_of(visit.as_("bruno"))


def test_an_invitation_to_sign_shows_no_title(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé", audience=None)
    invite(database, cast, made)
    page = words_of(visit.as_("bruno"))
    assert "Camille Roy vous invite à signer un récit en commun" in page
    assert f'href="/recits/{made.public_id}/invitation"' in page
    assert "marché" not in page
    with database.system("they changed their mind", write=True) as session:
        session.execute(update(CoAuthorInvitation).values(declined_at=clock.now()))
    assert "Camille" not in words_of(visit.as_("bruno"))


def invite(database, cast, made) -> None:
    with database.system("an invitation", write=True) as session:
        session.add(CoAuthorInvitation(entry_id=made.id, user_id=cast.bruno.id, invited_by_id=cast.camille.id))
    tell(database, cast.camille, What.CO_AUTHOR_ASKED, made.id, [cast.bruno])


def test_a_consent_waits_until_it_is_given(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé", audience=None, co_authors=(cast.bruno,))
    visit.as_("camille").send(f"{made.url}/publication", {"publier": "collectif"})
    bruno = visit.as_("bruno")
    page = words_of(bruno)
    assert "Votre accord est attendu : Camille Roy propose de publier un récit que vous signez" in page
    assert f'href="{made.url}/accord"' in page
    assert "Votre accord" not in words_of(visit.as_("camille")), "who asks has said yes"
    bruno.send(f"{made.url}/accord")
    assert "Votre accord" not in words_of(bruno)


def test_an_invitation_to_tell_waits_until_it_is_answered(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    with database.system("an invitation", write=True) as session:
        action_id = session.scalars(select(Recit.action_id).where(Recit.id == made.id)).one()
        session.add(RecitInvitation(action_id=action_id, user_id=cast.bruno.id, invited_by_id=cast.camille.id))
    tell(database, cast.camille, What.RECIT_ASKED, made.id, [cast.bruno])
    bruno = visit.as_("bruno")
    page = words_of(bruno)
    assert "Camille Roy vous invite à raconter cette action à votre tour" in page
    assert "Le marché déplacé" in page and f'href="/actions/{made.action_public_id}"' in page
    with database.system("they answered", write=True) as session:
        session.execute(update(RecitInvitation).values(answered_at=clock.now()))
    assert "raconter cette action" not in words_of(bruno)


def test_thanks_wait_for_a_person_and_for_a_team(visit, database, cast):
    make_thanks(database, cast.dora, to_user=cast.paul.id, collectif_id=cast.valombre_id)
    make_thanks(database, cast.dora, to_service=cast.service_ids["Voirie"], collectif_id=cast.valombre_id)
    assert "Dora Lenoir vous dit merci" in words_of(visit.as_("paul"))
    assert "Dora Lenoir dit merci à votre équipe" in words_of(visit.as_("bruno"))
    assert "Dora" not in words_of(visit.as_("jeanne"))
    assert "Dora Lenoir dit" not in words_of(visit.as_("dora"))


def test_opening_the_entry_is_seeing_and_the_dot_goes(visit, database, cast):
    made, other = make_recit(database, cast.camille), make_recit(database, cast.camille, "Un autre")
    for entry in (made, other):
        tell(database, cast.dora, What.OTHER_RECIT, entry.id, [cast.bruno])
    bruno = visit.as_("bruno")
    assert "du nouveau" in words_of(bruno, "/compte")
    bruno.get(made.url, buffered=True)
    assert [notice.seen_at is not None for notice in kept(database, cast.bruno)] == [True, False]
    assert has_news(database, cast.bruno)
    bruno.get(f"/actions/{other.action_public_id}", buffered=True)
    assert not has_news(database, cast.bruno)
    assert "du nouveau" not in words_of(bruno, "/compte") and "Rien ne vous attend." in words_of(bruno)


def test_a_page_that_is_refused_is_not_seen(visit, database, cast):
    made = make_recit(database, cast.camille)
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno])
    leave(database, cast)
    assert visit.as_("bruno").get(made.url, buffered=True).status_code == 404
    assert kept(database, cast.bruno)[0].seen_at is None


def test_reading_writes_nothing_within_the_request(visit, database, cast, count_statements):
    """While the page is drawn: the engine refuses it, and nothing is written before the answer is given back. Without news,
    nothing at all is asked."""
    made = make_recit(database, cast.camille)
    bruno = visit.as_("bruno")
    bruno.get(made.url)
    before = contents(database)
    with count_statements() as without_news:
        bruno.get(made.url)
    assert contents(database) == before
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno])
    with count_statements() as seen:
        response = bruno.get(made.url, buffered=False)
        drawn = len(seen)
        assert kept_unseen(database, cast.bruno) == 1, "seen only once the answer was given back"
        response.close()
    assert drawn == len(without_news), "telling costs the page no statement"
    assert kept_unseen(database, cast.bruno) == 0


def kept_unseen(database, person) -> int:
    with database.system("count") as session:
        query = select(func.count(Notice.id)).where(Notice.user_id == person.id, Notice.seen_at.is_(None))
        return session.scalar(query) or 0


def test_mark_all_as_read_leaves_what_came_since_and_what_is_asked(visit, database, cast, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    made = make_recit(database, cast.camille, "Le marché déplacé")
    draft = make_recit(database, cast.camille, audience=None)
    invite(database, cast, draft)
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno])
    bruno = visit.as_("bruno")
    page = words_of(bruno)
    until = page.split('name="jusqu-a" value="')[1].split('"')[0]
    time_machine.shift(timedelta(minutes=1))
    tell(database, cast.ana, What.MENTION, made.id, [cast.bruno])
    assert bruno.send(PAGE, {"jusqu-a": until}).location == PAGE
    page = words_of(bruno)
    assert "raconte aussi" not in page and "vous cite" in page and "vous invite à signer" in page
    assert has_news(database, cast.bruno)
    bruno.send(PAGE, {"jusqu-a": "n’importe quoi"})
    assert "vous cite" not in words_of(bruno) and not has_news(database, cast.bruno)


def test_nobody_sees_what_is_told_to_another(visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno])
    for who in ("jeanne", "ines", "ana", "admin", "gael"):
        assert "marché" not in words_of(visit.as_(who))


def test_one_statement_however_many_notices(visit, database, cast, count_statements):
    def asked() -> int:
        with count_statements() as seen:
            words_of(bruno)
        return len(seen)

    bruno = visit.as_("bruno")
    made = make_recit(database, cast.camille)
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno])
    few = asked()
    for rank in range(6):
        other = make_recit(database, cast.camille, f"Récit {rank}")
        tell(database, cast.dora, What.OTHER_RECIT, other.id, [cast.bruno])
        tell(database, cast.ana, What.NOTE, other.id, [cast.bruno])
    assert asked() == few <= 12, "as a home: what each room may await, in statements of their own"


def test_hundreds_are_shown_page_by_page(visit, database, cast):
    made = [make_recit(database, cast.camille, f"Récit n° {rank}") for rank in range(3)]
    with database.system("many notices", write=True) as session:
        for rank in range(450):
            session.add(Notice(user_id=cast.bruno.id, what=What.ECHO, entry_id=made[rank // 150].id, actor_id=cast.dora.id))
    bruno = visit.as_("bruno")
    first = words_of(bruno)
    assert "Récit n° 2" in first and "Récit n° 0" not in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    other = words_of(bruno).split('rel="next" href="')[1].split('"')[0]
    assert len(older) > 60 and older != other, "sealed: numbers of notices would tell how much is told to others"
    second = words_of(bruno, older)
    third = words_of(bruno, second.split('rel="next" href="')[1].split('"')[0])
    assert "Récit n° 0" in third and 'rel="next"' not in third
    for wrong in ("", "é", "-1", "1", "9" * 40, "zz zz", older.partition("=")[2][:-2]):
        assert "Récit n° 2" in text_of(bruno.get(PAGE, query_string={"avant": wrong})), "the first page"


def test_the_collectif_is_named_to_who_has_several(visit, database, cast):
    made = make_recit(database, cast.ines)
    tell(database, cast.ines, What.OTHER_RECIT, made.id, [cast.noor])
    assert "Pays de l’Orbe</p>" in words_of(visit.as_("noor"))


def test_a_signature_that_left_shows_as_somebody(visit, database, cast):
    made = make_recit(database, cast.camille)
    with database.system("told by an account that was deleted", write=True) as session:
        session.add(Notice(user_id=cast.camille.id, what=What.ECHO, entry_id=made.id))
        assert session.scalars(select(Authorship.id).where(Authorship.entry_id == made.id)).all()
    assert "Une personne vit cela aussi" in words_of(visit.as_("camille"))


def test_a_rhythm_is_chosen_and_a_wrong_one_says_so(visit, database, cast):
    bruno = visit.as_("bruno")
    assert 'value="quotidien" checked' in words_of(bruno, "/compte/rythme")
    refused = bruno.send("/compte/rythme", {"rythme": "parfois"})
    assert refused.status_code == 422 and "Choisissez un rythme" in text_of(refused)
    assert bruno.send("/compte/rythme", {"rythme": "hebdomadaire"}).location == "/compte"
    assert 'value="hebdomadaire" checked' in words_of(bruno, "/compte/rythme")
    assert 'value="quotidien" checked' in words_of(visit.as_("camille"), "/compte/rythme"), "one's own, nobody else's"
