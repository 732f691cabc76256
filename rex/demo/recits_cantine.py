"""Eating and sharing: the kitchen of the schools, the shared fridge, the lights put out."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("cantine", VALOMBRE, "Acheter les légumes de la cantine à la Ferme des Aulnes"),
    ActionData("frigo", VALOMBRE, "Le frigo partagé des Tanneries"),
    ActionData("eteindre", VALOMBRE, "Éteindre l’éclairage public la nuit"),
)

RECITS = (
    RecitData(
        key="cantine",
        collectif=VALOMBRE,
        action="cantine",
        authors=("ludovic_perchet", "nicolas_vidalenc", "baptiste_granier"),
        title="Acheter des poireaux quand ils sont prêts",
        days_ago=68,
        hour=14,
        minute=40,
        audience="reseau",
        sections=told(
            contexte="""
                480 repas par jour sortent de la cuisine centrale. La Ferme des Aulnes est à 3 kilomètres.
                Jusqu’à l’an dernier, nos carottes en faisaient 600.
                """,
            intention="""
                Ludovic voulait du goût. Nicolas voulait un marché qui tienne devant le contrôle de légalité.
                Baptiste voulait savoir en janvier ce qu’il vendrait en octobre.
                """,
            faits="""
                Le cahier des charges demandait « poireau, calibre 20 à 40, livré le mardi ». Le poireau de
                Baptiste fait le calibre qu’il veut. Première consultation : aucune offre. Deuxième : une
                offre, d’un grossiste.

                Alors nous nous sommes enfermés deux après-midi dans la légumerie. Nicolas a lu le marché à
                voix haute, Baptiste arrêtait à chaque mot impossible, Ludovic disait s’il en avait vraiment
                besoin. Sur quatorze exigences, il en est resté cinq. Le lot dit maintenant « légumes de
                saison, 120 kilos par semaine, variété annoncée le vendredi ».
                """,
            resistance="""
                Le menu est imprimé six semaines à l’avance. Les parents y tiennent, l’application aussi.
                Écrire « légume de la ferme » sur la ligne du jeudi nous a valu plus de courriers que
                n’importe quel plat.

                Et l’épluchage. Deux heures de plus par jour en cuisine, que personne n’avait comptées. La
                plonge est restée ouverte jusqu’à 16 h.
                """,
            appris="""
                Le légume coûte 11 % de plus au kilo et l’assiette 3 % de moins, parce que la poubelle est
                passée de 74 à 51 kilos par semaine. Ce deuxième chiffre, aucun de nous trois ne l’aurait
                trouvé seul.
                """,
            transferable="""
                Relire un cahier des charges à trois, à voix haute, avec celui qui livre et celui qui
                cuisine. Deux après-midi. Prévoir l’épluchage avant.
                """,
            reconnaissances="""
                À Mireille et à Sabrina, à l’épluchage depuis 6 h.
                """,
        ),
        balises=(("S1", "illustre"), ("V1", "illustre"), ("V2", "illustre")),
        teller="Récit de la Vie scolaire, des Achats et de la Ferme des Aulnes",
    ),
    RecitData(
        key="frigo",
        collectif=VALOMBRE,
        action="frigo",
        authors=("killian_desforges", "aicha_ferhati"),
        title="Un frigo sur le trottoir",
        days_ago=128,
        hour=18,
        minute=15,
        audience="collectif",
        sections=told(
            contexte="""
                Un frigo vitré, récupéré à la fermeture du vidéoclub, branché sur la Maison de quartier,
                ouvert jour et nuit. On y met, on y prend.
                """,
            faits="""
                Aïcha a la clé du local et passe à 8 h et à 20 h avec une éponge. La première semaine : des
                yaourts, du pain, un gâteau d’anniversaire entamé avec deux bougies. La deuxième : un
                inspecteur sanitaire.

                Il a été correct. Il a demandé qui est responsable. Nous nous sommes regardés. La Ville a dit
                l’association, l’association a dit les habitants, Aïcha a dit « bon, moi ».
                """,
            resistance="""
                On ne peut pas laisser une bénévole répondre seule de la salmonelle d’un quartier. La juriste
                de la Ville proposait de fermer en attendant une convention. La convention a pris cinq mois.
                """,
            affects="""
                Aïcha a gardé le frigo ouvert pendant ces cinq mois. Killian le savait et n’a rien dit. Il ne
                conseille à personne de faire pareil et il le referait.
                """,
            appris="""
                La convention tient sur une page : la Ville assure, l’association relève la température,
                douze habitants tournent. Elle aurait pu s’écrire en une semaine si nous avions mis
                l’inspecteur autour de la table dès le premier jour. Il l’a proposé lui-même, à la fin.
                """,
        ),
        balises=(("C5", "contredit"), ("V3", "illustre"), ("E5", "nuance")),
        teller="Récit de la Maison de quartier",
    ),
    RecitData(
        key="eteindre",
        collectif=VALOMBRE,
        action="eteindre",
        authors=("etienne_darmond", "ines_carle"),
        title="Éteindre de 23 h à 5 h, et rallumer une rue",
        days_ago=268,
        hour=9,
        minute=10,
        audience="collectif",
        sections=told(
            contexte="""
                1 130 points lumineux. La facture avait doublé. Le conseil a voté l’extinction, 21 voix
                contre 6.
                """,
            faits="""
                Nous avons éteint un lundi. Le mardi, on voyait la Voie lactée depuis le parking du
                supermarché et le maire recevait des photos. Le jeudi, une infirmière lui a écrit qu’elle
                finit à l’hôpital à 0 h 40 et marche vingt minutes dans le noir.

                Inès a fait le trajet avec elle, un vendredi, à la fin de sa garde. Nous avons rallumé la rue
                des Tilleuls et la passerelle : 27 lampes sur 1 130.
                """,
            resistance="""
                Au conseil, rallumer une rue passait pour reculer. Le maire a d’abord répondu à l’infirmière
                par la lettre type, celle avec le ciel étoilé.

                La Gendarmerie n’avait pas de chiffre, nous non plus, et tout le monde citait des chiffres.
                """,
            appris="""
                Le maire : j’avais un bon argument et je l’ai opposé à quelqu’un qui avait peur. Inès :
                l’armoire électrique ne permettait pas d’isoler une rue, il a fallu 9 000 euros pour le
                faire. Cela n’était pas dans l’économie annoncée.
                """,
            reconnaissances="""
                À madame Ribaud, infirmière, pour sa lettre sans colère.
                """,
        ),
        balises=(("S2", "illustre"), ("V4", "illustre"), ("E1", "illustre")),
        teller="Récit du maire et de la Voirie",
    ),
)
