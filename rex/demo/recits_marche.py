"""The AMAP and the Saturday market: three parties, three enjeux."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (ActionData("amap-marche", VALOMBRE, "L’AMAP et le nouveau marché du samedi"),)

RECITS = (
    RecitData(
        key="marche-mairie",
        collectif=VALOMBRE,
        action="amap-marche",
        authors=("malika_zerroug", "nadia_belkacem"),
        title="Neuf étals, et une demande que nous avons mal formulée",
        days_ago=96,
        hour=11,
        minute=15,
        audience="collectif",
        sections=told(
            contexte="""
                Il y a quatre ans, c’est le maire qui avait soufflé l’idée d’une AMAP à quelques habitants.
                Elle sert maintenant 86 paniers le jeudi. L’an dernier, le conseil a voulu un marché le
                samedi, place du Gué, où six rideaux sur quinze sont baissés.
                """,
            intention="""
                Faire revenir du monde dans le centre le samedi matin, et que ce soit pour des gens qui
                produisent à moins de trente kilomètres.
                """,
            faits="""
                Nous avons démarché vingt-deux producteurs. Neuf sont venus. Les autres ont presque tous dit
                la même chose : « Vos habitants ont déjà leurs œufs et leur fromage le jeudi. »

                Nous avons donc écrit à l’AMAP pour lui demander de laisser de côté les œufs, le fromage et
                le miel le temps d’une saison. La lettre faisait douze lignes. Elle est partie sans coup de
                téléphone.
                """,
            resistance="""
                Nous leur demandions de céder quelque chose sans avoir pensé à ce que nous donnions en face.
                L’AMAP paie son local, pas nous ; le marché a un placier, des bornes électriques et une ligne
                de budget.

                Et nous ne savions pas ce que pèse le fromage dans un panier. Nous n’avions jamais vu une
                distribution : elle a lieu à 18 h 30, nous fermons à 17 h 30.
                """,
            appris="""
                La lettre était au nom de la commune, écrite par nous deux, et chacun y a lu un ordre du
                maire. Nous avons ouvert une table à trois avec les producteurs. Elle s’est réunie deux fois.
                Rien n’est tranché pour le miel.
                """,
        ),
        balises=(("C1", "illustre"), ("V6", "illustre"), ("C2", "nuance")),
        teller="Récit de la mairie",
    ),
    RecitData(
        key="marche-amap",
        collectif=VALOMBRE,
        action="amap-marche",
        authors=("marguerite_solane", "yvan_koenigs", "celeste_nantois"),
        title="On nous demande de rapetisser",
        days_ago=88,
        hour=22,
        minute=10,
        audience="collectif",
        sections=told(
            contexte="""
                86 familles, onze bénévoles, une chambre froide achetée d’occasion et remboursée jusqu’à l’an
                prochain. Le maire était à notre première distribution, il avait pris un chou rouge.
                """,
            faits="""
                La lettre est arrivée la semaine où nous faisions signer les contrats. Marguerite l’a lue à
                voix haute entre les cageots. Quelqu’un a ri, quelqu’un a demandé si c’était légal, Yvan est
                sorti fumer.

                Nous avons fait le calcul sur un coin de table. Sans œufs ni fromage, le panier passe de 19 à
                13 euros et une trentaine de familles nous quittent, surtout celles qui viennent d’arriver.
                """,
            resistance="""
                Nos contrats sont annuels. C’est ce qui permet à la chevrière de savoir en mars ce qu’elle
                vendra en novembre. Retirer le fromage « le temps d’une saison », cela n’existe pas.

                Ce qui coince le plus : on nous a encouragés à naître, et on nous a comptés comme un obstacle
                dès qu’un autre projet est passé. Personne n’est venu voir.
                """,
            affects="""
                Céleste a proposé d’arrêter. Elle l’a dit calmement, et ça nous a fait plus peur que la
                lettre.
                """,
            appris="""
                À la table à trois, nous avons entendu un éleveur dire qu’il n’ose pas venir le samedi parce
                qu’il croit que nous le prendrions mal. Nous ne l’avions jamais rencontré. Nous habitons à
                neuf kilomètres.

                Nous proposons de retirer le miel, qui n’est sous aucun contrat, contre une place de
                stationnement le jeudi soir pour la camionnette. C’est petit des deux côtés.
                """,
        ),
        balises=(("C3", "contredit"), ("V1", "illustre"), ("E5", "contredit")),
        teller="Récit de l’AMAP",
    ),
    RecitData(
        key="marche-producteurs",
        collectif=VALOMBRE,
        action="amap-marche",
        authors=("gwenola_tardieu", "baptiste_granier"),
        title="Soixante-dix fromages et une bâche",
        days_ago=61,
        hour=20,
        minute=30,
        audience="collectif",
        sections=told(
            faits="""
                Gwenola livre l’AMAP le jeudi et tient un étal le samedi. Baptiste a choisi : l’AMAP
                seulement. Nous écrivons à deux parce que nous ne sommes pas d’accord.

                Premier samedi : soixante-dix fromages apportés, onze vendus, une bâche partie dans la Brèle
                à cause du vent. Sixième samedi : cinquante apportés, quarante-quatre vendus. Entre les deux,
                deux heures de sommeil en moins chaque vendredi.
                """,
            resistance="""
                Gwenola : à l’AMAP je connais mon revenu, au marché je connais mes clients. On m’a demandé de
                choisir mon camp, au téléphone, pendant la traite.

                Baptiste : la mairie dit « les petits producteurs » comme si nous étions une seule personne.
                On ne nous a pas réunis avant d’écrire à l’AMAP en notre nom. Personne ne m’a demandé ce qui
                me manque : une chambre froide.
                """,
            appris="""
                Les familles de l’AMAP sont revenues le samedi acheter ce qui n’est pas dans le panier.
                Dix-sept sur les quarante-quatre ventes, Gwenola les a reconnues. Nous ne savons pas si cela
                tiendra.
                """,
            reconnaissances="""
                Au placier, qui a couru après la bâche et l’a rapportée à midi, lavée.
                """,
        ),
        balises=(("V6", "nuance"), ("V2", "illustre"), ("C1", "nuance")),
        teller="Récit des producteurs",
    ),
)
