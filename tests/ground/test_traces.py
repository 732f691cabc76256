"""The traces of a context in a text: what must be proposed for removal, and what must be left alone.

Each sentence says between square brackets all that is to be found in it, with its kind: « J’ai vu [Dora|personne] [hier|date]. »"""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rex.text.replacing import rewritten
from rex.text.trace_names import said_names
from rex.text.traces import Known, Trace, traces
from tests.ground.hostile import CORPUS
from tests.pace import spent

KNOWN = Known(
    people=("Dora Lenoir", "Noor Haddad", "Inès Carle"),
    others=("Bruno Maréchal", "Pierre Petit", "Jean-Marc Le Goff"),
    places=("Ville de Valombre", "Pays de l’Orbe"),
    services=("Voirie", "Vie associative"),
    roles=("chercheuse", "élu aux mobilités"),
)
SENTENCES = """
# persons
J’ai vu [Dora|personne] au bout du couloir.
[Dora Lenoir|personne] a parlé la première.
C’est ce que [dora lenoir|personne] répète.
[Lenoir|personne] ne répond plus.
Le mot vient de [D. Lenoir|personne], je crois.
Je l’ai dit à [Mme Lenoir|personne] en sortant.
[M. Dupont|personne] attend encore.
Il a fallu prévenir [Madame Dos Santos|personne] tout de suite.
[Karim Benali|personne] a posé ses clés.
Quand [Karim|personne] est parti, personne n’a bougé.
[Sophie|personne] m’en veut.
Le courrier d’[Inès|personne] est resté sans suite.
Ines, écrit sans accent : [Ines|personne] a signé.
Nous avons écouté [Marechal|personne] jusqu’au bout.
J’ai croisé [Jean-Marc Le Goff|personne] dans l’escalier.
Il paraît que [Slimane Ouadah|personne] sait déjà.
La lettre porte le nom de [J. Vasseur|personne], rien d’autre.
[Maître Aubry|personne] plaide contre nous.
Le [docteur|fonction?] ne dit rien.
Je suis un peu moins [la directrice|fonction] de mes directeurs.
C’est [mon N+1|fonction] qui l’a lu en premier.
Il a suffi que [le 3ème adjoint|fonction] passe la tête.
[La 2e adjointe|fonction] s’est levée.
Un agent [de 52 ans|montant] a tout entendu.
On rit comme des enfants de six ans.
# places
La réunion était [à Valombre|lieu].
Nous venons [de l’Orbe|lieu?].
Le camion bloque [rue Basse|lieu].
Elle habite [12 rue des Tanneurs|lieu].
Tout se joue sur [la place du marché|lieu].
Tout le monde descend l’escalier et traverse [l’avenue de la République|lieu].
L’eau monte dans [le quartier de la Gare|lieu].
Les parents de [l’école Jules-Ferry|lieu] ont écrit.
On se retrouve [à Saint-Ambre|lieu].
Les voisins [du Faubourg|lieu] se plaignent.
La réunion a lieu dans [la salle des fêtes de Montfleur|lieu].
Le dossier est passé par [la Voirie|lieu].
Le bureau [du service voirie|lieu] est fermé.
L’équipe de nuit vient [de la vie associative|lieu?].
Le code postal, [38420 Domène|lieu], figure au dos.
# dates
La décision est tombée [le 12 mars 2024|date].
On a signé [le 1er avril|date].
La séance [du 3 juin|date] fut longue.
C’était [lundi|date], ou [mardi soir|date].
Le marché ouvre [le samedi|date].
[Depuis mars|date], plus rien.
Le texte date [de septembre 2021|date].
[En 2019|date], nous étions seuls.
Tout a commencé [il y a deux ans|date].
Je repousse [depuis dix jours|date].
Il faut rendre le dossier [dans trois semaines|date].
La note [du 03/11/2025|date] le disait.
[Hier soir|date], j’ai pleuré.
[La semaine dernière|date], la salle était vide.
Nous avons fermé à [Noël|date?].
Le plan [2020-2026|date] est mort.
La coupure a duré [du 3 au 9 janvier|date].
# amounts and counts
Il manquait [12 000 €|montant] au budget.
La facture de [1 250,50 euros|montant] reste impayée.
Nous perdons [31 %|montant] du temps.
Le projet coûte [deux millions d’euros|montant].
Il y avait [212 élèves|montant] dans la cour.
[Les 14 familles|montant] attendent.
[Deux cents agents|montant] sont concernés.
[Une vingtaine d’habitants|montant] sont venus.
Le chemin fait [3 km|montant].
J’encadre [trois agents|montant].
La parcelle [214|montant] est à vendre.
# fonctions
[La directrice|fonction] m’a dit non.
J’en ai parlé [au maire|fonction].
[Le DGS|fonction] n’a pas répondu.
C’est le bureau [du directeur général des services|fonction].
[Notre DRH|fonction] temporise.
[Monsieur le maire|fonction] a souri.
[L’élue à la culture|fonction] insiste.
Rien ne passe sans [la cheffe de projet|fonction].
[La secrétaire de mairie|fonction] tient tout.
[Ma chercheuse|fonction] le dit mieux.
J’attends [l’assistante sociale|fonction].
# ways out
Écrivez-moi à [dora@exemple.fr|lien].
Le plan est sur [https://exemple.fr/plan|lien] depuis peu.
Appelez le [06 12 34 56 78|lien] avant midi.
La photo : [![La cour](/fichiers/abcdefgh)|lien]
# what says nothing
Une directrice de service m’a dit non, une personne élue aussi.
J’ai peur de ne plus savoir faire.
L’État demande, la République promet, le CCAS attend.
Nous avons essayé trois fois, pendant deux jours.
Il faut dire « Nous avons tenu ». Puis se taire.
C’est la place des habitants dans la mise en place du projet.
Je suis allée du côté de l’équipe.
Petit à petit, la confiance revient.
[Pierre|personne?] qui roule n’amasse pas mousse.
On le juge trop vite ; chacun a sa part.
Ce que nous avons appris : ne pas répondre tout de suite.
Dans une commune, un jour, une somme manquait.
J’étais directeur. Les maires décident, les élus tranchent.
Aujourd’hui, je n’y arrive plus. Aucun de nous n’ose le dire.
Je dois annoncer à un service qu’il n’aura pas le poste promis.
Le RGPD et le PLU n’aident pas. Je passe à 14 h 30.
Quelques agents partent ; d’autres restent, depuis quelque temps.
- Écouter d’abord
## Ce qui a résisté
Une rue, un quartier, une école : peu importe.
Vous savez ce que c’est. Elle aussi. Tout le monde le sait.
L’un dit oui, l’autre dit non. Qu’en faire ?
"""
MARKED = re.compile(r"\[(.+?)\|(\w+)(\??)\](?!\()")


