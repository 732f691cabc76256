"""Engagement (E): the enjeu and its six balises. Titles and pages from the source, texts of our own."""

from rex.referentiel.shapes import Balise, Enjeu, Practice, Related, paragraphs

ENJEU = Enjeu(
    code="E",
    slug="engagement",
    name="Engagement",
    label="Engagement",
    full_title="L’engagement des acteurs du territoire comme ressource",
    page=17,
    text=paragraphs(
        "Une ville ne change pas seule. Elle avance parce que des gens y mettent du temps, un savoir-faire, "
        "parfois un peu d’argent, et surtout l’envie. C’est une richesse, et elle n’apparaît dans aucun "
        "budget.",
        "Cette richesse est fragile. Elle naît près de chez soi, elle grandit quand on se sent attendu et "
        "cru, elle s’use quand personne ne la voit. En prendre soin fait partie du travail.",
    ),
    question="Qui s’est engagé dans cette action, et qu’est-ce qui lui a donné envie de rester ?",
    glyph="star",
    token="eng",
    modes_de_faire=(
        Practice("Aller vers les gens, là où ils vivent, et partir de ce qui les occupe tous les jours", 22),
        Practice("Écrire l’histoire du territoire à plusieurs, avec les voix qui ne sont pas d’accord", 22),
        Practice("Voir les efforts, le dire, et veiller à ce que personne ne s’épuise", 23),
    ),
    dispositifs=(
        Practice("Des rendez-vous réguliers où l’on se retrouve pour montrer ce que l’on a fait", 23),
        Practice("Des cahiers des charges écrits avec les personnes qui s’en serviront", 24),
        Practice("Des voyages pour voir ailleurs, entre pairs, ce qui marche déjà", 24),
    ),
)

BALISES = (
    Balise(
        code="E1",
        label="Partir du territoire vécu",
        title="S’inscrire dans une proximité au territoire vécu, au quotidien",
        page=18,
        text=paragraphs(
            "On s’engage rarement pour une grande cause écrite sur une affiche. On commence par ce que l’on "
            "a sous les yeux : un passage piéton, un banc, la cour de l’école. Le sujet a l’air petit. Il "
            "ne l’est pas, car il en amène d’autres.",
            "Un jour ordinaire, cela donne une agente qui s’arrête au pied d’un immeuble, un élu qui fait "
            "le trajet de l’école à pied avec les parents, une artisane qui parle de la rue où elle "
            "travaille. On écoute avant de proposer.",
        ),
        question="De quoi les gens parlent-ils, ici, quand nous ne leur posons pas de question ?",
        related=(
            Related("C3", "une fois la rencontre faite, agir avec les gens"),
            Related("S2", "une petite action peut en entraîner d’autres"),
            Related("C6", "sortir des murs de la mairie"),
        ),
    ),
    Balise(
        code="E2",
        label="Construire le récit",
        title="Construire le récit",
        page=19,
        text=paragraphs(
            "Les habitants, les agents, les élus et les entreprises n’ont pas vécu la même chose. Quand ces "
            "histoires sont dites et gardées ensemble, chacun comprend d’où l’on vient et ce que l’on "
            "cherche. Il n’y a pas de version officielle.",
            "Un jour ordinaire, on raconte une action à plusieurs voix, avec ce qui a raté. On garde aussi "
            "la voix de la personne qui n’était pas d’accord. C’est souvent elle qui fait avancer "
            "l’histoire.",
        ),
        question="Quelle voix manque encore dans l’histoire que nous racontons ?",
        related=(
            Related("C2", "il faut un moment pour se raconter"),
            Related("V4", "un récit dit ce que les chiffres taisent"),
            Related("V5", "raconter, c’est aussi reconnaître"),
        ),
    ),
    Balise(
        code="E3",
        label="Créer la confiance",
        title="Créer les conditions de la confiance",
        page=19,
        text=paragraphs(
            "Essayer du neuf fait un peu peur. On ose quand on se sait autorisé à le faire, quand la parole "
            "donnée est tenue, quand l’autre ne profitera pas d’un faux pas. La confiance ne se réclame "
            "pas. Elle se prépare.",
            "Un jour ordinaire, c’est une clé que l’on prête, une date que l’on respecte, un « nous ne "
            "savons pas encore » dit franchement. C’est aussi un premier essai mené chez nous, avant de le "
            "demander aux autres.",
        ),
        question="Qu’avons-nous fait, concrètement, pour que l’on puisse nous croire ?",
        related=(
            Related("C5", "oser demande un filet, partagé"),
            Related("E5", "se sentir reconnu donne confiance"),
            Related("S2", "les premiers essais rassurent"),
        ),
    ),
    Balise(
        code="E4",
        label="Changer notre travail",
        title="Changer le travail des services et des élus",
        page=20,
        text=paragraphs(
            "Faire avec les habitants et les entreprises change le métier de tout le monde. L’agent qui "
            "avait la réponse devient celui qui aide à la trouver. L’élue dit où aller, et laisse d’autres "
            "dessiner le chemin.",
            "Un jour ordinaire, c’est inconfortable. On ne sait pas toujours animer une réunion, on craint "
            "de perdre sa place, des collègues n’y croient pas. Il faut en parler, former, et associer les "
            "finances et les ressources humaines.",
        ),
        question="Qu’est-ce que cette action a changé dans ma façon de travailler ?",
        related=(
            Related("C4", "les règles de gestion doivent suivre"),
            Related("E5", "changer de métier fatigue"),
            Related("C3", "ce que l’on fait avec les habitants"),
        ),
    ),
    Balise(
        code="E5",
        label="Faire durer l’engagement",
        title=("Veiller à ce que l’engagement fasse ressource pour la personne, pour qu’il puisse se maintenir dans la durée"),
        page=21,
        text=paragraphs(
            "Donner de soi peut nourrir ou abîmer. Une action réussie qui laisse trois personnes à bout "
            "n’est pas vraiment réussie. On tient longtemps quand on y gagne quelque chose : une fierté, "
            "des amis, un savoir.",
            "Un jour ordinaire, cela veut dire partager la charge, faire une pause, demander à quelqu’un "
            "comment il va. Cela veut dire aussi remercier, nommer les efforts, y compris ceux qui n’ont "
            "pas abouti.",
        ),
        question="Qui est fatigué parmi nous, et qui le lui a demandé ?",
        related=(
            Related("C2", "un lieu où l’on peut dire que c’est dur"),
            Related("V5", "les façons de dire merci"),
            Related("E3", "la confiance allège la charge"),
        ),
    ),
    Balise(
        code="E6",
        label="Voyager",
        title="S’engager, c’est voyager",
        page=22,
        text=paragraphs(
            "Au bout d’une action, on n’est plus tout à fait la même personne. On sait faire d’autres "
            "choses, on connaît d’autres gens, on croit possible ce qui ne l’était pas.",
            "Il y a aussi les vrais voyages. Aller voir une autre commune, à plusieurs et avec des gens "
            "différents, vaut bien des réunions. On pose des questions pratiques, on se parle dans le car, "
            "on rentre avec l’envie d’essayer.",
        ),
        question="Qu’avons-nous vu ailleurs, ou découvert en nous, que nous ne soupçonnions pas ?",
        related=(
            Related("S1", "voir ailleurs fait voir autrement"),
            Related("E3", "la route crée des liens"),
            Related("V3", "revenir avec l’envie d’entreprendre"),
        ),
    ),
)
