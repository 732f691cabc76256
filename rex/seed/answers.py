"""What people say under a seeded récit: sentences by posture, that fit any action; two or three make a message."""

from random import Random

from rex.exchanges.models import Posture

QUESTIONS = (
    "Comment avez-vous prévenu les riverains la première fois ?",
    "Qui a pris la décision de continuer, et à quel moment ?",
    "Combien de temps cela vous a-t-il demandé, en tout ?",
    "Que diriez-vous à une équipe qui commence demain ?",
    "Est-ce que l’accord écrit existe quelque part ?",
    "Avec qui aviez-vous parlé avant le premier jour ?",
    "Qu’est-ce qui vous a fait changer d’avis en route ?",
    "Le refus du départ venait-il d’une règle, ou d’une habitude ?",
    "Comment les personnes absentes ce jour-là l’ont-elles appris ?",
    "Qui entretient tout cela aujourd’hui ?",
)
RESONANCES = (
    "Nous avons vécu la même chose au printemps, dans un autre quartier.",
    "Le passage sur l’attente nous ressemble beaucoup.",
    "Chez nous aussi, la première réunion a surtout servi à se connaître.",
    "J’y retrouve ce que disait notre équipe de nuit, presque mot pour mot.",
    "Cela me rappelle le chantier de la halle : le calme est venu après le troisième essai.",
    "Notre service a eu le même retour des familles, avec les mêmes inquiétudes.",
    "C’est exactement le moment où nous avions failli renoncer.",
    "La même consigne nous avait arrêtés pendant deux mois.",
    "Nous le disons rarement ainsi, et pourtant c’est bien cela qui fatigue.",
    "Votre récit a été lu à voix haute dans notre réunion d’équipe.",
)
APPORTS = (
    "Un formulaire d’une page suffit : le service juridique l’a relu l’an dernier.",
    "Le syndicat prête des barrières gratuitement, il faut appeler une semaine avant.",
    "Nous avons gardé un tableau des appels, il tient sur une feuille.",
    "La convention type est dans le dossier commun, à la lettre C.",
    "Nous demandons toujours à une personne extérieure de relire le compte rendu.",
    "Un passage à vélo avec les habitants a remplacé trois réunions.",
    "La trésorerie accepte un bon de commande groupé, si on le dit avant le 15.",
    "Nous affichons la date de fin dès le premier jour : les appels ont diminué de moitié.",
    "Un essai d’une semaine, annoncé comme tel, s’arrête sans que personne ne perde la face.",
    "Il existe un fonds de la région pour ce genre de petits travaux.",
)
OTHER_VIEWS = (
    "Vu de l’accueil, la matinée ne s’est pas passée tout à fait ainsi.",
    "De notre côté, nous attendions une réponse depuis plus longtemps que vous ne le dites.",
    "Les personnes qui ne sont pas venues ne sont pas forcément d’accord.",
    "Ce que vous appelez un refus était, pour nous, une question de sécurité.",
    "La décision avait déjà été discutée en commission, ce que le récit ne dit pas.",
    "Pour les commerçants, le gain n’est pas aussi net.",
    "L’équipe du soir a trouvé la solution plus lourde que l’ancienne.",
    "Nous n’avons pas gardé le même souvenir de cette réunion.",
)
ANY = (
    "Merci d’avoir écrit ce qui n’a pas marché.",
    "Je veux bien en parler avec vous, un jeudi matin.",
    "Nous essaierons à notre tour à la rentrée.",
    "Cela vaut aussi pour les petites communes, je crois.",
    "Il resterait à savoir ce qu’en disent les habitants, dans un an.",
    "Je le transmets à l’équipe qui prend la suite.",
    "Le plus difficile a été de trouver une date pour se voir.",
    "Nous avons mis du temps à le comprendre, nous aussi.",
)
WORDS = {
    Posture.QUESTION: QUESTIONS,
    Posture.RESONANCE: RESONANCES,
    Posture.APPORT: APPORTS,
    Posture.AUTRE_REGARD: OTHER_VIEWS,
}
# a question comes more often than another view
POSTURES = (Posture.QUESTION,) * 3 + (Posture.RESONANCE,) * 3 + (Posture.APPORT,) * 3 + (Posture.AUTRE_REGARD,)
EFFECTS = (
    "",
    "",
    "Nous en parlons à demi-mot, et cela pèse sur l’équipe.",
    "Chacun s’arrange dans son coin, et personne ne le raconte.",
    "Nous y pensons avant chaque nouvelle demande.",
)
THANKS = (
    "Vous avez rappelé chaque personne une par une, et la réunion a pu avoir lieu.",
    "Vous êtes restés jusqu’à la fin du chantier, et les voisins ont vu que nous tenions parole.",
    "Vous avez prêté le matériel sans attendre le courrier, et nous avons gagné trois semaines.",
    "Vous avez dit franchement ce qui n’allait pas, et nous avons pu corriger à temps.",
    "Vous avez expliqué deux fois la règle, calmement, et chacun est reparti avec une réponse.",
)


def message(posture: Posture, chance: Random) -> str:
    """The words of one message: about forty, in one paragraph or two."""
    said = [*chance.sample(WORDS[posture], 2), *chance.sample(ANY, chance.choice((0, 1, 1, 2)))]
    if len(said) < 4:
        return " ".join(said)
    return f"{' '.join(said[:2])}\n\n{' '.join(said[2:])}"
