"""The pages of the letter: the archive, one letter, reading it again, receiving it or not, taking it out; that of a group."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import delete, select

from rex import clock
from rex.access import visible_recits
from rex.digests.models import Digest, DigestItem, DigestRefusal, DigestSettings, DigestState, Rhythm
from rex.journal.models import Recit
from rex.journal.publishing import withdraw
from tests.digests.letters import TITLE, letter_row, make_letter, set_rhythm
from tests.making import FACTS, make_group, make_recit, reader_of
from tests.notices.letters import plain
from tests.peer_groups.test_sealing import join

ARCHIVE = "/c/valombre/lettres/"


def words(answer) -> str:
    """What a page says, without its marks."""
    return plain(unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.get_data(as_text=True)))))


def test_the_archive_before_any_letter(visit, database, cast):
    assert "Aucune lettre n’est encore partie." in words(visit.as_("bruno").get(ARCHIVE))
    set_rhythm(database, cast.valombre_id, waits=True)
    assert "La première lettre partira vendredi" in words(visit.as_("bruno").get(ARCHIVE))


def test_the_archive_and_a_letter_of_it(visit, database, cast):
    recit = make_recit(database, cast.camille)
    made = make_letter(database, cast, recit, published=True)
    bruno = visit.as_("bruno")
    assert f'href="{made.url}"' in bruno.get(ARCHIVE).get_data(as_text=True)
    page = bruno.get(made.url)
    said = words(page)
    assert TITLE in said and FACTS in said and "Un récit nouveau" in said and "Envoyée à 7 membres du journal." in said
    assert f'href="{recit.url}"' in page.get_data(as_text=True)
    assert [visit.as_(who).get(made.url).status_code for who in ("noor", "ines", "gael")] == [200, 404, 404]
    home = bruno.get("/c/valombre/").get_data(as_text=True)
    assert f'href="{made.url}"' in home and 'href="/c/valombre/lettres/"' in home


def test_each_item_is_told_by_the_rights_of_today(visit, database, cast):
    recit = make_recit(database, cast.camille)
    made = make_letter(database, cast, recit, published=True)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == recit.id)).one())
        session.commit()
    for who in ("bruno", "ana"):
        said = words(visit.as_(who).get(made.url))
        assert "Retiré par ses auteurs" in said and FACTS not in said and "Le marché déplacé" not in said


def test_receiving_it_or_not(visit, database, cast):
    bruno = visit.as_("bruno")
    assert "Vous recevez la lettre par e-mail." in words(bruno.get(ARCHIVE))
    assert bruno.send(f"{ARCHIVE}abonnement", {"recevoir": "non"}).status_code == 303
    assert "S’abonner" in words(bruno.get(ARCHIVE))
    with database.system("look") as session:
        assert session.scalars(select(DigestRefusal.user_id)).all() == [cast.bruno.id]
    bruno.send(f"{ARCHIVE}abonnement", {"recevoir": "non"})
    bruno.send(f"{ARCHIVE}abonnement", {"recevoir": "oui"})
    assert "Vous recevez la lettre par e-mail." in words(bruno.get(ARCHIVE))


def test_its_rhythm_is_chosen_by_who_looks_after_the_journal(visit, database, cast):
    assert visit.as_("bruno").get(f"{ARCHIVE}reglages").status_code == 403
    ana = visit.as_("ana")
    assert "Elle attend" in words(ana.get(f"{ARCHIVE}reglages"))
    chosen = {"rythme": "quinzaine", "jour": "1", "heure": "7", "sans-relecture": "part"}
    assert ana.send(f"{ARCHIVE}reglages", chosen).location == ARCHIVE
    with database.system("look") as session:
        row = session.scalars(select(DigestSettings)).one()
        assert (row.rhythm, row.weekday, row.hour, row.waits_for_edition) == (Rhythm.FORTNIGHTLY, 1, 7, False)
    assert "La prochaine lettre partira mardi" in words(ana.get(ARCHIVE))
    for wrong in ({"rythme": "toujours"}, {"jour": "8"}, {"heure": "25"}, {"heure": "²"}):
        assert ana.send(f"{ARCHIVE}reglages", chosen | wrong).status_code == 422


def test_composing_now(visit, database, cast):
    ana = visit.as_("ana")
    nothing = ana.send(f"{ARCHIVE}composer")
    assert nothing.location == ARCHIVE and "Rien de nouveau à raconter" in words(ana.get(ARCHIVE))
    make_recit(database, cast.camille)
    composed = ana.send(f"{ARCHIVE}composer", {"idempotency_key": "two"})
    assert composed.status_code == 303 and composed.location.endswith("/edition")
    assert "Le marché déplacé" in words(ana.get(composed.location))
    again = ana.send(f"{ARCHIVE}composer", {"idempotency_key": "three"})
    assert again.location == composed.location, "the one that waits is opened"
    assert "Préparer le n° 1" in words(ana.get(ARCHIVE)) and composed.location in ana.get("/c/valombre/").get_data(as_text=True)
    assert visit.as_("bruno").send(f"{ARCHIVE}composer").status_code == 403


def test_one_that_somebody_edited_and_did_not_send_is_not_lost_behind_the_next(visit, database, cast):
    left = make_letter(database, cast, due_at=clock.now() - timedelta(days=20))
    make_letter(database, cast)
    page = visit.as_("ana").get(ARCHIVE)
    assert f'href="{left.url}/edition"' in page.get_data(as_text=True)
    assert "Une lettre préparée n’est pas partie" in words(page)


def test_reading_it_again_says_to_whom_and_when(visit, database, cast, time_machine):
    time_machine.move_to("2026-11-30T09:00:00+00:00", tick=False)
    due = clock.now() + timedelta(days=4, hours=-2)  # Friday 4 December, 8 h in Paris
    made = make_letter(database, cast, due_at=due)
    ana = visit.as_("ana")
    said = words(ana.get(f"{made.url}/relecture"))
    assert "Cette lettre partira à 7 personnes vendredi 4 décembre à 8 h. Elle sera aussi lisible dans le journal." in said
    assert "Envoyer à 7 personnes" in said
    assert ana.send(f"{made.url}/depart", {"version": "0"}).status_code == 303 and letter_row(database, made).is_ready
    assert "Relue : elle partira à son heure" in words(ana.get(f"{made.url}/relecture"))
    ana.send(f"{made.url}/attente")
    assert not letter_row(database, made).is_ready
    assert "Elle est prévue vendredi 4 décembre à 8 h" in words(ana.get(ARCHIVE))


def test_the_mail_is_framed_with_a_policy_of_its_own(visit, database, cast):
    made = make_letter(database, cast)
    ana = visit.as_("ana")
    page = ana.get(f"{made.url}/relecture?vue=sombre")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'src="{made.url}/relecture/courriel?theme=sombre"' in page.get_data(as_text=True)
    assert "frame-src" not in ana.get(ARCHIVE).headers["Content-Security-Policy"], "that page alone"
    ana.proof_reads = False  # a mail is not a page
    for theme, media in (("sombre", "@media all"), ("clair", "@media not all"), ("", "@media (prefers-color-scheme: dark)")):
        mail = ana.get(f"{made.url}/relecture/courriel?theme={theme}")
        assert mail.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        assert media in mail.get_data(as_text=True) and FACTS in mail.get_data(as_text=True)


def test_what_leaves_is_what_was_read_again(visit, database, cast):
    made = make_letter(database, cast)
    ana = visit.as_("ana")
    with database.system("somebody edits", write=True) as session:
        session.get(Digest, made.id).version = 1
    for act in ("envoi", "depart"):
        stale = ana.send(f"{made.url}/{act}", {"version": "0"})
        assert stale.status_code == 422 and "a changé depuis que vous l’avez relue" in words(stale)
    assert letter_row(database, made).state is DigestState.TO_EDIT and not letter_row(database, made).is_ready
    sent = ana.send(f"{made.url}/envoi", {"version": "1", "idempotency_key": "two"})
    assert sent.location == made.url and letter_row(database, made).published_by_id == cast.ana.id
    assert "La lettre part à 7 personnes" in words(ana.get(made.url))


def test_sending_now_asks_once_more(visit, database, cast, time_machine):
    """A click on « Envoyer maintenant » wrote to everybody."""
    time_machine.move_to("2026-11-30T09:00:00+00:00", tick=False)
    made = make_letter(database, cast, due_at=clock.now() + timedelta(days=4, hours=-2))
    ana = visit.as_("ana")
    proof = ana.get(f"{made.url}/relecture").get_data(as_text=True)
    assert f'href="{made.url}/envoi?version=0"' in proof and f'action="{made.url}/envoi"' not in proof
    asked = ana.get(f"{made.url}/envoi?version=0")
    said = words(asked)
    assert "Envoyer la lettre n° 1 maintenant" in said and TITLE in said and "Envoyer à 7 personnes" in said
    assert "Elle partira tout de suite à 7 personnes : les membres du journal qui reçoivent la lettre par e-mail" in said
    assert "elle attend. Elle ne partira vendredi 4 décembre à 8 h que si quelqu’un dit l’avoir relue." in said
    html = asked.get_data(as_text=True)
    assert f'action="{made.url}/envoi"' in html and 'name="version" value="0"' in html
    assert letter_row(database, made).state is DigestState.TO_EDIT, "looking sends nothing"
    ana.send(f"{made.url}/depart", {"version": "0"})
    assert "elle partira d’elle-même vendredi 4 décembre à 8 h." in words(ana.get(f"{made.url}/envoi?version=0"))
    ana.send(f"{made.url}/attente", {"idempotency_key": "wait"})
    set_rhythm(database, cast.valombre_id, waits=False)
    assert "même si personne ne la relit." in words(ana.get(f"{made.url}/envoi?version=0"))
    time_machine.move_to("2026-12-05T09:00:00+00:00", tick=False)
    assert "Son heure est passée, c’était vendredi 4 décembre à 8 h" in words(ana.get(f"{made.url}/envoi?version=0"))
    assert ana.send(f"{made.url}/envoi", {"version": "0", "idempotency_key": "two"}).location == made.url
    assert letter_row(database, made).sent_to == 7
    assert ana.get(f"{made.url}/envoi?version=0").location == made.url, "it left already"


def test_what_changed_since_is_read_again_before_it_is_asked(visit, database, cast):
    made = make_letter(database, cast)
    ana = visit.as_("ana")
    assert ana.get(f"{made.url}/envoi").location == f"{made.url}/relecture", "nobody read it yet"
    with database.system("somebody edits", write=True) as session:
        session.get(Digest, made.id).version = 1
    stale = ana.get(f"{made.url}/envoi?version=0")
    assert stale.status_code == 422 and "a changé depuis que vous l’avez relue" in words(stale)
    assert f'href="{made.url}/envoi?version=1"' in stale.get_data(as_text=True)
    assert ana.get(f"{made.url}/envoi?version=1").status_code == 200
    assert visit.as_("bruno").get(f"{made.url}/envoi?version=1").status_code == 404
    with database.system("its only récit goes", write=True) as session:
        session.execute(delete(DigestItem).where(DigestItem.digest_id == made.id))
    assert ana.get(f"{made.url}/envoi?version=1").location == f"{made.url}/relecture", "there is nothing to send"


def test_a_letter_that_somebody_drops_is_nowhere(visit, database, cast):
    made = make_letter(database, cast)
    ana = visit.as_("ana")
    assert "Ne pas envoyer" in words(ana.get(f"{made.url}/abandon"))
    assert ana.send(f"{made.url}/abandon").location == ARCHIVE
    assert ana.get(made.url).status_code == 404 and letter_row(database, made).number is None


@pytest.mark.parametrize("ending", ["md", "html", "docx", "odt"])
def test_taking_it_out(visit, database, cast, ending):
    made = make_letter(database, cast, published=True)
    bruno = visit.as_("bruno")
    assert f"{made.url}/exporter/{ending}" in bruno.get(f"{made.url}/exporter").get_data(as_text=True)
    bruno.proof_reads = False
    file = bruno.get(f"{made.url}/exporter/{ending}")
    assert file.status_code == 200 and "Ceux qui savaient" in file.headers["Content-Disposition"]
    if ending in ("md", "html"):
        text = plain(unescape(file.get_data(as_text=True)))
        assert all(said in text for said in (TITLE, "Le marché déplacé", FACTS, "Voirie", "Bruno Maréchal", "7 personnes"))
    assert visit.as_("ines").get(f"{made.url}/exporter/{ending}").status_code == 404


def test_the_letter_of_a_group_is_read_in_its_room_alone(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    recit = make_recit(database, cast.camille, "Ce que je porte", group=group.id)
    made = make_letter(database, cast, recit, space_id=group.id, published=True, title="Le canari du groupe")
    dora, room = visit.as_("dora"), f"{group.url}/lettre"
    for path in (room, f"{room}/{made.public_id}"):
        page = dora.get(path)
        assert page.status_code == 200 and "Le canari du groupe" in words(page) and "Confidentiel" in words(page)
        assert "<title>Groupe de pairs</title>" in page.get_data(as_text=True)
        assert [visit.as_(who).get(path).status_code for who in ("bruno", "ana", "ines")] == [404] * 3
    assert f'href="{room}"' in dora.get(group.url).get_data(as_text=True)
    for who in ("dora", "camille", "ana"):
        client = visit.as_(who)
        assert client.get(made.url).status_code == 404, "its address is in the room"
        assert "canari" not in words(client.get(ARCHIVE)) and "canari" not in words(client.get("/c/valombre/"))
    assert dora.get(f"{room}/reglages").status_code == 403
    camille = visit.as_("camille")
    assert camille.send(f"{room}/reglages", {"rythme": "mensuel", "jour": "4", "heure": "8"}).location == room
    assert "La prochaine viendra vendredi" in words(camille.get(room))


def test_who_came_later_does_not_read_what_left_before(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    recit = make_recit(database, cast.camille, "Ce que je porte", group=group.id)
    made = make_letter(database, cast, recit, space_id=group.id, published=True)
    join(database, group.id, cast.noor)
    noor = visit.as_("noor")
    assert noor.get(f"{group.url}/lettre/{made.public_id}").status_code == 404
    said = words(noor.get(f"{group.url}/lettre"))
    assert TITLE not in said and "Ses responsables choisissent si elle vient" in said and "il y a du nouveau" not in said


def test_a_longer_letter_asks_no_more_of_the_base(visit, database, cast, count_statements):
    ana = visit.as_("ana")

    def asked(count: int, rank: int) -> list[int]:
        recits = [make_recit(database, cast.camille, f"Le marché {rank}, {n}") for n in range(count)]
        left = make_letter(database, cast, *recits, published=True)
        waits = make_letter(database, cast, *recits)
        found = []
        for path in (left.url, f"{waits.url}/edition", f"{waits.url}/relecture?vue=texte", f"{left.url}/exporter/md", ARCHIVE):
            ana.proof_reads = "/exporter/" not in path
            with count_statements() as seen:
                assert ana.get(path).status_code == 200
            found.append(len(seen))
        return found

    assert asked(1, 1) == asked(6, 2)
