"""The form « Dire merci »: what was typed, whom it names, and what is missing, in sentences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from rex.collectifs.entrance_forms import stripped
from rex.french import fold, number, typo
from rex.journal.recognition_people import Candidate, named, near
from rex.journal.recognitions import MOST
from rex.text.marks import tidy

ANOTHER = "autre"  # the choice « une autre personne, un autre service », named in the field beside it
MOST_BALISES = 6

ONESELF = "Un merci va à quelqu’un d’autre que vous"
WHOM = "Dites à qui va ce merci"
UNKNOWN = "Personne, et aucun service, ne porte ce nom dans ce journal. Les noms les plus proches sont proposés"
NOBODY_NEAR = "Personne, et aucun service, ne porte ce nom dans ce journal. Vérifiez l’orthographe"
SEVERAL = "Ce nom est porté plusieurs fois. Choisissez"
TWO = "Vous avez choisi un nom et écrit un autre : gardez l’un des deux"


@dataclass
class ThanksForm:
    """What the form holds; `choices` are the names that it proposes since the one typed did not say who."""

    whom: str = ""  # the key of a candidate, or ANOTHER
    name: str = ""
    words: str = ""
    balises: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    choices: list[Candidate] = field(default_factory=list)

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is missing in a field."""
        self.faults.append((name, typo(sentence)))

    def faults_of(self, name: str) -> list[str]:
        return [sentence for where, sentence in self.faults if where == name]


@dataclass(frozen=True)
class Myself:
    """Whom one does not thank."""

    name: str
    key: str


def form_from(sent: MultiDict[str, str]) -> ThanksForm:
    """What a browser sent, with one kind of line end and no character that a database refuses."""
    words = tidy(sent.get("fait", "")).encode("utf-8", "replace").decode()
    return ThanksForm(sent.get("a", "")[:40], stripped(sent.get("nom", ""))[:300], words, sent.getlist("balises")[:40])


def check(
    form: ThanksForm, proposed: Sequence[Candidate], people: Sequence[Candidate], codes: Collection[str], myself: Myself
) -> Candidate | None:
    """Whom the form names, when nothing is missing; else None, and its faults say what is."""
    found = _whom(form, proposed, people, myself)
    if not any(char.isprintable() and not char.isspace() for char in form.words):
        form.refuse("fait", "Dites pour quel effort")
    elif len(form.words.strip()) > MOST:
        long = number(len(form.words.strip()))
        form.refuse("fait", f"Raccourcissez : {number(MOST)} caractères au plus, le vôtre en a {long}")
    form.balises = [code for code in dict.fromkeys(form.balises) if code in codes]
    if len(form.balises) > MOST_BALISES:
        form.refuse("balises", f"Gardez {MOST_BALISES} balises au plus")
    return None if form.faults else found


def _whom(
    form: ThanksForm, proposed: Sequence[Candidate], people: Sequence[Candidate], myself: Myself
) -> Candidate | None:
    by_key = {c.key: c for c in [*proposed, *people]}
    chosen = by_key.get(form.whom)
    if chosen is not None:
        if form.name and fold(form.name) not in (fold(chosen.name), fold(chosen.label)) and form.whom in {c.key for c in proposed}:
            form.refuse("nom", TWO)
        return chosen
    if form.whom == myself.key:
        form.refuse("nom", ONESELF)
    elif not form.name:
        form.refuse("nom", WHOM)
    else:
        return _named(form, [*people, *(c for c in proposed if c not in people)], myself)
    return None


def _named(form: ThanksForm, people: Sequence[Candidate], myself: Myself) -> Candidate | None:
    """The one who bears the name typed; else the form proposes those who might be meant."""
    found = named(people, form.name)
    if len(found) == 1:
        return found[0]
    if found:
        form.refuse("nom", SEVERAL)
        form.choices = found
    elif fold(form.name) == fold(myself.name):
        form.refuse("nom", ONESELF)
    else:
        form.choices = near(people, form.name)
        form.refuse("nom", UNKNOWN if form.choices else NOBODY_NEAR)
    return None
