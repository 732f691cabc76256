"""Coopération (C): the enjeu and its six balises. Titles and pages from the source, texts of our own."""

from rex.referentiel.shapes import Balise, Enjeu, Practice, Related, paragraphs

ENJEU = Enjeu(
    code="C",
    slug="cooperation",
    name="Coopération",
    label="Coopération",
    full_title="Travailler en coopération",
    page=30,
    text=paragraphs(
        "Coopérer, c’est faire son travail en tenant compte de celui des autres : ce qu’ils cherchent, ce "
        "qui les gêne, ce qu’ils ne peuvent pas lâcher. C’est plus que se répartir les tâches, et cela "
        "demande un effort à chacun.",
        "Le désaccord n’est pas un échec. Il montre où sont les vrais sujets. Encore faut-il un lieu pour "
        "en parler, des règles qui protègent, et quelqu’un qui tranche en reconnaissant ce que chacun "
        "donne.",
    ),
    question="De qui avons-nous eu besoin, et que lui avons-nous donné en retour ?",
    glyph="rings",
    token="coop",
    modes_de_faire=(
        Practice("Laisser se dire les intérêts de chacun, se servir des frottements pour y voir clair", 34),
        Practice("Chercher ce que l’action apporte à chacun, et ce que chacun apporte en échange", 34),
        Practice("Construire la solution en délibérant, jusqu’à ce qu’elle convienne assez à tous", 34),
    ),
    dispositifs=(
        Practice("Du temps et des lieux pour se dire ses contraintes et relire ce qui s’est passé", 34),
        Practice("Des moments pour s’inquiéter les uns des autres, ralentir et souffler", 35),
        Practice("Un tableau partagé entre services, où chacun dit ce qu’il apporte aux projets communs", 35),
    ),
)

BALISES = (
    Balise(
        code="C1",
        label="Coopérer sans être alignés",
        title="Coopérer ne signifie pas être alignés",
        page=31,
        text=paragraphs(
            "On peut travailler ensemble sans vouloir la même chose. L’important est de savoir ce qui "
            "compte pour chacun, de ne pas faire comme si l’on était d’accord, puis de choisir en le disant "
            ": voici ce que l’on retient, voici qui fait un pas.",
            "Un jour ordinaire, c’est une réunion où la voirie, les commerçants et les parents disent leurs "
            "raisons. Personne n’a tort. On écrit l’arbitrage, avec l’effort de chacun, pour ne pas le "
            "découvrir plus tard.",
        ),
        question="Qu’est-ce qui compte pour l’autre dans cette affaire, et le dirait-il comme nous ?",
        related=(
            Related("C2", "un lieu pour mettre les écarts sur la table"),
            Related("C5", "décider ensemble, répondre ensemble"),
            Related("S1", "le point de vue de l’autre élargit le nôtre"),
        ),
    ),
    Balise(
        code="C2",
        label="Ouvrir des lieux de réflexivité",
        title="Construire et animer des dispositifs de réflexivité",
        page=31,
        text=paragraphs(
            "Parler de ses limites et de ses ratés n’a rien de naturel, surtout devant son chef ou son "
            "partenaire. Il faut un moment prévu pour cela, des règles simples, quelqu’un pour animer. On y "
            "revient sur l’action, on comprend, on répare.",
            "Un jour ordinaire, c’est une heure par mois sans décision à prendre. Chacun raconte ce qui a "
            "coincé et ce que cela lui a fait. Les récits peuvent se contredire. C’est ainsi que l’on "
            "apprend.",
        ),
        question="Quand avons-nous pris le temps, ensemble, de revenir sur ce qui nous a résisté ?",
        related=(
            Related("E2", "ces moments font naître le récit"),
            Related("E5", "parler évite de s’user seul"),
            Related("C4", "l’encadrement doit protéger ce temps"),
        ),
    ),
    Balise(
        code="C3",
        label="Aller plus loin que participer",
        title="Pas seulement participer, coopérer",
        page=32,
        text=paragraphs(
            "Donner son avis ne suffit pas. Coopérer, pour un habitant, c’est entrer dans le projet avec "
            "ses usages et son savoir, et comprendre en retour les contraintes de la commune. Personne ne "
            "se place au-dessus de l’autre.",
            "Un jour ordinaire, on écrit le besoin ensemble, on montre le budget et les normes, on garde "
            "une part à faire soi-même. À la fin, les habitants défendent le projet comme le leur, et les "
            "agents ont appris d’eux.",
        ),
        question="Qu’est-ce que les habitants ont décidé ou réalisé avec nous, et pas seulement commenté ?",
        related=(
            Related("E1", "commencer là où vivent les gens"),
            Related("E4", "la place des agents et des élus bouge"),
            Related("C1", "comprendre les contraintes de chacun"),
        ),
    ),
    Balise(
        code="C4",
        label="Manager la coopération",
        title="Manager (par) la coopération",
        page=33,
        text=paragraphs(
            "On ne décide pas par note de service que les gens coopèrent. On leur en donne l’occasion, le "
            "temps et le droit. Cela touche l’encadrement, le recrutement, la formation, les primes, et "
            "l’entretien annuel qui ne regarde que l’individu.",
            "Un jour ordinaire, une cheffe laisse deux équipes s’arranger sans elle. On prend un café qui "
            "dure. On compte, dans le travail de l’année, l’aide apportée au service d’à côté.",
        ),
        question="Qu’est-ce qui, dans nos règles internes, encourage ou décourage l’entraide ?",
        related=(
            Related("E4", "les métiers changent aussi"),
            Related("C2", "des temps pour se parler"),
            Related("V4", "reconnaître le travail réel en l’évaluant"),
        ),
    ),
    Balise(
        code="C5",
        label="Partager le risque",
        title="Développer une culture du risque partagé",
        page=33,
        text=paragraphs(
            "Faire du neuf à plusieurs, c’est sortir un peu du cadre, et chacun y met du sien. Si l’affaire "
            "tourne mal, qui répond ? Tant que la question n’est pas posée, elle bloque tout, en silence.",
            "Un jour ordinaire, on dresse la liste de ce qui peut rater. On dit qui assure, qui encadre, "
            "qui paie. On écrit une règle du jeu et l’on s’y tient. Se tromper devient alors permis, parce "
            "que personne n’est laissé seul.",
        ),
        question="Si cela rate, qui restera seul, et comment l’éviter dès maintenant ?",
        related=(
            Related("E3", "sans confiance, personne n’ose"),
            Related("C1", "dire ce que chacun engage"),
            Related("V3", "entreprendre à plusieurs"),
        ),
    ),
    Balise(
        code="C6",
        label="Jouer le temps",
        title="Jouer le temps et le territoire",
        page=34,
        text=paragraphs(
            "Une action avance à plusieurs vitesses : le mandat, la saison, le chantier, la génération. Il "
            "faut montrer de petites étapes sans perdre le but lointain. Il faut aussi sortir de la mairie "
            "et aller voir comment cela se vit dehors.",
            "Un jour ordinaire, on explique pourquoi c’est long. On fête une étape. On tient la réunion à "
            "la ferme ou à l’usine plutôt qu’en salle du conseil, et l’on s’accorde sur un rythme que les "
            "autres peuvent suivre.",
        ),
        question="Quel est le rythme de chacun, et lequel avons-nous imposé sans le voir ?",
        related=(
            Related("S5", "des échéances au service du sens"),
            Related("S3", "avancer par étapes"),
            Related("E1", "aller sur place"),
        ),
    ),
)
