"""Three drafts: read by their authors alone, unfinished on purpose."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("budget-participatif-2", VALOMBRE, "Budget participatif, deuxième essai"),
    ActionData("tailler-tard", VALOMBRE, "Tailler plus tard"),
)

RECITS = (
    RecitData(
        key="brouillon-marche",
        collectif=VALOMBRE,
        action="place-pietonne",
        authors=("nadia_belkacem", "marc_oudin"),
        title="Marché du samedi, place piétonne",
        days_ago=1,
        hour=14,
        minute=32,
        audience=None,
        sections=told(
            intention="""
                Essayer quatre samedis sans voitures place du Gué, et décider après.
                """,
            faits="""
                Le premier samedi, à 7 h 30, la place était vide. Trois camions de forains attendaient rue
                Basse, moteur allumé, parce que le plan les faisait entrer par la rue du Pont, qui était
                fermée par notre chaîne.

                Marc a rappelé Romuald pour avoir la clé de la cour de l’école. Ils ont déchargé là. À 9 h le
                premier étal était monté, avec une heure de retard.
                """,
            resistance="""
                La boulangerie n’avait pas été prévenue pour la farine. Rachid dit que ses clients ne
                viendront plus. Nous sommes arrivés avec une étude, lui avec son cahier de caisse. Nous
                n’avons pas su quoi répondre sur le moment.
                """,
            reconnaissances="""
                À Adjoua et à son équipe, qui ont laissé finir la partie d’échecs.
                """,
        ),
        balises=(("C1", "illustre"),),
        teller="Récit de la Vie associative et de la Voirie",
    ),
    RecitData(
        key="brouillon-budget",
        collectif=VALOMBRE,
        action="budget-participatif-2",
        authors=("claire_vasselin",),
        title="Budget participatif, deuxième essai",
        days_ago=3,
        hour=22,
        minute=15,
        audience=None,
        sections=told(
            faits="""
                Bertrand et moi avons repris le règlement. Nous étions à onze pages, nous en sommes à cinq.
                Il veut enlever la page sur les critères. Je crois que sans critères c’est toujours les mêmes
                qui
                """,
        ),
        balises=(),
        teller="Récit de l’adjointe à l’école",
    ),
    RecitData(
        key="brouillon-taille",
        collectif=VALOMBRE,
        action="tailler-tard",
        authors=("lucien_abry", "theo_quintard"),
        title="Tailler plus tard",
        days_ago=26,
        hour=12,
        minute=55,
        audience=None,
        sections=told(
            faits="""
                Les haies de la rue des Tilleuls, on les a laissées jusqu’à la fin des nids. Neuf semaines.
                Théo a compté sept nids de merles.
                """,
            resistance="""
                Deux riverains ont taillé eux-mêmes, la nuit.
                """,
        ),
        balises=(),
        teller="Récit des Espaces verts",
    ),
)
