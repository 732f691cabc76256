"""Around the place du Gué: bakery, soup, empty shop, and the sweepers after the market."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("place-pietonne", VALOMBRE, "Marché du samedi, place piétonne"),
    ActionData("soupe-du-jeudi", VALOMBRE, "La soupe du jeudi"),
    ActionData("boutique-vide", VALOMBRE, "Prêter la boutique vide de la rue Basse"),
    ActionData("nettoyage-marche", VALOMBRE, "Nettoyer la place après le marché"),
)

RECITS = (
    RecitData(
        key="place-fournil",
        collectif=VALOMBRE,
        action="place-pietonne",
        authors=("solange_petrel", "rachid_amrane"),
        title="La place sans voitures, vue du fournil",
        days_ago=6,
        hour=14,
        minute=15,
        audience="collectif",
        sections=told(
            faits="""
                Samedi, 6 h 50 : le camion de farine ne passe plus, une chaîne barre la rue du Pont. Le
                chauffeur a déchargé dix sacs de vingt-cinq kilos à la main depuis la rue Basse. Il a dit
                qu’il ne le ferait pas deux fois.

                9 h : personne. 10 h 30 : la queue jusqu’au platane. Solange a vendu 40 baguettes de plus
                qu’un samedi ordinaire. Rachid, au bout de la rue Basse, a fait la moitié de sa caisse
                habituelle : ses clients viennent en voiture, chargent de l’eau et repartent.
                """,
            resistance="""
                Nous sommes tous les deux « les commerçants », et la même matinée nous a coûté ou rapporté
                selon le trottoir. À la réunion on nous avait donné une étude de fréquentation d’une ville de
                60 000 habitants.

                La chaîne a été posée à 6 h parce que le marché ouvre à 8 h. Personne n’avait demandé à
                quelle heure on livre une boulangerie.
                """,
            appris="""
                Marc Oudin est passé lundi au fournil, à 5 h 30, pour voir. La chaîne sera mise à 7 h 30.
                Pour Rachid, il n’y a pas de solution pour le moment et il faut le dire.
                """,
        ),
        balises=(("E1", "illustre"), ("V1", "nuance")),
        teller="Récit des Commerçants du Centre",
    ),
    RecitData(
        key="soupe",
        collectif=VALOMBRE,
        action="soupe-du-jeudi",
        authors=("celeste_nantois", "aicha_ferhati"),
        title="La soupe du jeudi 🥕",
        days_ago=24,
        hour=19,
        minute=55,
        audience="collectif",
        sections=told(
            contexte="""
                Le jeudi, des légumes restent au fond des cageots. À la Maison de quartier des Tanneries, la
                cuisine est libre à partir de 19 h.
                """,
            faits="""
                Nous étions cinq la première fois, dont trois qui n’avaient jamais épluché un topinambour.
                Aïcha a fait une chorba avec. Quelqu’un a mis le piment de quelqu’un d’autre 🌶️. Nous avons
                tous mangé.

                Maintenant nous sommes entre douze et vingt. Les voisines disent « مرحبا » en entrant et les
                enfants de l’AMAP répondent pareil. Sur le tableau, Aïcha écrit le plat de la semaine dans
                les deux sens : « حساء اليقطين », soupe de courge.
                """,
            resistance="""
                Les clés. La cuisine ferme à 21 h et il faut un salarié. Killian est resté, puis Killian n’a
                plus pu. Trois jeudis sans soupe.

                Et une gêne que nous avons mis du temps à dire : les unes venaient pour une soirée, les
                autres parce que c’était un repas.
                """,
            appris="""
                On ne demande plus d’inscription ni pourquoi on vient. Il y a des boîtes à emporter pour tout
                le monde, comme ça personne n’est celle qui emporte. 🍲
                """,
        ),
        balises=(("V2", "illustre"), ("V3", "illustre"), ("E5", "nuance")),
        teller="Récit de l’AMAP et de la Maison de quartier",
    ),
    RecitData(
        key="boutique-vide",
        collectif=VALOMBRE,
        action="boutique-vide",
        authors=("rachid_amrane", "agathe_rousselin"),
        title="Trois mois dans l’ancienne mercerie",
        days_ago=204,
        hour=15,
        minute=35,
        audience="collectif",
        sections=told(
            contexte="""
                La mercerie du 14, rue Basse a fermé il y a cinq ans. Sa propriétaire vit à Rennes. Rachid
                tient l’épicerie d’en face et balayait devant les deux portes.
                """,
            faits="""
                C’est une fuite qui a tout déclenché. Il a fallu entrer, la propriétaire a envoyé les clés à
                Rachid, et avec la lumière allumée on a vu que le local était beau.

                Agathe a trouvé un bail précaire de trois mois. Une couturière, puis deux étudiants et leur
                expo sur les tanneurs, puis l’atelier vélo. Loyer : 90 euros par mois et les vitres propres.
                """,
            resistance="""
                L’assurance. Sept semaines pour une attestation. Le premier des trois mois s’est passé à
                attendre, rideau baissé. Agathe a fini par appeler l’assureur pendant sa pause déjeuner,
                depuis l’épicerie.
                """,
            appris="""
                Sans la fuite nous n’aurions rien fait. Depuis, quand un local s’ouvre pour une réparation,
                Rachid envoie une photo à l’Urbanisme.
                """,
        ),
        balises=(("S4", "illustre"), ("V3", "illustre"), ("C5", "nuance")),
        teller="Récit de l’épicerie et de l’Urbanisme",
    ),
    RecitData(
        key="nettoyage-marche",
        collectif=VALOMBRE,
        action="nettoyage-marche",
        authors=("adjoua_kouame",),
        title="13 h 10, place du Gué",
        days_ago=20,
        hour=9,
        minute=35,
        audience="collectif",
        sections=told(
            faits="""
                Le marché ferme à 13 h. La balayeuse est commandée à 13 h 10. À 13 h 10, il y a des gens, des
                poussettes, la chevrière qui raconte sa semaine, deux messieurs aux échecs sur un cageot.

                L’horaire vient du contrat de la balayeuse, pas de nous. Trois samedis, nous avons fait lever
                tout le monde. Le quatrième, j’ai dit à l’équipe d’éteindre le moteur et de s’asseoir. On est
                repartis à 13 h 50. On a fini à 15 h au lieu de 14 h 20.
                """,
            resistance="""
                Ces quarante minutes n’existent pas. Je les ai prises sur moi, et sur trois collègues qui ont
                dit oui parce que c’est moi. On a un marché « pour que les gens restent » et un contrat pour
                qu’ils partent. Ceux qui ont signé les deux ne sont pas les mêmes, et ils ne sont pas là le
                samedi.
                """,
            affects="""
                Un des joueurs d’échecs m’a gardé une chaise le samedi suivant.
                """,
            appris="""
                J’ai demandé que l’heure du contrat change. C’est possible au renouvellement, dans quatorze
                mois. En attendant, un samedi sur deux, on récupère le lundi matin.
                """,
        ),
        balises=(("E4", "illustre"), ("V1", "illustre"), ("C6", "nuance")),
        teller="Récit de la Propreté",
    ),
)