def cases() -> list[str]:
    return [line for line in SENTENCES.strip().splitlines() if line and not re.match(r"# [a-z]", line)]


@pytest.mark.parametrize("sentence", cases())
def test_a_sentence_says_what_is_found_in_it(sentence):
    """A question mark behind a kind: may be found or not (it says little by itself)."""
    text = MARKED.sub(r"\1", sentence)
    found = {(one.words, one.kind.value) for one in traces(text, KNOWN)}
    sure = {(words, kind) for words, kind, doubt in MARKED.findall(sentence) if not doubt}
    if "Ines, écrit" in sentence:
        sure.add(("Ines", "personne"))
    doubtful = [words for words, _, doubt in MARKED.findall(sentence) if doubt]
    may = {(words, kind) for words, kind in found if any(words in one or one in words for one in doubtful)}
    assert found - may == sure


def test_there_are_enough_sentences():
    assert len(cases()) >= 60 and sum("|" not in case for case in cases()) >= 20


@pytest.mark.parametrize("sentence", cases())
def test_what_is_proposed_leaves_no_trace(sentence):
    """Neutral words are themselves no trace: whoever takes all that is proposed has done."""
    text = MARKED.sub(r"\1", sentence)
    neutral = rewritten(text, [(one.start, one.end, one.proposed) for one in traces(text, KNOWN)])
    assert traces(neutral, KNOWN) == [], neutral


