"""« Mes textes »: as many statements for many texts as for one of each, suspended ones included."""

from sqlalchemy import select, update

from rex.collectifs.models import Collectif
from rex.journal.difficulty_models import Echo
from rex.journal.suspending import put_away
from rex.journal.together_models import ActionNote, Rereading
from tests.departures.lives import corrects
from tests.journal.acting_together import make_note, make_rereading
from tests.journal.difficulties import make_difficulty, make_echo
from tests.making import make_exchange, make_recit, reader_of

PAGE = "/c/valombre/quitter/mes-textes.md"


def write(database, cast, ranks) -> None:
    """Of each kind one more, by Camille; what hangs from an entry once told, and once suspended."""
    for rank in ranks:
        told = make_recit(database, cast.camille, f"Récit {rank}", {"faits": f"Faits {rank}.", "suite": f"Suite {rank}."})
        of_bruno = make_recit(database, cast.bruno, "De Bruno", action=told.action_public_id)
        draft = make_recit(database, cast.camille, f"Brouillon {rank}", {"faits": f"Peut-être {rank}."}, audience=None)
        assert draft.public_id
        corrects(database, cast.camille, told, f"Corrigé {rank}.")
        make_difficulty(database, cast.camille, f"On attend {rank}.")
        make_difficulty(database, cast.camille, f"On n’attend plus {rank}.", withdrawn=True)
        make_exchange(database, cast.camille, of_bruno.public_id, f"Une question {rank} ?")
        make_note(database, cast.camille, told, of_bruno, f"Une note {rank}.")
        make_rereading(database, cast.camille, told, f"Relu {rank}.")
        make_echo(database, cast.camille, make_difficulty(database, cast.dora, "De Dora."), f"Moi aussi {rank}.")
    suspend_all(database, cast)


def suspend_all(database, cast) -> None:
    """What Camille wrote beside texts, as an animateur suspends it."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.jeanne)
        with session.as_system("suspend what hangs from entries"):
            key = session.get_one(Collectif, cast.valombre_id).key_name
            for model, word in ((Echo, "words"), (ActionNote, "words"), (Rereading, "source")):
                for one in session.scalars(select(model).where(model.suspended_at.is_(None))):
                    put_away(session, who, key, one, getattr(one, word), "Un nom.")
                    setattr(one, word, "")
                    session.flush()
            session.execute(update(Rereading).values(html=""))
        session.commit()


def test_many_texts_ask_as_many_statements_as_one_of_each(visit, database, cast, count_statements):
    client = visit.as_("camille")
    counts = []
    for ranks in (range(1), range(1, 8)):
        write(database, cast, ranks)
        client.get(PAGE)
        with count_statements() as seen:
            text = client.get(PAGE).get_data(as_text=True)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20, counts
    for rank in range(8):
        for said in (
            f"## Récit : Récit {rank}\n", f"Faits {rank}.", f"Suite {rank}.", f"## Brouillon : Brouillon {rank}\n",
            f"Peut-être {rank}.", f"Corrigé {rank}.", f"On attend {rank}.", f"On n’attend plus {rank}.",
            f"Une question {rank} ?", f"Une note {rank}.", f"Relu {rank}.", f"Moi aussi {rank}.",
        ):  # fmt: skip
            assert said in text, said
        own = text.partition(f"## Récit : Récit {rank}\n")[2].partition("\n## ")[0]
        assert f"Faits {rank}." in own and f"Suite {rank}." in own, "the sections of one récit stand under its own title"
