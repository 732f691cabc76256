"""The last subjects of seeded récits (see `rex.seed.subjects`)."""

from rex.seed.subjects import Subject

SUBJECTS_C = (
    Subject(
        ("C4", "V2", "S4", "E1"),
        ("Une fête de quartier sans subvention", "La fête {derue}, l’année de la pluie", "Qui range après la fête"),
        (
            "La fête {derue} existait depuis longtemps, portée par deux personnes qui voulaient passer la main.",
            "Le dossier de subvention est arrivé trop tard. Les habitants ont décidé de la faire quand même.",
        ),
        (
            "Chacun a apporté une table. Nous en avons compté {nombre}, de toutes les hauteurs.",
            "{Eq} a prêté les barrières à condition que nous venions les chercher.",
            "Il a plu de {heure} jusqu’au soir, et la moitié des gens est restée sous le préau.",
            "{prenom} a fait griller des saucisses sans avoir demandé l’arrêté, que {eq} a signé dans l’heure.",
            "Le rangement a pris {petit} heures, à quatre.",
            "Une famille arrivée depuis peu a tenu la buvette jusqu’au bout.",
        ),
        (
            "L’assurance demande un organisateur, et personne ne voulait donner son nom.",
            "La sono d’un voisin a décidé du volume pour tout le monde.",
            "Ceux qui rangent sont toujours les mêmes, et ils commencent à le dire.",
        ),
        (
            "Nous inscrivons les rangeurs avant les danseurs.",
            "Une fête sans budget coûte du temps : il faut le compter et le dire.",
        ),
    ),
    Subject(
        ("S3", "V1", "C4", "E5"),
        ("L’eau coupée un {jour}, {rue}", "Prévenir avant de couper", "Une vanne que personne ne trouvait"),
        (
            "La vanne {derue} était sous le goudron depuis la réfection de la chaussée.",
            "Une fuite coulait sous la chaussée, assez petite pour que l’on remette à plus tard.",
        ),
        (
            "Nous avons coupé à {heure} un quartier entier pour réparer {petit} mètres.",
            "{prenom} se souvenait d’un regard près du tilleul. Il était à un pas de là.",
            "L’école a fermé sa cantine. Nous l’avions prévenue la veille, par un message au mauvais numéro.",
            "La réparation a duré {duree}, dont la moitié à chercher la vanne.",
            "{Eq} a distribué {nombre} bouteilles, en commençant par les étages sans ascenseur.",
            "Le plan porte maintenant une croix, une photo et la distance au tilleul.",
        ),
        (
            "Le plan numérique affiche la vanne au milieu d’une maison.",
            "Goudronner vite avait fait gagner une journée, il y a quatre ans.",
            "La liste des personnes à prévenir appartient à un service qui ne travaille pas le {jour}.",
        ),
        (
            "Photographier chaque vanne avant de goudronner. Cela prend une heure par rue.",
            "Prévenir par deux chemins : le téléphone, et un papier sur la porte.",
        ),
    ),
)
