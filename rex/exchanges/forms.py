"""What a person sends to a thread, read from the form, and what its page shows again when something misses."""

from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from rex.db import RexSession
from rex.exchanges.entries import Passage, ToldEntry, passages_of, sections_of
from rex.exchanges.models import Exchange, Posture
from rex.exchanges.words import Words
from rex.french import typo
from rex.journal.models import SLUG_LENGTH, Audience, EntryKind
from rex.text.passages import says, tidy_quote

SELECTED = "citation"  # in the list of passages: the words that came selected

# value, word, what it is for, what its text is called: the label of the field follows the posture
POSTURES = (
    (Posture.QUESTION, "Question", "Une question qui aide l’équipe à aller plus loin", "Votre question", "question"),
    (Posture.RESONANCE, "Résonance", "Ce que cela éveille dans votre expérience", "Ce que cela éveille chez vous", "resonance"),
    (Posture.APPORT, "Apport", "Une ressource, un geste, un contact", "Ce que vous apportez", "plus"),
    (
        Posture.AUTRE_REGARD,
        "Autre regard",
        "Ce que vous voyez autrement, en citant le passage",
        "Ce que vous voyez autrement",
        "eye",
    ),
)
NEUTRAL = ((*POSTURES[0][:2], "Une question qui aide à aller plus loin", *POSTURES[0][3:]), *POSTURES[1:])
GONE = "Ce passage ne se lit plus ici. Choisissez-le de nouveau"


def postures_for(kind: EntryKind, audience: Audience) -> tuple[tuple[Posture, str, str, str, str], ...]:
    """A récit is told by a team; another text, or one among peers, has often one author alone: its hint names no team."""
    return POSTURES if kind is EntryKind.RECIT and audience is not Audience.GROUPE else NEUTRAL


def posture_named(value: str) -> Posture:
    """The posture of an address or of a form; a question when it names none."""
    return Posture(value) if value in {one.value for one in Posture} else Posture.QUESTION


@dataclass(frozen=True)
class AnswerForm:
    """What was typed and chosen, kept whatever happens. `answers`: public id of the message answered, if any."""

    posture: Posture = Posture.QUESTION
    text: str = ""
    answers: str = ""
    slug: str = ""  # the section of the selected words
    selected: str = ""  # words selected on the page
    chosen: str = ""  # the paragraph chosen in the list: its key, SELECTED, or nothing
    before: str = ""  # the audience named on the button that was pressed
    faults: list[tuple[str, str]] = field(default_factory=list)

    def with_faults(self, faults: list[tuple[str, str]]) -> "AnswerForm":
        return replace(self, faults=[(name, typo(sentence)) for name, sentence in faults])

    def answering(self, parent: Exchange | None, posture: str) -> "AnswerForm":
        """Who answers a question brings something, unless the address names a posture."""
        is_named = posture in {one.value for one in Posture}
        brings = parent is not None and parent.posture is Posture.QUESTION and not is_named
        return replace(self, posture=Posture.APPORT) if brings else self

    def begun_at(self, passages: list[Passage]) -> "AnswerForm":
        """« Répondre sur ce passage » of a section, nothing being selected: its first paragraph comes chosen, others can be."""
        first = next((one.key for one in passages if one.slug == self.slug), "") if self.slug and not self.chosen else ""
        return replace(self, chosen=first) if first else self

    def passage_of(self, session: RexSession, entry: ToldEntry) -> tuple[str, str, bool]:
        """(the words quoted, their section, whether the entry says them). Only what an entry says can be quoted from it."""
        if self.chosen and self.chosen != SELECTED:
            found = next((one for one in passages_of(session, entry) if one.key == self.chosen), None)
            return (found.words, found.slug, True) if found else ("", "", False)
        quote = tidy_quote(self.selected)
        if not quote or not self.chosen:
            return "", "", True
        for slug, _, source in sections_of(session, entry):
            if (not self.slug or slug == self.slug) and says(source, quote):
                return quote, slug, True
        return "", "", False

    def words(self, session: RexSession, entry: ToldEntry) -> tuple[Words, list[tuple[str, str]]]:
        """What would be said, and what is wrong with its passage."""
        quote, slug, is_said = self.passage_of(session, entry)
        return Words(self.posture, self.text, quote, slug), [] if is_said else [("paragraphe", GONE)]


def change_form_from(sent: MultiDict[str, str], posture: Posture) -> AnswerForm:
    """The form that changes a message: `posture` is its own, which stays where the form offers no other."""
    form = answer_form_from(sent)
    return form if sent.get("posture") else replace(form, posture=posture)


def answer_form_from(sent: MultiDict[str, str]) -> AnswerForm:
    """The form as it was sent; words that came selected are quoted unless the list says otherwise."""
    selected = sent.get("mots", "")[:8_000]
    return AnswerForm(
        posture=posture_named(sent.get("posture", "")),
        text=sent.get("texte", ""),
        answers=sent.get("a", "")[:16],
        slug=sent.get("passage", "")[:SLUG_LENGTH],
        selected=selected,
        chosen=sent.get("paragraphe", SELECTED if selected else "")[:SLUG_LENGTH + 8],
        before=sent.get("devant", ""),
    )


def is_wider_than_told(audience: Audience, before: str) -> bool:
    """Whether more people would read than the button that was pressed said."""
    return audience is Audience.RESEAU and before != Audience.RESEAU.value


def grouped(passages: list[Passage]) -> list[tuple[str, list[Passage]]]:
    """Passages under the heading of their section, in order."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.heading, []).append(passage)
    return list(groups.items())
