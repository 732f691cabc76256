"""Invitations: who makes them, what the invited person reads, and that each makes one member."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import time_machine
from sqlalchemy import func, select

from rex import clock
from rex.collectifs.models import College, Credential, Invitation, Membership, Role, User
from rex.idempotency import IdempotencyKey
from tests.cast import PASSWORD
from tests.collectifs.mailbox import received

SEAT = {"college": "habitant", "service": "", "title": "", "role": "membre"}
ACCOUNT = {"name": "Lila Morin", "email": "lila@exemple.fr", "password": "une phrase assez longue"}


def link_by_hand(client) -> str:
    """Make an invitation without address; the path of its link, which is shown once."""
    answer = client.send("/c/valombre/invitations", SEAT, page="/compte")
    assert answer.status_code == 303
    html = client.get("/c/valombre/invitations").get_data(as_text=True)
    found = re.search(r'value="https?://[^/]+(/invitation/[^"]+)"', html)
    assert found
    assert found[1] not in client.get("/c/valombre/invitations").get_data(as_text=True)
    return found[1]


def members(database, collectif_id) -> int:
    with database.system("count") as session:
        current = Membership.collectif_id == collectif_id, Membership.ended_at.is_(None)
        return session.scalar(select(func.count(Membership.id)).where(*current))


def test_an_invitation_by_mail_becomes_an_account_and_a_member(app, visit, database, cast):
    data = SEAT | {"name": "Lila Morin", "email": "Lila@exemple.fr", "title": "riveraine"}
    assert visit.as_("ana").send("/c/valombre/invitations", data, page="/compte").status_code == 303
    (letter,) = received(app)
    assert letter.to == "lila@exemple.fr"
    assert letter.subject == "Invitation au journal de Ville de Valombre"
    guest = visit.as_(None)
    page = guest.get(letter.path)
    html = unescape(page.get_data(as_text=True))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Ana Belmonte" in html and "Habitants, riveraine" in html and 'value="lila@exemple.fr"' in html
    joined = guest.send(letter.path, ACCOUNT, page=letter.path)
    assert joined.location == "/c/valombre/"
    assert guest.get("/c/valombre/membres").status_code == 200
    with database.system("look") as session:
        query = select(Membership).join(Credential, Credential.user_id == Membership.user_id)
        seat = session.scalars(query.where(Credential.address == "lila@exemple.fr")).one()
    assert (seat.college, seat.title, seat.role) == (College.HABITANT, "riveraine", Role.MEMBRE)
    assert visit.as_(None).get(letter.path).status_code == 410
    assert "Votre compte est ouvert" in [mail.subject for mail in received(app)]


def test_the_mail_word_for_word(app, visit):
    with time_machine.travel("2026-11-21T09:00:00Z", tick=True):
        data = SEAT | {"name": "Lila Morin", "email": "lila@exemple.fr"}
        visit.as_("ana").send("/c/valombre/invitations", data, page="/compte")
        (letter,) = received(app)
    text = re.sub(r"/invitation/\S+", "/invitation/TOKEN", letter.text.replace("\u202f", " ").replace("\u00a0", " "))
    assert text == (
        "Bonjour Lila Morin,\n\n"
        "Ana Belmonte vous invite à rejoindre le journal de Ville de Valombre : les personnes qui agissent ensemble sur ce "
        "territoire y racontent ce qu’elles ont fait, et ce qu’elles en retiennent.\n\n"
        "Vous y entrerez comme suit : Habitants.\n\n"
        "Voir l’invitation :\nhttp://localhost/invitation/TOKEN\n\n"
        "L’adresse sert une fois, jusqu’au samedi 5 décembre 2026. Elle n’est que pour vous : ne la transférez pas.\n\n"
        "Si vous n’attendiez rien, laissez ce message sans suite.\n"
    )
    assert 'style="' in letter.html and "<style" not in letter.html.split("</head>")[1]
    assert "http://localhost/invitation/" in letter.html


def test_someone_signed_in_joins_with_one_button(visit, database, cast):
    path, ines = link_by_hand(visit.as_("ana")), visit.as_("ines")
    before = members(database, cast.valombre_id)
    assert "avec votre compte" in ines.get(path).get_data(as_text=True)
    assert ines.send(path, page="/compte").location == "/c/valombre/"
    assert ines.get("/c/valombre/membres").status_code == 200
    assert members(database, cast.valombre_id) == before + 1
    assert ines.get(path).status_code == 410


def test_a_member_does_not_use_an_invitation_up(visit):
    path, camille = link_by_hand(visit.as_("ana")), visit.as_("camille")
    assert "déjà membre" in camille.get(path).get_data(as_text=True)
    assert camille.send(path, page="/compte").status_code == 303
    assert visit.as_("ines").get(path).status_code == 200


def test_one_signs_in_first_from_the_invitation(visit):
    path, guest = link_by_hand(visit.as_("ana")), visit.as_(None)
    data = {"email": "ines@exemple.fr", "password": PASSWORD, "suite": path}
    assert guest.send("/connexion", data, page=path).location == path
    assert guest.get(path).status_code == 200


def test_who_had_left_comes_back_to_the_same_place(visit, database, cast):
    path, gael = link_by_hand(visit.as_("ana")), visit.as_("gael")
    assert gael.send(path, page="/compte").status_code == 303
    with database.system("look") as session:
        seat = session.scalars(select(Membership).where(Membership.user_id == cast.gael.id)).one()
    assert seat.ended_at is None and seat.college is College.HABITANT


def test_a_bad_account_form_keeps_what_was_typed(visit):
    path, guest = link_by_hand(visit.as_("ana")), visit.as_(None)
    answer = guest.send(path, {"name": "Lila Morin", "email": "lila", "password": "court"}, page=path)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "n’a pas d’arobase" in html and "au moins 12 caractères" in html and 'value="Lila Morin"' in html
    taken = guest.send(path, ACCOUNT | {"email": "camille@exemple.fr"}, page=path)
    assert taken.status_code == 422 and "Un compte existe déjà" in taken.get_data(as_text=True)


def test_expired_and_revoked_invitations_say_the_same(visit):
    ana = visit.as_("ana")
    expired, revoked = link_by_hand(ana), link_by_hand(ana)
    html = ana.get("/c/valombre/invitations").get_data(as_text=True)
    found = re.search(r'action="(/c/valombre/invitations/[^/]+/annulation)"', html)
    assert found and ana.send(found[1], page="/compte").status_code == 303
    guest = visit.as_(None)
    assert guest.get(revoked).status_code == 410
    assert guest.get("/invitation/n-importe-quoi").status_code == 410
    with time_machine.travel(clock.now() + timedelta(days=15), tick=True):
        assert guest.get(expired).status_code == 410
        assert guest.send(expired, ACCOUNT, page="/connexion").status_code == 410


def test_a_second_invitation_replaces_the_first(app, visit):
    ana, data = visit.as_("ana"), SEAT | {"email": "lila@exemple.fr"}
    for _ in range(2):
        ana.send("/c/valombre/invitations", data, page="/compte")
    first, second = received(app)
    assert visit.as_(None).get(first.path).status_code == 410
    assert visit.as_(None).get(second.path).status_code == 200


def test_a_member_is_not_invited_again(visit):
    answer = visit.as_("ana").send("/c/valombre/invitations", SEAT | {"email": "camille@exemple.fr"}, page="/compte")
    assert answer.status_code == 422 and "déjà membre" in answer.get_data(as_text=True)


def test_two_at_once_make_one_member(visit, database, cast):
    path, before = link_by_hand(visit.as_("ana")), members(database, cast.valombre_id)
    guests = [visit.as_(None) for _ in range(4)]
    tokens = [guest.csrf(path) for guest in guests]

    def send(number: int) -> int:
        data = ACCOUNT | {"email": f"lila{number}@exemple.fr", "csrf_token": tokens[number]}
        return guests[number].post(path, data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(send, range(4)))
    assert codes == [303, 410, 410, 410]
    assert members(database, cast.valombre_id) == before + 1
    with database.system("look") as session:
        assert session.scalar(select(func.count(User.id)).where(User.name == "Lila Morin")) == 1


def test_a_token_is_kept_nowhere(visit, database):
    path = link_by_hand(visit.as_("ana"))
    token = path.rsplit("/", 1)[1]
    with database.system("look") as session:
        rows = session.scalars(select(Invitation)).all()
    assert rows and all(token not in str(vars(row)) for row in rows)
    once = {"idempotency_key": "one-click"}
    for _ in range(2):  # a member, whose answer to the second click is the first one’s
        assert visit.as_("camille").send(path, once, page="/compte").status_code == 303
    with database.system("look at what the form’s key kept") as session:
        kept = session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == "one-click")).one()
    assert token not in str(vars(kept)) and kept.location == "/c/valombre/"
