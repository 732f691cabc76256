"""Valeur (V): the enjeu and its six balises. Titles and pages from the source, texts of our own."""

from rex.referentiel.shapes import Balise, Enjeu, Practice, Related, paragraphs

ENJEU = Enjeu(
    code="V",
    slug="valeur",
    name="Valeur",
    label="Valeur",
    full_title=(
        "Évaluer la valeur créée et interroger le rapport entre la valeur et les moyens mobilisés "
        "pour faire émerger un nouveau modèle économique"
    ),
    page=36,
    text=paragraphs(
        "On sait dire ce qu’une action a coûté. On sait moins bien dire ce qu’elle a apporté : du lien, de "
        "la santé, un savoir, une rivière plus propre. Ce qui ne se compte pas finit par ne plus compter.",
        "Parler de valeur, c’est remettre tout cela sur la table. On cherche comment en juger sans tout "
        "ramener à l’argent, et comment trouver des moyens là où on ne les cherchait pas : le temps donné, "
        "un lieu partagé, une dépense évitée.",
    ),
    question="Qu’est-ce que cette action a apporté, que son budget ne montre pas ?",
    glyph="diamond",
    token="val",
    modes_de_faire=(
        Practice("Chercher ce que le territoire a déjà, y compris ce qui ne se voit pas", 40),
        Practice("Rester aux aguets, et faire d’un événement une ressource", 40),
        Practice("Dire ce que coûterait de ne rien faire", 41),
        Practice("Partager : un lieu pour plusieurs usages, du matériel, une formation, une étude", 41),
    ),
    dispositifs=(
        Practice("Une évaluation qui croise des chiffres, des indices, des événements et des récits", 41),
        Practice("Des financements venus d’ailleurs, attirés par la qualité du projet", 42),
        Practice("Des projets menés à moitié par la commune, à moitié par les habitants", 42),
        Practice("Des investissements faits une fois, pour plusieurs besoins", 42),
    ),
)

