"""The second territory: eleven communes, a river, long roads."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import ORMELLE

ACTIONS = (
    ActionData("covoiturage", ORMELLE, "Conduire les voisins depuis Saint-Ambre"),
    ActionData("crue", ORMELLE, "Laisser déborder la rivière à Rive-Haute"),
    ActionData("dimanche", ORMELLE, "La médiathèque ouverte le dimanche"),
    ActionData("recyclerie", ORMELLE, "Une recyclerie dans la déchèterie"),
    ActionData("transport", ORMELLE, "Le transport à la demande des onze communes"),
)

RECITS = (
    RecitData(
        key="covoiturage",
        collectif=ORMELLE,
        action="covoiturage",
        authors=("lucette_armandou", "eulalie_bouvard"),
        title="Lucette conduit, et ne veut pas d’application",
        days_ago=16,
        hour=18,
        minute=35,
        audience="reseau",
        sections=told(
            contexte="""
                Saint-Ambre, 410 habitants, le premier médecin à 22 kilomètres. Neuf conducteurs bénévoles,
                un téléphone fixe chez Lucette et un carnet à spirale.
                """,
            faits="""
                Le service Mobilités a proposé une application. Eulalie l’a installée à la salle des fêtes,
                avec du café. Cinq semaines après : deux trajets par l’application, soixante et un par le
                carnet.

                Lucette a expliqué. Au téléphone elle entend qui ne va pas bien. Elle met monsieur Jouve avec
                le conducteur qui ne parle pas, et la petite Cassandre jamais le mardi, jour de son père.
                """,
            resistance="""
                Notre financeur demande des trajets enregistrés. Ceux du carnet n’existent pas pour lui.
                Eulalie a recopié le carnet dans l’application tous les vendredis pendant deux mois, le soir,
                chez elle.

                Et Lucette a 69 ans. Quand elle s’est cassé le poignet, tout s’est arrêté dix jours.
                """,
            appris="""
                Deux voisines tiennent maintenant le téléphone avec elle, une semaine sur trois. Le financeur
                accepte une page du carnet, photographiée, sans les noms. Il a suffi de l’inviter un jour où
                le téléphone sonnait.
                """,
            transferable="""
                Avant d’équiper, passer une matinée à côté de la personne qui organise déjà.
                """,
        ),
        balises=(("E5", "illustre"), ("V4", "nuance"), ("E1", "illustre")),
        teller="Récit de Saint-Ambre en route",
    ),
    RecitData(
        key="crue",
        collectif=ORMELLE,
        action="crue",
        authors=("sebastien_hocq", "pierrick_saulne"),
        title="La rivière est allée chez le voisin",
        days_ago=84,
        hour=10,
        minute=5,
        audience="reseau",
        sections=told(
            contexte="""
                L’Ormelle inonde le bourg de Rive-Haute un hiver sur trois. Nous avons ouvert la digue en
                amont, sur quatorze hectares de prairie, pour qu’elle s’étale là plutôt que dans les
                cuisines.
                """,
            intention="""
                Sébastien attendait ce chantier depuis douze ans. Pierrick voulait pouvoir dormir quand il
                pleut. L’éleveur voulait garder son herbe.
                """,
            faits="""
                À la première crue, l’eau est montée comme prévu, puis elle a pris un ancien fossé que
                personne n’avait sur les cartes et elle est entrée dans la grange d’à côté. Celle de monsieur
                Fabre, opposé au projet depuis le début. Quarante balles de foin.

                Le bourg était sec. Le soir, Pierrick est allé chez monsieur Fabre, sans dossier. Ils ont
                sorti le foin jusqu’à 1 h.
                """,
            resistance="""
                Monsieur Fabre connaissait le fossé. Il l’avait dit à l’enquête publique, page 14 du
                registre. La réponse du bureau d’études tient en une ligne : « observation sans incidence ».
                """,
            affects="""
                Sébastien a relu la page 14 debout dans l’eau. Il en parle encore.
                """,
            appris="""
                Le fossé est sur la carte, au nom de monsieur Fabre. Lui siège au comité, reste contre, et
                dit où l’eau passe. La convention dure trois ans, la rivière déborde un hiver sur trois :
                cela nous laisse une crue pour savoir.
                """,
        ),
        balises=(("C6", "illustre"), ("S1", "nuance"), ("C1", "illustre")),
        teller="Récit de la rivière et de Rive-Haute",
    ),
    RecitData(
        key="dimanche",
        collectif=ORMELLE,
        action="dimanche",
        authors=("soizic_pennalun",),
        title="Ouvrir le dimanche sans personne à dire que c’est bien",
        days_ago=190,
        hour=14,
        minute=50,
        audience="collectif",
        sections=told(
            faits="""
                Nous avons ouvert huit dimanches, de 14 h à 18 h. Soixante personnes le premier, à cause de
                la brocante. Puis quinze, douze, dix-huit, neuf. Les prêts n’ont pas bougé : ceux qui
                viennent le dimanche n’empruntent rien.

                Ils restent. Un père séparé et ses filles, trois lycéens qui révisent, une dame qui lit le
                journal de la semaine d’un bout à l’autre et me le raconte.
                """,
            resistance="""
                Le bilan demandé avait deux colonnes, entrées et prêts. Je l’ai rempli honnêtement et il est
                mauvais. J’ai ajouté une page. On m’a dit que la page était touchante.
                """,
            affects="""
                Touchante. J’ai gardé le mot en travers pendant tout un mois.
                """,
            appris="""
                L’ouverture continue un dimanche sur deux, jusqu’à l’été. Je note combien de temps les gens
                restent. C’est encore un chiffre, mais c’est moi qui l’ai choisi.
                """,
        ),
        balises=(("V1", "illustre"), ("V4", "contredit")),
        teller="Récit des Médiathèques",
    ),
    RecitData(
        key="recyclerie",
        collectif=ORMELLE,
        action="recyclerie",
        authors=("walid_haddache", "ignace_thouvenel"),
        title="Le canapé qui ne voulait pas être un déchet",
        days_ago=262,
        hour=13,
        minute=15,
        audience="collectif",
        sections=told(
            contexte="""
                La Remise récupère et revend. La déchèterie pèse et enterre. Les deux sont séparées par un
                grillage et un règlement.
                """,
            faits="""
                Dès qu’un objet passe la barrière de Walid, il est un déchet, et un déchet ne se donne plus.
                Walid voyait partir à la benne des chaises qu’Ignace cherchait. Un jour il a garé un canapé
                trois mètres avant la barrière.

                Nous avons demandé un « quai du réemploi », trois mètres avant, donc. Obtenu au bout de neuf
                mois. 11 tonnes la première année.
                """,
            resistance="""
                L’intercommunalité paie à la tonne enterrée. Chaque canapé sauvé fait baisser un indicateur
                dont dépend le contrat de l’exploitant, qui est aussi l’employeur de Walid. Il a eu un
                avertissement, retiré depuis.
                """,
            appris="""
                Walid : je ne l’aurais pas fait si Ignace ne m’avait pas dit avant qu’il viendrait avec moi
                chez le chef. Ignace : j’y suis allé, et j’ai surtout écouté. Le contrat se renégocie. Nous y
                sommes invités, pour la première fois, en bout de table.
                """,
        ),
        balises=(("C5", "illustre"), ("V3", "illustre"), ("V2", "illustre")),
        teller="Récit de la déchèterie et de La Remise",
    ),
    RecitData(
        key="transport",
        collectif=ORMELLE,
        action="transport",
        authors=("bruno_casals", "maryvonne_guehen"),
        title="Onze communes, onze avis, un minibus",
        days_ago=5,
        hour=17,
        minute=55,
        audience="collectif",
        sections=told(
            contexte="""
                Un minibus électrique de huit places, acheté avec une subvention qu’il fallait utiliser dans
                l’année. Onze maires, et chacun le voulait le mardi, jour de marché.
                """,
            faits="""
                Nous avons tenu quatre réunions. À la troisième, Combes-Vieilles a quitté la salle. À la
                quatrième, nous avons voté : sept contre trois. Le bus ne monte pas à Combes-Vieilles, qui
                est à 640 mètres d’altitude et où vivent quatre personnes sans voiture.

                Le lundi suivant, la secrétaire de Combes-Vieilles a appelé pour savoir combien coûtait un
                taxi.
                """,
            resistance="""
                Le constructeur annonce 180 kilomètres. En montée, par temps froid, chauffage en marche : 95.
                Le calendrier de la subvention nous a fait acheter le véhicule avant de connaître la ligne.

                Maryvonne : on me dit que coopérer, c’est faire avec les désaccords. J’ai voulu que tout le
                monde soit d’accord, j’ai perdu trois mois, et j’ai fini par un vote.
                """,
            appris="""
                Le taxi coûte moins que la batterie de rechange. Il montera le mardi, payé par les onze. Le
                maire de Combes-Vieilles a dit merci du bout des lèvres. Bruno a proposé de tenir la
                prochaine réunion là-haut.
                """,
        ),
        balises=(("C1", "contredit"), ("S5", "contredit")),
        teller="Récit de la présidence et de la direction",
    ),
)
