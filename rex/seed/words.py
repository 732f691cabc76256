"""The common bank of seeded récits: places, teams, names, times, and sentences that fit any subject."""

STREETS = tuple(
    f"{way} {name}"
    for way in ("rue", "avenue", "place", "allée", "impasse")
    for name in (
        "des Tilleuls", "du Lavoir", "de la Halle", "des Carmes", "du Moulin-Neuf", "Louise-Michel", "des Tanneurs",
        "de l’Abreuvoir", "du Vieux-Pont", "Jean-Moulin", "des Cerisiers", "de la Gare", "du Puits-Salé", "Olympe-de-Gouges",
        "des Remparts", "du Champ-Clos", "de l’Écluse", "Marie-Curie", "des Lilas", "du Four-à-Chaux", "des Jardins-Hauts",
    )
)  # fmt: skip
TEAMS = (  # with its article; then after « de » and « à »; all singular
    ("la voirie", "de la voirie", "à la voirie"),
    ("le CCAS", "du CCAS", "au CCAS"),
    ("l’accueil", "de l’accueil", "à l’accueil"),
    ("l’urbanisme", "de l’urbanisme", "à l’urbanisme"),
    ("la régie de l’eau", "de la régie de l’eau", "à la régie de l’eau"),
    ("la vie scolaire", "de la vie scolaire", "à la vie scolaire"),
    ("le service des sports", "du service des sports", "au service des sports"),
    ("la police municipale", "de la police municipale", "à la police municipale"),
    ("l’état civil", "de l’état civil", "à l’état civil"),
    ("la propreté", "de la propreté", "à la propreté"),
    ("le garage municipal", "du garage municipal", "au garage municipal"),
    ("la communication", "de la communication", "à la communication"),
    ("l’école de musique", "de l’école de musique", "à l’école de musique"),
    ("la direction des finances", "de la direction des finances", "à la direction des finances"),
)
FIRST_NAMES = (
    "Adèle", "Ahmed", "Aline", "Amadou", "Anaïs", "Antoine", "Aurore", "Bilal", "Blandine", "Bruno", "Camille",
    "Cécile", "Chantal", "Clément", "Coralie", "Damien", "Daouda", "Denise", "Élodie", "Émile", "Estelle", "Fabrice",
    "Farida", "Firmin", "Florence", "Gaspard", "Geneviève", "Gilles", "Hakim", "Henriette", "Hugues", "Irène", "Ismaël",
    "Jacques", "Joëlle", "Josué", "Julie", "Karine", "Kévin", "Lamine", "Léonie", "Loïc", "Lucie", "Mado", "Malik",
    "Margot", "Mathilde", "Mehdi", "Monique", "Nadège", "Naïma", "Nicole", "Noé", "Odile", "Olivier", "Ophélie",
    "Pascal", "Paulette", "Quentin", "Rachel", "Régis", "Rokia", "Romane", "Sabine", "Salomé", "Sandrine", "Simon",
    "Sonia", "Stéphane", "Sylvain", "Tatiana", "Thibault", "Ursule", "Valentin", "Victoire", "Wassim", "Xavier",
    "Yolande", "Youssef", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Abadie", "Aubrac", "Bensaïd", "Berthelin", "Bossuat", "Cadiou", "Camara", "Chauvel", "Cormier", "Courtade",
    "Dabert", "Delestre", "Diallo", "Drouhin", "Escande", "Fabre-Lys", "Faucheux", "Fofana", "Galtier", "Gaudry",
    "Guilloteau", "Haddou", "Hervieux", "Huguenin", "Jacquemin", "Jolivet", "Kaci", "Keïta", "Labrousse", "Lacassagne",
    "Lefranc", "Lemaire-Joly", "Loubet", "Mabille", "Maillard", "Marzouk", "Mercadier", "Meunier", "N’Diaye", "Navarre",
    "Ortega", "Oudot", "Paillard", "Péchin", "Poitevin", "Quéméneur", "Rabier", "Ravel", "Rouquette", "Saïdi", "Salvan",
    "Sarrazin", "Tanguy", "Thibaudeau", "Traoré", "Urbain", "Vasseur", "Verdier", "Vignal", "Wagner-Prat", "Yahiaoui",
    "Zeller",
)  # fmt: skip
BODIES = (
    "Voirie", "Espaces verts", "Vie scolaire", "CCAS", "Accueil et état civil", "Urbanisme", "Régie de l’eau", "Médiathèque",
    "Finances", "Ressources humaines", "Propreté", "Sports", "Police municipale", "Culture", "Petite enfance", "Bâtiments",
    "Communication", "Jeunesse", "Marchés publics", "Direction générale",
)  # fmt: skip
STRUCTURES = (
    "Régie de quartier des Carmes", "Ferme du Haut-Champ", "Atelier vélo La Chaîne", "Commerçants de la Halle",
    "Parents d’élèves du Lavoir", "Jardins partagés des Lilas", "Épicerie solidaire du Pont", "Foyer des aînés",
)  # fmt: skip
SMALL = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
MONTHS = ("en janvier", "en février", "en mars", "en avril", "en mai", "en juin", "à la rentrée", "en octobre", "en novembre")
SPANS = ("trois semaines", "dix jours", "six semaines", "deux mois", "quatre jours", "quinze jours", "trois mois", "cinq semaines")

