"""Two récits of a year ago: one waits to be read again by its author, the other was."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("fete-des-voisins", VALOMBRE, "La fête des voisins de la rue Basse"),
    ActionData("note-de-service", VALOMBRE, "La note de service sur les congés"),
)

RECITS = (
    RecitData(
        key="fete-des-voisins",
        collectif=VALOMBRE,
        action="fete-des-voisins",
        authors=("nadia_belkacem",),
        title="Une table trop longue pour la rue Basse",
        days_ago=371,
        hour=17,
        minute=10,
        audience="collectif",
        sections=told(
            contexte="""
                Ma première fête à Valombre. J’étais arrivée depuis six semaines et je voulais que cela se
                voie.
                """,
            faits="""
                J’ai loué quarante mètres de table. La rue Basse en fait trente-deux à l’endroit où elle est
                plate. Les huit mètres de trop sont montés dans le passage du lavoir, où personne ne s’est
                assis.

                Cent dix personnes sont venues, j’avais prévu cent dix assiettes, et tout le monde avait
                apporté la sienne. Vers 22 h, madame Pétrel a sorti le reste de sa fournée et les gens se
                sont mis à changer de place.
                """,
            resistance="""
                J’avais tout fait. C’est la phrase qui revenait le lendemain : « vous aviez tout fait ». Je
                l’ai prise comme un compliment pendant trois jours.

                Le comité de quartier préparait la fête depuis onze ans. Je l’ai prévenu par courrier.
                """,
            affects="""
                J’étais fière et j’avais mal au dos.
                """,
            appris="""
                Louer la moitié des tables, et demander qui apporte l’autre. Passer chez les gens qui le
                faisaient avant moi, avant de faire.
                """,
        ),
        balises=(("C3", "contredit"), ("E1", "nuance")),
        teller="Récit de la Vie associative",
    ),
    RecitData(
        key="note-de-service",
        collectif=VALOMBRE,
        action="note-de-service",
        authors=("sylvie_kermarrec",),
        title="Neuf pages que trois personnes ont lues",
        days_ago=378,
        hour=18,
        minute=30,
        audience="collectif",
        sections=told(
            faits="""
                J’ai écrit une note de neuf pages sur les congés. Elle était juste, complète, relue par les
                Ressources humaines. Je l’ai envoyée à cent quarante boîtes, dont quarante appartiennent à
                des agents qui n’ouvrent jamais d’ordinateur.

                Un mois plus tard j’ai demandé qui l’avait lue. Trois personnes, dont les deux qui l’avaient
                relue.
                """,
            resistance="""
                Une note se défend : elle est écrite, donc elle est opposable. J’ai longtemps confondu ce qui
                se défend et ce qui se comprend.

                Fatou Delmas m’a dit qu’elle l’avait affichée dans le vestiaire, page 1 seulement, « parce
                que le mur est petit ».
                """,
            affects="""
                J’ai ri de la page 1, puis moins.
                """,
            appris="""
                La note suivante fait une page. Elle est lue à voix haute dans les vestiaires, à l’heure où
                les équipes y sont, et elle est comprise. Cela me prend deux matinées.
                """,
        ),
        balises=(("E4", "nuance"), ("C4", "illustre")),
        teller="Récit de la direction générale",
    ),
)
