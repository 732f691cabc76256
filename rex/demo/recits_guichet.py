"""The guichet unique, told from three floors of one building; then the round of closed shutters."""

from rex.demo.shapes import ActionData, RecitData, RevisionData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("guichet-unique", VALOMBRE, "Le guichet unique de la mairie"),
    ActionData("volets-fermes", VALOMBRE, "La tournée des volets fermés pendant la canicule"),
)

RECITS = (
    RecitData(
        key="guichet-accueil",
        collectif=VALOMBRE,
        action="guichet-unique",
        authors=("veronique_sabathe", "annick_goasmat", "dylan_morvaux"),
        title="Le cahier vert",
        days_ago=47,
        hour=12,
        minute=20,
        audience="collectif",
        sections=told(
            contexte="""
                Depuis l’été, état civil, cantine, CCAS et inscriptions se demandent au même comptoir. Nous
                étions trois à l’accueil. Nous sommes toujours trois.
                """,
            faits="""
                Le logiciel attribue un numéro et un temps moyen. Le premier lundi il affichait 4 minutes.
                Monsieur P. est resté cinquante minutes pour un dossier d’aide au loyer, il pleurait, et
                derrière lui onze personnes attendaient une carte d’identité.

                Annick a repris un cahier, un vert, sous le comptoir. On y note ce que le logiciel ne demande
                pas : qui revient pour la troisième fois, qui ne sait pas lire, qui il faut rappeler. Au bout
                de trois semaines, tout le monde s’en servait, le CCAS aussi, en descendant discrètement.
                """,
            resistance="""
                On mesure ce qui se compte. Le tableau du vendredi montre le nombre de passages et l’attente.
                Une heure passée avec quelqu’un y apparaît comme une heure d’embouteillage.

                Nous avions dit avant l’ouverture que le CCAS ne se traite pas debout. Il y a une ligne
                là-dessus dans le compte rendu. Le mobilier était commandé.
                """,
            affects="""
                Dylan est rentré chez lui le premier soir et n’a pas parlé. Véronique a eu l’impression de
                faire mal un métier qu’elle faisait bien.
                """,
            appris="""
                Le cahier nous a sauvés, mais il est plein de noms, et nous savons qu’il ne devrait pas
                rester sous un comptoir. Nous l’enfermons le soir. Il faut en parler sérieusement.
                """,
        ),
        balises=(("V4", "contredit"), ("C4", "nuance"), ("E4", "illustre")),
        teller="Récit de l’Accueil",
    ),
    RecitData(
        key="guichet-ccas",
        collectif=VALOMBRE,
        action="guichet-unique",
        authors=("samira_othmane", "paulin_tessier"),
        title="Une seule porte, et la honte dans la file",
        days_ago=39,
        hour=10,
        minute=45,
        audience="collectif",
        sections=told(
            intention="""
                Nous y étions favorables. Des gens n’osaient pas pousser la porte marquée CCAS. Avec un
                comptoir commun, personne ne saurait pourquoi vous venez.
                """,
            faits="""
                C’est vrai pour les dix premières secondes. Ensuite il faut dire à voix haute « c’est pour
                l’aide alimentaire » entre un passeport et un remboursement de piscine. En deux mois, 31
                personnes que nous suivions ne sont plus venues. Paulin en a retrouvé 19, en frappant chez
                elles.

                Du côté des nouvelles demandes, il y en a eu 44, contre une vingtaine d’habitude. Les deux
                chiffres sont vrais.
                """,
            resistance="""
                Nous ne lisons pas le récit de l’Accueil comme nos collègues l’ont écrit. Oui, nous
                descendions voir le cahier vert. Mais nous n’avions pas demandé que des situations y soient
                notées, et une dame nous a demandé qui pouvait l’ouvrir. Nous n’avons pas su répondre.

                Le chef de projet était un prestataire. Il a coordonné des plannings. Que l’Accueil et nous
                ayons deux idées du secret n’était dans aucune case.
                """,
            appris="""
                Paulin passe maintenant ses matinées au comptoir, assis à côté de Dylan, avec une pièce
                derrière. Nous avons perdu ses visites du matin. Nous n’avons pas trouvé ce que nous
                pourrions arrêter d’autre.
                """,
        ),
        balises=(("C4", "contredit"), ("V4", "illustre"), ("E3", "contredit")),
        teller="Récit du CCAS",
        revisions=(
            RevisionData(
                days_ago=36,
                by="paulin_tessier",
                sections=told(
                    faits="""
                        C’est vrai pour les dix premières secondes. Ensuite il faut dire à voix haute « c’est
                        pour l’aide alimentaire » entre un passeport et un remboursement de piscine. En deux
                        mois, 31 personnes que nous suivions ne sont plus venues.
                        """,
                ),
            ),
        ),
    ),
    RecitData(
        key="guichet-dgs",
        collectif=VALOMBRE,
        action="guichet-unique",
        authors=("sylvie_kermarrec",),
        title="Le guichet unique, vu du deuxième étage",
        days_ago=33,
        hour=18,
        minute=50,
        audience="collectif",
        sections=told(
            contexte="""
                Je dirige les services et j’ai tenu la date d’ouverture. C’est la seule chose que j’aie
                vraiment tenue.
                """,
            faits="""
                Le tableau du vendredi, c’est moi qui l’ai demandé. Pendant six semaines je l’ai montré en
                bureau municipal avec une courbe qui descendait. Elle descendait parce que des gens ne
                venaient plus.

                J’ai appris l’existence du cahier vert par le récit de l’Accueil, en même temps que tout le
                monde.
                """,
            resistance="""
                Ma première réaction a été de vouloir interdire le cahier. La deuxième, de demander pourquoi
                on ne m’en avait rien dit. Je connais la réponse : la dernière alerte remontée de l’accueil
                avait reçu de ma part un « on verra après l’ouverture ».

                Le mobilier était payé sur un crédit qui tombait fin juin. J’ai laissé le crédit choisir la
                date.
                """,
            affects="""
                J’ai relu deux fois et fermé ma porte. Je n’étais pas en colère contre eux, il m’a fallu un
                moment pour en être sûre.
                """,
            appris="""
                Le tableau du vendredi est suspendu. Le lundi à 8 h je passe une heure au comptoir, côté
                public, sur une chaise. Je n’y apporte pas de solution. Le cahier reste le temps que nous
                trouvions, avec la déléguée à la protection des données, un endroit où il puisse vivre.
                """,
        ),
        balises=(("E4", "illustre"), ("S5", "illustre"), ("V4", "illustre")),
        teller="Récit de la direction générale",
    ),
    RecitData(
        key="volets-fermes",
        collectif=VALOMBRE,
        action="volets-fermes",
        authors=("josiane_marchetto", "paulin_tessier"),
        title="Trente-sept degrés rue du Pont",
        days_ago=118,
        hour=15,
        minute=10,
        audience="collectif",
        sections=told(
            contexte="""
                Le registre canicule compte 64 noms. Il est rempli par ceux qui appellent, donc par ceux qui
                vont plutôt bien.
                """,
            faits="""
                Josiane connaît les volets. Elle a pris le plan de ses tournées d’aide à domicile et a
                entouré les fenêtres qui ne s’ouvrent plus depuis un moment. Vingt-trois. Aucune n’était dans
                le registre.

                Nous sommes passés entre 7 h et 9 h, avec des bouteilles d’eau comme prétexte. Deux personnes
                ont été conduites à l’hôpital. Une dame nous a fait visiter sa cave, où elle dormait depuis
                six jours, très contente de son idée. Elle avait raison, il y faisait 21.
                """,
            resistance="""
                Le temps n’était prévu sur aucun planning. Nous avons pris sur les toilettes du matin, et
                monsieur Vial a attendu son lever jusqu’à 10 h 30. Il nous l’a reproché, il avait le droit.
                """,
            affects="""
                Josiane a fait en une semaine ce que l’on ne lui avait jamais demandé en dix-huit ans. Elle
                en est fière et un peu fâchée.
                """,
            appris="""
                Ce que savent les aides à domicile ne remonte nulle part. Nous commençons une carte, au
                crayon, une fois par mois, pendant la réunion d’équipe.
                """,
            reconnaissances="""
                Aux deux facteurs, qui ont ajouté quatre fenêtres à la liste.
                """,
        ),
        balises=(("E1", "illustre"), ("S1", "illustre"), ("E4", "nuance")),
        teller="Récit du CCAS",
    ),
)
