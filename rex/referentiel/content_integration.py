"""Intégration systémique (S): the enjeu and its five balises. Titles and pages of the source, texts ours."""

from rex.referentiel.shapes import Balise, Enjeu, Practice, Related, paragraphs

ENJEU = Enjeu(
    code="S",
    slug="integration",
    name="Intégration",
    label="Intégration systémique",
    full_title="Agir de façon intégrée, s’intéresser aux effets systémiques de l’action",
    page=25,
    text=paragraphs(
        "Une action a toujours plus d’effets que prévu. Refaire une rue touche au commerce, à la santé, à "
        "l’eau, au bruit, à la solitude. Les services, eux, sont rangés par sujet, et chacun n’en voit "
        "qu’un bout.",
        "Agir de façon intégrée, c’est relier ces bouts. On regarde plus large, on avance par étapes, on se "
        "saisit de ce qui arrive, et l’on accepte que le projet de départ grandisse en route.",
    ),
    question="Quels effets de notre action n’avions-nous pas prévus, et pour qui ?",
    glyph="nodes",
    token="sys",
    modes_de_faire=(
        Practice("Reprendre un sujet habituel en changeant de point de vue", 27),
        Practice("Élargir un petit fait, pas à pas, sans perdre personne en chemin", 27),
        Practice("Commencer par un petit groupe qui montre l’exemple, puis relier les initiatives", 28),
        Practice("Faire travailler ensemble des services et des structures autour d’un même sujet", 28),
        Practice("Tenir à jour une carte de qui agit, et de ce que chacun cherche", 28),
    ),
    dispositifs=(
        Practice("Des temps fixes pour revenir sur l’action, avec un rythme et une personne qui anime", 29),
        Practice("Raconter chaque action, même quand elle divise", 29),
        Practice("Des clubs où l’on partage avancées et difficultés au-delà des personnes concernées", 29),
    ),
)

BALISES = (
    Balise(
        code="S1",
        label="Élargir le regard",
        title="Élargir le regard",
        page=25,
        text=paragraphs(
            "Un sujet en cache souvent un autre. Une facture impayée parle aussi de logement, de santé, de "
            "transports. Élargir le regard, c’est chercher ces liens avant de décider, et se demander qui "
            "d’autre est concerné.",
            "Un jour ordinaire, on invite à la réunion un service qui n’y vient jamais. On fait le tour du "
            "lieu à pied. On pose la question toute simple : et si l’on regardait cela depuis l’école, "
            "depuis la rivière, depuis chez eux ?",
        ),
        question="À quoi notre sujet touche-t-il, que nous n’avons pas encore regardé ?",
        related=(
            Related("S3", "regarder plus large mène plus loin"),
            Related("V1", "voir toutes les valeurs en jeu"),
            Related("E6", "aller voir comment font les autres"),
            Related("C1", "écouter ce qui compte pour les autres"),
        ),
    ),
    Balise(
        code="S2",
        label="Entraîner",
        title="Créer un effet d’entraînement",
        page=26,
        text=paragraphs(
            "On commence à quelques-uns, sur quelque chose de faisable. On apprend en faisant, et cela se "
            "voit. D’autres s’approchent, demandent comment, puis s’y mettent à leur façon. C’est l’exemple "
            "qui parle.",
            "Un jour ordinaire, c’est le service voisin qui copie une idée, une école qui en inspire une "
            "autre, une entreprise qui suit. En s’élargissant, le groupe devra aussi trancher : tout le "
            "monde ne veut pas la même chose.",
        ),
        question="Qui a repris notre idée, et qu’avons-nous fait pour l’y aider ?",
        related=(
            Related("E1", "partir d’un petit geste tout proche"),
            Related("S3", "de l’exemple au changement d’échelle"),
            Related("C1", "plus nombreux, on n’est plus d’accord sur tout"),
        ),
    ),
    Balise(
        code="S3",
        label="Progresser par sauts",
        title="Progresser par sauts systémiques",
        page=26,
        text=paragraphs(
            "Une action en ouvre une autre, plus large. La cantine mène aux légumes, les légumes aux "
            "terres, les terres à l’eau. À chaque saut, le sujet change de taille, et il faut faire place à "
            "de nouvelles personnes.",
            "Un jour ordinaire, on remarque que la réunion ne suffit plus : il manque les agriculteurs, le "
            "médecin, la commune d’à côté. On s’arrête, on regarde qui est prêt, et l’on choisit jusqu’où "
            "aller cette fois.",
        ),
        question="Quel est le prochain pas, un peu plus large, et avec qui est-il possible ?",
        related=(
            Related("S1", "les liens annoncent le saut"),
            Related("S4", "une occasion peut le déclencher"),
            Related("C6", "laisser à chaque étape le temps qu’il faut"),
        ),
    ),
    Balise(
        code="S4",
        label="Saisir les occasions",
        title="Saisir les opportunités, les événements, comme une ressource",
        page=26,
        text=paragraphs(
            "Tout ne se planifie pas. Une tempête, une rencontre, un local qui se libère, une loi nouvelle "
            ": l’imprévu peut servir l’action, à condition de savoir ce que l’on cherche et de rester à "
            "l’écoute.",
            "Un jour ordinaire, quelqu’un dit « et si on en profitait ». On vérifie que cela va dans notre "
            "sens, on prévient les bonnes personnes, on avance vite. Et plus on est en mouvement, plus les "
            "occasions viennent.",
        ),
        question="Quel imprévu nous a servis, et comment avons-nous su le voir ?",
        related=(
            Related("S5", "un cap clair aide à choisir"),
            Related("S3", "une occasion peut faire changer d’échelle"),
            Related("V3", "oser se lancer à plusieurs"),
        ),
    ),
    Balise(
        code="S5",
        label="Piloter par le sens",
        title="Piloter par le sens, les délais, l’attention aux ressources",
        page=27,
        text=paragraphs(
            "Quand on défriche, le plan détaillé ne tient pas longtemps. Trois repères suffisent souvent : "
            "pourquoi nous faisons cela, pour quand, et avec quelles forces. L’argent compte, mais il n’est "
            "pas le seul à conduire.",
            "Un jour ordinaire, on ouvre le point de projet en rappelant le but. On se donne une date "
            "proche. On regarde ce que l’on a gagné en route, une compétence, un allié, un lieu, et l’on "
            "s’en sert.",
        ),
        question="Si l’on nous demandait demain pourquoi nous faisons cela, dirions-nous la même chose ?",
        related=(
            Related("C6", "tenir le court et le long terme"),
            Related("S4", "l’imprévu comme ressource"),
            Related("V4", "regarder aussi ce qui a grandi en chemin"),
        ),
    ),
)