BALISES = (
    Balise(
        code="V1",
        label="Voir toutes les valeurs",
        title="Appréhender la multiplicité des dimensions de valeurs",
        page=37,
        text=paragraphs(
            "Un banc coûte neuf cents euros. Pour une dame âgée, il permet d’aller jusqu’à la boulangerie. "
            "Pour des adolescents, c’est un endroit à eux. Ces valeurs sont toutes vraies, et une seule "
            "tient dans un tableau.",
            "Un jour ordinaire, on demande aux gens ce que l’action a changé pour eux. On garde leurs mots. "
            "On accepte d’en discuter même sans pouvoir les additionner.",
        ),
        question="Qu’est-ce qui compte dans cette action, et que nous ne savons pas mesurer ?",
        related=(
            Related("V4", "comment en rendre compte"),
            Related("V2", "les tenir ensemble"),
            Related("S1", "regarder plus large"),
        ),
    ),
    Balise(
        code="V2",
        label="Créer une valeur plurielle",
        title="Créer de la valeur à visées à la fois sociale, environnementale, économique",
        page=37,
        text=paragraphs(
            "Une bonne action sert plusieurs fois. Un jardin nourrit, rafraîchit la rue, donne du travail, "
            "fait se parler les voisins. On ne choisit pas entre les gens, la nature et l’activité : on "
            "cherche ce qui les tient ensemble.",
            "Un jour ordinaire, on ajoute ce qui manque pour que ce soit utile pour de bon. Un panier de "
            "légumes vaut plus avec une recette et une visite à la ferme. Et l’on se lie pour longtemps, "
            "afin que chacun puisse prévoir.",
        ),
        question="À qui, et à quoi d’autre, cette action pourrait-elle aussi servir ?",
        related=(
            Related("V1", "repérer toutes les valeurs"),
            Related("S3", "un besoin mène à un autre"),
            Related("V6", "de l’activité qui reste ici"),
        ),
    ),
    Balise(
        code="V3",
        label="Entreprendre ensemble",
        title="Renforcer la capacité collective à entreprendre",
        page=38,
        text=paragraphs(
            "Ce que l’on construit de plus précieux n’est pas toujours la chose elle-même. C’est le fait "
            "d’avoir appris à se lancer ensemble : se faire confiance, savoir à qui demander, oser la fois "
            "suivante.",
            "Un jour ordinaire, des voisines ouvrent une épicerie et l’une d’elles pense déjà à la suite. "
            "Attention toutefois : aller trop vite, ou se mettre en concurrence, peut défaire en un an ce "
            "que l’on avait tissé.",
        ),
        question="Que saurions-nous lancer aujourd’hui, que nous n’aurions pas osé il y a trois ans ?",
        related=(
            Related("E3", "la confiance, d’abord"),
            Related("C5", "à plusieurs devant le risque"),
            Related("E5", "ne pas épuiser l’équipe"),
        ),
    ),
    Balise(
        code="V4",
        label="Évaluer sur plusieurs plans",
        title="Évaluer une diversité de plans / de résultats",
        page=39,
        text=paragraphs(
            "Évaluer, oui, mais pour quoi faire : rendre des comptes, apprendre, faire connaître ? La "
            "réponse change la méthode. Les chiffres ont leur place. Ils ne disent rien de la façon dont on "
            "a travaillé, ni de ce que chacun y a gagné.",
            "Un jour ordinaire, à côté du nombre de participants, on note ce que les gens savent faire de "
            "plus, les liens nés en route, l’effort fourni même sans résultat. Deux ou trois bons signes "
            "valent mieux que quarante colonnes.",
        ),
        question="Quel signe nous dirait que cela va mieux, même si aucun chiffre ne bouge ?",
        related=(
            Related("V1", "ce qui compte sans se compter"),
            Related("E2", "les récits comme preuve"),
            Related("E5", "voir l’effort, c’est le reconnaître"),
        ),
    ),
    Balise(
        code="V5",
        label="Relier monétaire et symbolique",
        title="Articuler les plans monétaire et symbolique de la valorisation",
        page=39,
        text=paragraphs(
            "Certains gestes se paient, d’autres se remercient, et beaucoup méritent un peu des deux. Payer "
            "ce qui était donné peut blesser. Ne jamais payer peut user. Il faut en parler, franchement, "
            "avant de choisir.",
            "Un jour ordinaire, c’est un nom cité aux vœux, un carnet d’heures, une entrée à la piscine, "
            "une monnaie locale gagnée en aidant. C’est aussi une ligne du budget, quand le travail est "
            "devenu un vrai travail.",
        ),
        question="Cet effort appelle-t-il un merci, un échange, un salaire ? Qui l’a demandé à la personne ?",
        related=(
            Related("E5", "la reconnaissance fait durer"),
            Related("V6", "la monnaie locale"),
            Related("V4", "rendre visible le travail réel"),
        ),
    ),
    Balise(
        code="V6",
        label="Faire circuler l’argent ici",
        title="Favoriser / valoriser une circulation monétaire endogène/exogène aux territoires",
        page=40,
        text=paragraphs(
            "L’argent dépensé ici peut y faire plusieurs tours avant de repartir. Et un territoire qui a "
            "quelque chose à montrer en fait venir d’ailleurs : des visiteurs, des professionnels, des "
            "habitants qui s’installent.",
            "Un jour ordinaire, on regarde d’où viennent les repas de la cantine et qui répare les camions. "
            "On relie le gîte, le marché et les visites. On se demande où part chaque euro, et ce qu’il "
            "laisse au passage.",
        ),
        question="Où va l’argent de cette action, et combien de temps reste-t-il chez nous ?",
        related=(
            Related("V2", "une activité utile à plusieurs titres"),
            Related("V5", "ce qui se paie, ce qui se remercie"),
            Related("V3", "des entreprises nées ici"),
            Related("E6", "les visiteurs viennent voir, et restent"),
        ),
    ),
)
