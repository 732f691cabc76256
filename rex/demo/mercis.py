"""Thank-yous: a fact, and what it made possible. Most were accepted; some wait, one was kept, one declined."""

from rex.demo.shapes_together import ThanksData, When
from rex.demo.territories import ORMELLE

THANKS = (
    ThanksData(
        key="m-thermos",
        by="gaetan_rioux",
        to="karim_sahli",
        recit="rue-parents",
        words="Le deuxième lundi vous êtes arrivé à 7 h 20 avec un thermos, et vous avez tenu la rue des Aulnes avec nous. Un "
        "monsieur a baissé sa vitre pour m’insulter et vous lui avez demandé le prénom de sa fille. Je suis rentré sans mal de "
        "ventre.",
        when=When(7, 17, 30),
        answered=When(6, 22, 10),
    ),
    ThanksData(
        key="m-clefs-gymnase",
        by="nadia_belkacem",
        to="rosalie_munier",
        recit="forum",
        words="Tu as ouvert le gymnase à 6 h 50, en ciré, et tu savais qui pouvait se serrer avec qui. Sans toi il n’y avait pas "
        "de forum, et je ne l’aurais pas écrit comme un bon souvenir.",
        when=When(72, 10, 0),
        answered=When(71, 8, 30),
    ),
    ThanksData(
        key="m-croissants",
        by="helene_prat",
        to="solange_petrel",
        recit="fuite-rue-basse",
        words="La nuit 11, à 4 h, vous avez apporté des croissants à trois personnes qui vous devaient une fournée. Nous avons "
        "trouvé la fuite une demi-heure après. Je ne dis pas que c’est lié.",
        when=When(176, 9, 30),
        answered=When(175, 15, 20),
    ),
    ThanksData(
        key="m-proprete",
        by="malika_zerroug",
        to_body="Bâtiments et propreté",
        recit="nettoyage-marche",
        words="Quatre samedis de suite vous avez attendu que les gens se lèvent avant de démarrer la balayeuse. J’ai compté : "
        "ils restent une demi-heure de plus, et six étals sur neuf l’ont remarqué.",
        when=When(18, 11, 0),
        answered_by="adjoua_kouame",
        answered=When(17, 7, 40),
    ),
    ThanksData(
        key="m-cahier",
        by="paulin_tessier",
        to_body="Accueil",
        recit="guichet-accueil",
        words="Vous avez écrit sur le cahier vert alors que personne ne vous demandait rien, et que vous pouviez vous le faire "
        "reprocher. J’ai pu retrouver dix-neuf personnes. Nous ne sommes pas d’accord sur le secret, et je vous remercie.",
        when=When(37, 9, 20),
        answered_by="veronique_sabathe",
        answered=When(36, 12, 20),
    ),
    ThanksData(
        key="m-fosse",
        by="sebastien_hocq",
        to="pierrick_saulne",
        collectif=ORMELLE,
        recit="crue",
        words="Tu es allé chez monsieur Fabre le soir même, sans dossier, et tu as sorti du foin jusqu’à 1 h. Le comité existe "
        "parce que tu y étais.",
        when=When(80, 10, 30),
        answered=When(79, 19, 15),
    ),
    ThanksData(
        key="m-telephone",
        by="eulalie_bouvard",
        to_body="Saint-Ambre en route",
        collectif=ORMELLE,
        recit="covoiturage",
        words="Vous m’avez laissée passer une matinée à côté du téléphone sans rien me demander. J’ai arrêté de vouloir équiper "
        "avant de regarder.",
        when=When(15, 17, 0),
        answered_by="lucette_armandou",
        answered=When(14, 18, 0),
    ),
    ThanksData(
        key="m-relecture",
        by="baptiste_granier",
        to="nicolas_vidalenc",
        recit="cantine",
        words="Vous avez lu tout le marché à voix haute, deux après-midi, et vous avez barré neuf exigences devant moi. C’est la "
        "première fois qu’un acheteur me demande ce que je ne peux pas faire.",
        when=When(66, 20, 15),
        answered=When(65, 9, 40),
    ),
    ThanksData(
        key="m-volets",
        by="sylvie_kermarrec",
        to="josiane_marchetto",
        recit="volets-fermes",
        words="Vous avez entouré vingt-trois fenêtres sur un plan de tournée que personne ne vous avait demandé. Deux personnes "
        "ont été soignées à temps. La carte mensuelle est née de là.",
        when=When(115, 18, 0),
        answered=When(113, 14, 30),
    ),
    ThanksData(
        key="m-passage-a-pied",
        by="claire_vasselin",
        to_body="Parents d’élèves du Faubourg",
        recit="rue-adjointe",
        words="Le troisième lundi vous avez organisé vous-mêmes le tour de garde de la rue des Aulnes, y compris ceux qui "
        "auraient préféré le passage piéton. Je vous dois une réponse claire sur ce passage, et je vous l’écrirai.",
        when=When(3, 12, 30),
        answered_by="linh_aubertin",
        answered=When(2, 21, 0),
    ),
    ThanksData(
        key="m-eponge",
        by="killian_desforges",
        to="aicha_ferhati",
        recit="frigo",
        words="Cinq mois à 8 h et à 20 h avec une éponge, sans convention et sans le dire trop fort. Le frigo est encore là "
        "parce que vous n’avez pas attendu.",
        when=When(120, 18, 20),
        answered=When(119, 20, 0),
    ),
    ThanksData(
        key="m-depouillement",
        by="claire_vasselin",
        to="bertrand_lacaussade",
        recit="vote-contre",
        words="Tu as compté 412 bulletins un dimanche pour un budget que tu n’avais pas voté. Personne n’a contesté le résultat.",
        when=When(222, 9, 0),
        answered=When(220, 22, 0),
    ),
    ThanksData(
        key="m-etal",
        by="gwenola_tardieu",
        to="baptiste_granier",
        recit="marche-producteurs",
        words="Tu as tenu mon étal le samedi des mises bas, toi qui as choisi de ne pas venir au marché. Trente-huit fromages, "
        "et la caisse comptée. Nous ne sommes toujours pas d’accord, et j’ai dormi.",
        when=When(40, 20, 50),
        answered=When(39, 21, 10),
    ),
    ThanksData(
        key="m-etage",
        by="dylan_morvaux",
        to="paulin_tessier",
        words="Les premiers matins, vous vous êtes assis à côté de moi sans prendre le dossier. J’ai appris à attendre avant de "
        "répondre.",
        when=When(29, 12, 40),
        answered=When(28, 9, 10),
    ),
    ThanksData(
        key="m-attend-agent",
        by="solange_petrel",
        to="nadia_belkacem",
        recit="place-fournil",
        words="Vous êtes venue au fournil avant de rédiger le bilan du samedi, et vous avez noté l’heure de la farine sur votre "
        "main. C’est la première fois que notre heure est dans un papier de la mairie.",
        when=When(2, 15, 0),
        answer="attente",
    ),
    ThanksData(
        key="m-attend-dgs",
        by="annick_goasmat",
        to="sylvie_kermarrec",
        recit="guichet-dgs",
        words="Vous venez le lundi à 8 h et vous restez sur la chaise des gens, sans regarder l’heure. Depuis, quand je dis qu’un "
        "dossier est long, je n’ai plus à l’expliquer.",
        when=When(4, 12, 15),
        answer="attente",
    ),
    ThanksData(
        key="m-gardee",
        by="marc_oudin",
        to="gaetan_rioux",
        words="Tu es resté seul à la barrière le premier lundi, et c’est moi qui avais fait le planning. Tu n’as rien dit devant "
        "les autres. Je te le devais.",
        when=When(10, 8, 15),
        answer="gardee",
        answered=When(9, 16, 50),
    ),
    ThanksData(
        key="m-declinee",
        by="etienne_darmond",
        to="delphine_cordon",
        words="Pour les deux postes rouverts avec quatre projets au lieu de six : vous avez tenu bon devant deux de mes adjoints.",
        when=When(260, 18, 30),
        answer="declinee",
        answered=When(258, 9, 0),
    ),
)
