"""Puts difficulties, echoes and thank-yous in the base, as rows, all of a kind at once."""

from rex.db import RexSession
from rex.demo.placing import Places
from rex.demo.shapes_together import DifficultyData, ThanksData
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import EXCERPT_LENGTH, TITLE_LENGTH
from rex.journal.models import Audience, Authorship, Stance, Tagging
from rex.journal.moment_models import What
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.recognition_sealing import seal
from rex.text import excerpt, first_sentence


def load_difficulties(session: RexSession, places: Places, data: tuple[DifficultyData, ...]) -> None:
    """Oldest first. A passage has its récit's readers and its signatures; one noted alone is signed by who noted it."""
    dated = sorted(((_moment(places, one), one) for one in data), key=lambda pair: pair[0])
    made = [Difficulty() for _ in dated]
    for difficulty, (moment, one) in zip(made, dated, strict=True):
        recit = places.recits[one.recit] if one.recit else None
        difficulty.collectif_id = places.collectifs[one.collectif].id
        difficulty.about_id, difficulty.section_slug = (recit.id, one.section) if recit else (None, "")
        difficulty.audience = recit.audience if recit else Audience(one.audience)
        difficulty.words, difficulty.effect = one.words, one.effect
        difficulty.title, difficulty.excerpt = first_sentence(one.words, TITLE_LENGTH), excerpt(one.words, EXCERPT_LENGTH)
        difficulty.created_at = difficulty.published_at = moment
    session.add_all(made)
    session.flush()
    for difficulty, (_, one) in zip(made, dated, strict=True):
        places.entries[one.key] = difficulty
        if difficulty.about_id is None:
            session.add(places.sign(difficulty, one.by, difficulty.collectif_id))
        _tag(session, difficulty.id, one.balises)
    _sign_passages(session, places, [difficulty for difficulty in made if difficulty.about_id is not None])
    for difficulty, (_, one) in zip(made, dated, strict=True):
        _echo(session, places, difficulty, one)
    session.flush()


def _moment(places: Places, one: DifficultyData):
    recit = places.recits[one.recit] if one.recit else None
    return places.at(one.when, one.by, recit.published_at if recit else None)


def _tag(session: RexSession, entry_id: int, balises: tuple[str, ...]) -> None:
    for position, balise in enumerate(balises):
        code, _, stance = balise.partition(":")
        session.add(Tagging(entry_id=entry_id, code=code, stance=Stance(stance or "illustre"), position=position))


def _sign_passages(session: RexSession, places: Places, passages: list[Difficulty]) -> None:
    """As their récits are, from where their authors spoke when they published them."""
    recits = {recit.id: recit for recit in places.recits.values()}
    for passage in passages:
        recit = recits[passage.about_id or 0]
        passage.byline, authors = recit.byline, places.authors[recit.id]
        for position, user_id in enumerate(authors):
            seat = places.seat(places.keys[user_id], recit.collectif_id)
            session.add(
                Authorship(
                    entry_id=passage.id,
                    user_id=user_id,
                    position=position,
                    service_id=seat.service_id,
                    service_name=seat.service_name,
                    title=seat.title,
                    college=seat.college,
                )
            )
        places.authors[passage.id] = authors


def _echo(session: RexSession, places: Places, difficulty: Difficulty, one: DifficultyData) -> None:
    for echo in one.echoes:
        seat = places.seat(echo.by, difficulty.collectif_id)
        moment = places.at(echo.when, echo.by, difficulty.published_at)
        session.add(
            Echo(
                entry_id=difficulty.id,
                user_id=places.readers[echo.by].user_id,
                service_id=seat.service_id,
                service_name=seat.service_name,
                college=seat.college,
                audience=difficulty.audience,
                words=echo.words,
                created_at=moment,
            )
        )
        places.tell(What.ECHO, moment, difficulty.id, places.authors[difficulty.id], echo.by)


def load_thanks(session: RexSession, places: Places, data: tuple[ThanksData, ...]) -> None:
    """Accepted ones in clear, for the readers of the récit or of the journal; the others sealed between the two."""
    made = [(one, _recognition(places, one)) for one in sorted(data, key=lambda one: -one.when.days_ago)]
    session.add_all([recognition for _, recognition in made])
    session.flush()
    for one, recognition in made:
        session.add(places.sign(recognition, one.by, recognition.collectif_id))
        if recognition.published_at:
            recognition.words = one.words
            recognition.title, recognition.excerpt = excerpt(one.words, TITLE_LENGTH), excerpt(one.words, EXCERPT_LENGTH)
            answerer = one.answered_by or one.to
            places.tell(What.THANKS_ACCEPTED, recognition.published_at, recognition.id, places.authors[recognition.id], answerer)
        else:
            seal(session, recognition, one.words, ())
        if recognition.answer is Answer.PENDING:
            places.tell(What.THANKS_RECEIVED, recognition.created_at, recognition.id, _recipients(places, recognition), one.by)
    session.flush()


def _recognition(places: Places, one: ThanksData) -> Recognition:
    collectif = places.collectifs[one.collectif]
    recit = places.recits[one.recit] if one.recit else None
    body = places.services[one.collectif, one.to_body] if one.to_body else None
    moment = places.at(one.when, one.by, recit.published_at if recit else None)
    recognition = Recognition(
        collectif_id=collectif.id,
        about_id=recit.id if recit else None,
        to_user_id=places.readers[one.to].user_id if one.to else None,
        to_service_id=body.id if body else None,
        to_name=_name_of(places, one),
        answer=Answer(one.answer),
        intended=(recit.audience if recit else None) or Audience.COLLECTIF,
        created_at=moment,
    )
    if one.answered is not None:
        answerer = one.answered_by or one.to
        recognition.answered_at = places.at(one.answered, answerer, moment)
        recognition.answered_by_id = places.readers[answerer].user_id
    if recognition.answer is Answer.ACCEPTED:
        recognition.audience, recognition.published_at = recognition.intended, recognition.answered_at
    return recognition


def _name_of(places: Places, one: ThanksData) -> str:
    """« l’équipe Accueil » for a unit of the administration, the bare name of a structure or of a person."""
    if one.to:
        return places.readers[one.to].name
    service = places.services[one.collectif, one.to_body]
    return f"l’équipe {service.name}" if service.kind.value == "service" else service.name


def _recipients(places: Places, recognition: Recognition) -> list[int]:
    if recognition.to_user_id is not None:
        return [recognition.to_user_id]
    return [reader.user_id for reader in places.readers.values() if recognition.to_service_id in reader.service_ids]
