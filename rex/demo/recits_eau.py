"""The water: a long account with its figures, and a very short one."""

from rex.demo.shapes import ActionData, RecitData, RevisionData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("fuite-rue-basse", VALOMBRE, "Chercher la fuite de la rue Basse"),
    ActionData("robinet", VALOMBRE, "Le robinet du stade"),
)

RECITS = (
    RecitData(
        key="fuite-rue-basse",
        collectif=VALOMBRE,
        action="fuite-rue-basse",
        authors=("helene_prat", "romuald_kaspar", "ines_carle"),
        title="Onze nuits rue Basse",
        days_ago=180,
        hour=17,
        minute=45,
        audience="reseau",
        sections=told(
            contexte="""
                La régie de l’eau, c’est neuf personnes, 61 kilomètres de conduites et un château d’eau que
                l’on voit de partout. Chaque nuit, entre 2 h et 4 h, quand la ville dort, le débit au départ
                du réservoir devrait descendre autour de 9 mètres cubes par heure. Depuis deux hivers il ne
                descendait plus sous 21.

                Douze mètres cubes par heure qui partent quelque part, cela fait une piscine de jardin toutes
                les cinq heures. Nous savions que c’était dans le centre. Nous pensions à la rue Basse, où la
                fonte est de 1934. Inès, de la Voirie, est entrée dans l’affaire parce qu’il fallait ouvrir
                la chaussée, et elle y est restée.
                """,
            intention="""
                Trouver, réparer, et arrêter de pomper la nappe pour rien. Pour la Voirie : ne pas rouvrir
                une chaussée refaite il y a dix-huit mois. Pour les commerçants, que nous avons consultés
                trop tard : garder leur rue ouverte le samedi. Ces trois choses ne vont pas ensemble.
                """,
            faits="""
                La méthode est vieille. On coupe la ville en morceaux avec les vannes, de nuit, un morceau
                après l’autre, et on regarde à chaque fois si le compteur du réservoir bouge. Il faut
                quelqu’un au réservoir, quelqu’un aux vannes, et quelqu’un qui note. Il y a 38 vannes dans le
                centre. Sur le plan.

                Voici ce que nous avons fait, nuit par nuit :

                | Nuits | Secteur fermé | Débit restant (m³/h) | Ce que nous en avons pensé |
                |---|---|---|---|
                | 1 à 3 | Tanneries | 20 à 21 | Rien de ce côté |
                | 4 et 5 | Faubourg | 19 | Une petite fuite, une chasse d’eau d’école |
                | 6 | Rue Basse, haut | 21 | Nous étions sûrs, nous nous trompions |
                | 7 et 8 | Rue Basse, bas | impossible | Deux vannes introuvables |
                | 9 | Rue du Pont | 20 | Découragement, pluie |
                | 10 | Place du Gué | 12 | C’était là |
                | 11 | Le lavoir, à l’oreille | 12 puis 9 | Trouvée à 3 h 40 |

                Les nuits 7 et 8, deux vannes qui figuraient sur le plan étaient sous l’enrobé neuf. Personne
                ne les avait relevées avant de goudronner. La Voirie n’avait pas notre plan, nous n’avions
                pas leur calendrier, et l’entreprise avait fait ce qui était écrit.[^1]

                La nuit 10, le débit est tombé d’un coup. Romuald a cru que son compteur était bloqué et lui
                a donné un coup de poing. La fuite passait sous la place, dans un ancien aqueduc qui rejoint
                le lavoir. L’eau du lavoir était claire, fraîche, abondante, et tout le monde à Valombre en
                était content depuis deux ans.

                [^1]: L’enrobé a été ouvert à deux endroits, 40 centimètres sur 40. Le raccord se voit. Inès
                passe devant à vélo tous les matins.
                """,
            resistance="""
                **Le papier.** Notre plan date de 1998, complété au crayon par trois fontainiers dont deux
                sont à la retraite. Le troisième est Romuald. Le plan de la Voirie est informatique, exact au
                centimètre, et ne montre que ce qui est au-dessus du sol.

                **L’argent.** La recherche de fuites est du fonctionnement, le remplacement des conduites est
                de l’investissement. On nous proposait plus facilement 400 000 euros pour changer toute la
                rue que 6 000 pour payer des heures de nuit. Remplacer la rue n’aurait rien changé : la fuite
                n’y était pas.

                **L’information.** Nous avons mis des affichettes « coupure d’eau de 1 h à 5 h » sur 140
                portes. La boulangerie commence à 2 h. Madame Pétrel a perdu une nuit de pâte. Elle avait
                l’affichette, elle n’avait pas eu d’appel, et nous savions très bien à quelle heure on fait
                le pain.

                **Nous.** À la sixième nuit, Hélène voulait louer un appareil d’écoute et arrêter les vannes.
                Romuald ne voulait pas d’appareil. Ils ne se sont plus parlé de deux jours, et Inès a fait
                passer les messages.
                """,
            affects="""
                Onze nuits à trois dans une camionnette, c’est long. On sait maintenant qui ronfle. Romuald a
                raconté son apprentissage et les deux anciens, dont il imite la voix. Inès n’avait jamais vu
                le réservoir de l’intérieur. Hélène a compris pendant la nuit 9, sous la pluie, que Romuald
                part dans quatre ans et que la moitié du réseau part avec lui. Elle ne l’a dit à personne
                avant d’écrire ici.

                Et il y a un petit deuil. Le lavoir ne coule presque plus. Des gens nous l’ont reproché.
                """,
            appris="""
                1. Chercher coûte des nuits et des personnes. Remplacer coûte de l’argent. Nous confondions «
                on ne peut pas » et « ce n’est pas la bonne ligne ».
                2. Avant tout enrobé, Romuald et Inès marchent la rue ensemble, plan de 1998 en main. Ils
                l’ont fait cinq fois depuis. Ils ont trouvé onze vannes que l’un ou l’autre ignorait.
                3. Ceux qui travaillent la nuit, on les appelle. Ils sont sept dans le centre. La liste est
                au mur.
                4. L’appareil d’écoute, nous l’avons loué pour la nuit 11. Romuald dit qu’il aurait entendu
                la fuite sans. Hélène dit que non. La question reste ouverte.
                """,
            transferable="""
                La marche à deux avant de goudronner se fait partout, elle prend une heure pour 300 mètres.
                La recherche par vannes suppose des vannes qui ferment : comptez d’abord celles que vous
                retrouvez. Chez nous, 29 sur 38.
                """,
            reconnaissances="""
                À madame Pétrel, qui a apporté des croissants à 4 h la nuit 11 alors que nous lui devions une
                fournée. Aux deux anciens, qui ont répondu au téléphone.
                """,
        ),
        balises=(("S5", "nuance"), ("C6", "illustre"), ("C5", "illustre"), ("V4", "nuance")),
        teller="Récit de la Régie de l’eau et de la Voirie",
        revisions=(
            RevisionData(
                days_ago=152,
                by="romuald_kaspar",
                hour=7,
                minute=55,
                sections=told(
                    transferable="""
                        La marche à deux avant de goudronner se fait partout, elle prend une heure pour 300
                        mètres.
                        """,
                    reconnaissances="""
                        À madame Pétrel, qui a apporté des croissants à 4 h la nuit 11 alors que nous lui
                        devions une fournée.
                        """,
                ),
            ),
        ),
    ),
    RecitData(
        key="robinet",
        collectif=VALOMBRE,
        action="robinet",
        authors=("romuald_kaspar",),
        title="Le robinet du stade",
        days_ago=2,
        hour=7,
        minute=40,
        audience="collectif",
        sections=told(
            faits="""
                Quatre services se sont écrit pendant trois semaines pour savoir à qui est le robinet du
                stade. J’y suis passé en rentrant. Un joint, 40 centimes. Je ne sais toujours pas à qui il
                est.
                """,
        ),
        balises=(("C4", "nuance"),),
        teller="Récit de la Régie de l’eau",
    ),
)