def test_places_and_words_are_exact():
    text = "À Valombre, [Dora](/recits/x) a vu Dora\u00a0Lenoir, rue Basse, le 12\u00a0mars : 12\u202f000\u00a0€."
    found = traces(text, KNOWN)
    assert [text[one.start : one.end] for one in found] == [one.words for one in found]
    assert [one.words for one in found] == [
        "À Valombre", "[Dora](/recits/x)", "Dora\u00a0Lenoir", "rue Basse", "le 12\u00a0mars", "12\u202f000\u00a0€",
    ]  # fmt: skip
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert traces(text, KNOWN) == found


@pytest.mark.parametrize(
    "text, words, neutral, made",
    [
        ("Le refus de la directrice.", "la directrice", "une directrice de service", "Le refus d’une directrice de service."),
        ("J’en parle au maire.", "au maire", "à une personne élue", "J’en parle à une personne élue."),
        ("Dora, je crois, a tort.", "Dora", "", ", je crois, a tort."),
        ("Il a dit, le 3 juin, qu’il partait.", "le 3 juin", "", "Il a dit,, qu’il partait."),
        ("Dora a tort, dit Dora.", "Dora", "une personne", "Une personne a tort, dit Dora."),
        ("Nous étions à Valombre ce jour-là.", "à Valombre", "", "Nous étions ce jour-là."),
    ],
)
def test_other_words_are_put_as_french_writes_them(text, words, neutral, made):
    start = text.index(words)
    assert rewritten(text, [(start, start + len(words), neutral)]) == made


def test_the_name_of_the_group_is_a_trace():
    known = Known(called="DGS de la vallée")
    found = traces("Je l’ai dit aux dgs de la Vallée. DGS DE LA VALLÉE.", known)
    assert [one.words for one in found] == ["dgs de la Vallée", "DGS DE LA VALLÉE"]


def test_names_are_found_however_they_are_typed():
    people = ("Dora Lenoir",)
    for text in ("DORA", "dora LENOIR", "Dora\nLenoir", "d’abord Dora", "(Dora)", "Dora.", "Lenoir-même".replace("-même", " même")):
        assert list(said_names(text, people)), text
    for text in ("adorable", "le noir", "dora", "Dorade", "lenoir"):
        assert not list(said_names(text, people)), text


LONG = "Dora a vu M. Dupont rue des Tanneurs, à Valombre, le 12 mars 2024, pour 12 000 € et 212 élèves. Puis Karim est parti. " * 60


def test_thousands_of_characters_take_no_time():
    crowd = Known(KNOWN.people, tuple(f"Prénom{n} Famille{n}" for n in range(1000)), KNOWN.places, KNOWN.services, KNOWN.roles)
    traces("Une fois.", crowd)  # the patterns of these names are built once
    with spent() as took:
        found = traces(LONG, crowd)
    assert len(LONG) > 6_000 and len(found) == 60 * 8
    assert took.seconds < 0.2


def test_hostile_texts_break_nothing():
    for text in CORPUS:
        assert all(text[one.start : one.end] == one.words for one in traces(text, KNOWN)), text


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "Aa ",
        "le ",
        "de la ",
        "1",
        "1 ",
        "12 000 ",
        "[",
        "[](",
        "Aa-",
        "Aa’",
        "deux ",
        "deux cent ",
        "rue de la ",
        "M. ",
        "@a",
        "le 1 ",
    ],
)
def test_repeated_pieces_take_no_time(piece):
    text = piece * (20_000 // len(piece))
    with spent() as took:
        traces(text, KNOWN)
    assert took.seconds < 1.5


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Dora Lenoirdu12 mars€%.,’'\n-àÉ@[]()/", max_size=300))
def test_any_text_gives_traces_apart_from_each_other(text):
    found: list[Trace] = traces(text, KNOWN)
    assert all(text[one.start : one.end] == one.words and one.words.strip() for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