WEATHER = (
    "Il pleuvait depuis deux jours.",
    "Le sol était gelé.",
    "Il faisait déjà trente degrés à dix heures.",
    "Le vent avait couché les barrières.",
    "Il y avait du brouillard jusqu’à midi.",
    "La neige était annoncée et n’est pas venue.",
    "C’était le premier jour doux de l’année.",
)
CONTEXT = (
    "Cela concerne {rue} et les rues voisines, soit {nombre} logements.",
    "Nous étions {petit} autour de la table, dont deux {deq}.",
    "La demande est venue {deq}, un {jour}, par téléphone.",
    "Nous avions {duree} devant nous et pas de budget propre.",
    "L’affaire traînait depuis {duree} entre nous et {eq}.",
    "C’était {mois}, en plein remplacement de congés.",
    "Un premier essai avait eu lieu il y a {petit} ans, dont il restait un dossier.",
)
INTENTION = (
    "Nous voulions que cela tienne sans nous, une fois le projet fini.",
    "{prenom} tenait à ce que les riverains soient là dès le début.",
    "Pour {eq}, il s’agissait d’abord de ne pas refaire deux fois le travail.",
    "Nous voulions essayer petit, et pouvoir revenir en arrière.",
    "Ce qui comptait pour nous : que personne ne l’apprenne par le journal.",
    "Nous cherchions moins une solution qu’une façon d’en parler.",
    "{prenom} espérait gagner du temps, et moi comprendre ce qui bloquait.",
    "Nous voulions dépenser moins de {euros} euros et dire pourquoi.",
)
FACTS = (
    "{prenom} a appelé {eq} le {jour}, et la réponse est arrivée dans la journée.",
    "Nous y sommes retournés à {petit}, à {heure}, pour voir.",
    "Le matériel est arrivé avec {petit} jours de retard.",
    "Nous avons noté {nombre} remarques, puis nous les avons lues à voix haute.",
    "Un voisin nous a prêté ce qui manquait.",
    "{Eq} a envoyé quelqu’un, sans que nous ayons eu à le demander.",
    "La deuxième fois s’est mieux passée que la première.",
    "Il a fallu recommencer {petit} fois avant que cela convienne.",
    "{prenom} a pris une photo chaque {jour}. On voit la différence.",
    "Nous avons dépensé {euros} euros, dont la moitié en imprévus.",
    "Une personne {deq} est restée avec nous jusqu’à {heure}.",
    "Pendant {duree}, il ne s’est rien passé de visible.",
)
TROUBLE = (
    "{Eq} a appris la date trop tard, et l’a dit devant tout le monde.",
    "Nous n’étions pas d’accord entre nous, et cela se voyait.",
    "{prenom} pensait que nous allions trop vite. Je pensais le contraire.",
    "Il a manqué {euros} euros, que personne n’avait sur sa ligne.",
    "La règle dit une chose, l’usage en dit une autre depuis {duree}.",
    "Nous avions oublié les gens qui travaillent la nuit.",
    "Le seul créneau commun était le {jour} à {heure}, et il ne convenait à personne.",
    "On nous a demandé un bilan avant la fin de l’essai.",
    "Deux personnes ont quitté la réunion. L’une est revenue.",
)
AFFECTS = (
    "J’étais en colère le {jour}, et cela s’est vu.",
    "L’équipe est sortie fatiguée de ces {petit} semaines.",
    "{prenom} a dit merci devant tout le monde, et cela a compté.",
    "Nous avons ri, ce qui n’arrivait plus souvent dans ce couloir.",
    "J’ai eu peur que cela nous retombe dessus.",
    "Se sentir attendus par des gens que l’on ne connaissait pas, c’est nouveau.",
    "Une collègue a failli demander sa mutation. Elle en parle maintenant librement.",
    "Nous étions fiers, et un peu seuls.",
    "Il reste une amertume {aeq}, que nous n’avons pas su défaire.",
)
LEARNT = (
    "Prévenir {eq} avant de commencer, même quand nous croyons que cela ne regarde que nous.",
    "La prochaine fois, nous irons voir à {heure} et non en réunion.",
    "Un essai de {duree} suffit pour savoir.",
    "Ce que nous appelions un refus était une question restée sans réponse.",
    "Nous referons le tour des portes, pas le questionnaire.",
    "Il vaut mieux {petit} personnes qui reviennent que {nombre} qui signent.",
    "Nous aurions dû dire plus tôt ce que nous ne savions pas.",
    "Une seule personne qui connaît le lieu change toute la discussion.",
)
TRANSFER = (
    "La feuille que nous avons utilisée tient sur une page et se recopie.",
    "Une autre équipe peut reprendre le planning tel quel.",
    "Cela marche à notre taille. Au-delà de {nombre} personnes, je ne sais pas.",
    "Le tour à pied, avant toute réunion, se fait partout.",
    "Le prêt de matériel entre services ne demande qu’un cahier.",
    "Notre façon d’annoncer une date de fin a déjà été reprise {aeq}.",
    "Ce qui ne se transporte pas : la patience de {prenom}.",
)
THANKS = (
    "À {prenom}, qui a donné un {jour} de repos.",
    "À l’équipe {deq}, qui a prêté deux bras et une camionnette.",
    "Aux voisins {derue}, qui ont ouvert leur porte.",
    "À {prenom}, pour les {petit} appels que personne ne voulait passer.",
    "À la personne qui a gardé le plan de 1987.",
    "À celles et ceux qui ont dit non, et qui ont expliqué pourquoi.",
    "À {prenom} et {prenom2}, qui n’étaient pas d’accord et qui sont restés.",
)
GENERAL_TITLES = (
    "{title}, un an après",
    "{title} : ce qui a tenu",
    "{title}, vu {deq}",
    "{title}, deuxième essai",
    "{title} : le point de vue de {prenom}",
)
