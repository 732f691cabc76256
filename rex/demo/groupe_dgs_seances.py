"""The séances of « DGS de la vallée »: one that went through its four phases, one to come."""

from rex.demo.shapes_groups import DepotData, SaidData, SeanceData

THURSDAY = 3

PASSEE = SeanceData(
    weeks=-4,
    weekday=THURSDAY,
    hour=12,
    minute=30,
    lead="joachim_ravenel",
    theme="Dire non à qui nous a choisis",
    place="Arrière-salle du Café du Lavoir, Saint-Ambre",
    agenda="Un tour de table, une situation, puis un café. Chacun apporte son sandwich.",
    preparation="- À qui avez-vous dit non pour la dernière fois, et combien de temps avant aviez-vous su que ce serait non ?\n"
    "- Qu’avez-vous dit à la place, les autres fois ?",
    depots=(
        DepotData(
            "olivier_pons",
            "Le maire veut que j’ouvre la mairie le samedi. Nous en sommes convenus sur le pas de la porte, en trois phrases. Je "
            "n’ai pas dit oui, mais je n’ai pas dit non, et l’affiche est chez l’imprimeur.",
            6,
        ),
        DepotData(
            "sylvie_kermarrec",
            "Une élue me demande chaque semaine l’avancement d’un dossier qui n’est pas dans sa délégation. Je réponds à chaque "
            "fois, et chaque fois je suis un peu moins la directrice de mes directeurs.",
            5,
        ),
        DepotData(
            "bruno_casals",
            "Onze maires, onze urgences, une seule équipe de voirie. J’ai dit non une fois cette année, par mail, à 23 h. Il l’a "
            "lu à 6 h.",
            3,
        ),
        DepotData(
            "anne_lise_roche",
            "Je sais dire non à un adjoint. Je n’ai jamais su le dire à la maire, qui était ma professeure au collège.",
            2,
        ),
        DepotData(
            "mariam_nourry",
            "On m’a demandé de relire la profession de foi. Juste la forme. J’ai corrigé deux virgules, et je me suis sentie sale.",
            1,
        ),
    ),
    choices=(
        ("sylvie_kermarrec", "olivier_pons"),
        ("bruno_casals", "anne_lise_roche"),
        ("anne_lise_roche", "olivier_pons"),
        ("mariam_nourry", "olivier_pons"),
        ("damien_fauvel", "olivier_pons"),
    ),
    kept="olivier_pons",
    said=(
        SaidData(
            "olivier_pons",
            "expose",
            "C’était un vendredi, il partait, je fermais. Il a dit « le samedi matin, ce serait bien pour les gens ». J’ai dit « "
            "il faudrait voir ». Pour lui, c’était vu.",
        ),
        SaidData("bruno_casals", "questions", "À quel moment as-tu su, toi, que c’était non ?"),
        SaidData("olivier_pons", "questions", "Avant la fin de sa phrase. Le samedi, je vais chercher ma fille à la gare."),
        SaidData("anne_lise_roche", "questions", "Le sait-il, pour la gare ?"),
        SaidData("olivier_pons", "questions", "Non. Cela fait six ans que nous travaillons dans la même pièce."),
        SaidData(
            "sylvie_kermarrec",
            "resonances",
            "« Il faudrait voir » : je l’ai dit trois fois cette semaine. Chez moi, cela veut dire non. Je suis la seule à le "
            "savoir.",
        ),
        SaidData(
            "damien_fauvel",
            "resonances",
            "Je pense à toutes les affiches qui sont chez l’imprimeur parce que j’ai été poli.",
        ),
        SaidData(
            "mariam_nourry",
            "apports",
            "Chez nous, le samedi tourne entre trois communes : un samedi sur trois chacune, et personne n’a eu à dire non tout "
            "seul.",
        ),
        SaidData(
            "bruno_casals",
            "apports",
            "Une affiche se réimprime pour 40 euros. Je te prête la phrase : « J’ai dit il faudrait voir, j’aurais dû dire non. »",
        ),
        SaidData("olivier_pons", "garder", "Lui parler de la gare avant de lui parler de l’affiche."),
        SaidData("sylvie_kermarrec", "garder", "Chercher ce que je dis à la place de non."),
        SaidData("bruno_casals", "garder", "Ne plus dire non après 20 h."),
        SaidData("anne_lise_roche", "garder", "La question du moment : quand ai-je su ?"),
        SaidData("damien_fauvel", "garder", "Les 40 euros."),
    ),
    report="## Ce que nous avons exploré\n\nUn non qui n’a pas été dit, parce que la phrase d’avant avait l’air d’un oui. Nous "
    "sommes restés longtemps sur l’instant où l’on sait, et sur tout ce que l’on dit pour ne pas l’avoir su.\n\n"
    "## Ce que nous gardons\n\n- « Quand ai-je su ? » est une meilleure question que « pourquoi ai-je dit oui ? »\n"
    "- Une limite s’explique mieux par ce qu’elle protège que par le règlement.\n"
    "- Revenir sur un oui coûte, en général, le prix d’une affiche.\n\n"
    "## Pour la prochaine fois\n\nOlivier raconte, s’il en a envie.",
)

A_VENIR = SeanceData(
    weeks=0,
    weekday=THURSDAY,
    hour=12,
    minute=30,
    lead="joachim_ravenel",
    theme="Annoncer ce que l’on n’a pas choisi",
    place="Arrière-salle du Café du Lavoir, Saint-Ambre",
    agenda="Olivier, s’il en a envie. Puis une situation, puis un café.",
    preparation="- La dernière décision que vous avez annoncée sans l’avoir prise : quels mots avez-vous choisis ?\n"
    "- Qui, en face, savait déjà ?\n"
    "- Qu’auriez-vous aimé qu’on vous dise, à vous ?",
    depots=(
        DepotData(
            "bruno_casals",
            "La recyclerie perd la moitié de sa subvention. C’est moi qui y vais, lundi, avec un papier qui parle de trajectoire.",
            5,
        ),
        DepotData(
            "anne_lise_roche",
            "La classe ferme. Les parents l’ont appris par le car : il n’avait plus le même horaire.",
            4,
        ),
        DepotData(
            "mariam_nourry",
            "Je dois dire à une équipe que son local devient un parking. Je me gare devant depuis trois ans.",
            4,
        ),
        DepotData(
            "damien_fauvel",
            "J’ai annoncé le gel des remplacements en disant « nous ». Dans le couloir, quelqu’un m’a demandé qui c’était, nous.",
            3,
        ),
    ),
)
