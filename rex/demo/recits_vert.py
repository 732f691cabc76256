"""Gardeners, neighbours, school yards: what grows, and who waters it."""

from rex.demo.shapes import ActionData, PictureData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("cent-arbres", VALOMBRE, "Cent arbres plantés avec les riverains"),
    ActionData("cimetiere", VALOMBRE, "Le cimetière sans désherbant"),
    ActionData("six-heures-trente", VALOMBRE, "Un seul départ à 6 h 30 pour deux équipes"),
    ActionData("cour-tanneries", VALOMBRE, "La cour de l’école des Tanneries"),
)

RECITS = (
    RecitData(
        key="arbres-jardiniers",
        collectif=VALOMBRE,
        action="cent-arbres",
        authors=("lucien_abry", "fatou_delmas"),
        title="Cent arbres et une seule citerne",
        days_ago=101,
        hour=13,
        minute=30,
        audience="collectif",
        sections=told(
            contexte="""
                Un samedi de plantation, rue des Tilleuls et aux Tanneries. Cent jeunes arbres, cent
                cinquante personnes, une fanfare. Chaque famille repartait avec une étiquette à son nom et la
                promesse d’arroser.
                """,
            faits="""
                Le trou, c’est vingt minutes. L’arrosage, c’est trois étés, quarante litres par semaine et
                par arbre.

                À la mi-juin, Lucien a compté : sur cent étiquettes, vingt-deux pieds étaient mouillés. À la
                mi-juillet, quatorze. L’équipe a pris la citerne de 1 000 litres et fait la tournée à partir
                de 5 h, cinq jours sur sept, à la place des massifs. Quatre-vingt-un arbres vivent. La
                fontaine de la mairie a séché.
                """,
            resistance="""
                Nous n’étions pas à la réunion où l’on a décidé cent. Nous aurions dit quarante. On nous a
                appelés pour la liste des outils.

                Et c’est difficile de réclamer à quelqu’un l’eau d’un arbre qu’on lui a offert en musique.
                """,
            affects="""
                Lucien a planté des arbres toute sa vie et il dit que ceux-là, il leur en a voulu.
                """,
            appris="""
                Les vingt-deux qui arrosaient se connaissaient déjà : même cage d’escalier, même arrêt de
                car. L’an prochain nous planterons par groupes de voisins, là où quelqu’un a déjà un tuyau.
                """,
        ),
        balises=(("E5", "illustre"), ("C3", "nuance"), ("S5", "illustre")),
        teller="Récit des Espaces verts",
    ),
    RecitData(
        key="arbres-riverain",
        collectif=VALOMBRE,
        action="cent-arbres",
        authors=("raymond_escoffet",),
        title="Mon tilleul, numéro 37",
        days_ago=92,
        hour=20,
        minute=5,
        audience="collectif",
        sections=told(
            faits="""
                Je suis l’étiquette 37. J’ai arrosé. Deux arrosoirs de dix litres, le lundi et le vendredi,
                depuis le troisième étage, parce que le robinet de la cour est fermé à clé depuis les
                travaux.

                Le 20 juin je suis descendu et la terre était trempée. La citerne était passée. Le 24,
                pareil. J’ai pensé que la Ville avait changé d’avis et que je ne servais plus à rien. J’ai
                arrêté. Voilà comment on passe de vingt-deux à quatorze.
                """,
            resistance="""
                J’ai 71 ans et l’arrosoir pèse. J’ai demandé la clé du robinet à la mairie, on m’a donné une
                adresse mail.

                Personne ne m’a dit qu’il fallait quarante litres. J’en mettais vingt et je croyais bien
                faire.
                """,
            appris="""
                J’ai croisé monsieur Abry à 5 h 40, je sortais le chien. On a parlé une demi-heure sur le
                trottoir. Il avait une clé pour le robinet. J’arrose de nouveau, et le 36 et le 38 avec.
                """,
        ),
        balises=(("C3", "contredit"), ("E1", "illustre")),
        teller="Récit d’un riverain",
    ),
    RecitData(
        key="cimetiere",
        collectif=VALOMBRE,
        action="cimetiere",
        authors=("theo_quintard", "fatou_delmas"),
        title="De l’herbe entre les tombes",
        days_ago=240,
        hour=11,
        minute=50,
        audience="collectif",
        sections=told(
            contexte="""
                Deux hectares de gravier, une équipe de deux et un apprenti, plus de produit depuis la loi.
                Avant, une journée de pulvérisateur par trimestre. Maintenant, la binette.
                """,
            faits="""
                Nous avons laissé pousser les allées secondaires et semé de la prairie rase. Les trois
                premières semaines, onze lettres de plainte et une couronne posée sur le capot du camion.

                Alors Théo s’est mis à rester là le samedi matin, à côté du point d’eau, sans gilet. On lui
                parlait des morts plus que de l’herbe.
                """,
            resistance="""
                « Sale » et « vivant », c’était la même touffe. Notre panneau parlait de biodiversité ; une
                dame nous a dit que son mari n’était pas une biodiversité.
                """,
            affects="""
                Théo a 19 ans. Il ne s’attendait pas à ce que le métier soit ça. Il y retourne.
                """,
            appris="""
                On tond au ras des tombes avant la Toussaint et avant la fête des mères, et là on se fait
                aider par la Propreté. Le panneau a été enlevé. Deux plaintes le trimestre dernier.
                """,
        ),
        balises=(("V1", "illustre"), ("E3", "illustre"), ("C6", "nuance")),
        teller="Récit des Espaces verts",
    ),
    RecitData(
        key="six-heures-trente",
        collectif=VALOMBRE,
        action="six-heures-trente",
        authors=("fatou_delmas", "adjoua_kouame"),
        title="Le café de 6 h 30",
        days_ago=163,
        hour=7,
        minute=20,
        audience="collectif",
        sections=told(
            contexte="""
                Deux équipes, Espaces verts et Propreté, deux vestiaires de part et d’autre du même mur, et
                la même rue faite deux fois le même jour. Une fois par le souffleur, une fois par le balai,
                dans cet ordre.
                """,
            faits="""
                Nous avons pris notre café ensemble une semaine, pour voir. Puis nous avons superposé nos
                deux plans au feutre, sur la vitre. Quatre rues se croisaient mal.

                Aujourd’hui une équipe mixte part à 6 h 30 le mardi et le vendredi. Le camion benne passe
                derrière le souffleur, à vingt minutes.
                """,
            resistance="""
                Pas la même prime. À la troisième semaine quelqu’un a posé sa fiche de paie sur la table à
                côté de celle d’un autre. Trente-huit euros d’écart pour la même rue. Plus personne n’a parlé
                de feuilles pendant quatre jours.

                Nous n’avions pas de réponse et nous l’avons dit. La question est remontée aux RH. Elle y
                est.
                """,
            appris="""
                Nous gagnons à peu près cinq heures par semaine. Nous ne l’avons pas mis dans un tableau,
                parce que nous savons ce que devient une heure gagnée quand elle est dans un tableau.
                """,
        ),
        balises=(("C4", "illustre"), ("S1", "nuance")),
        teller="Récit des Espaces verts et de la Propreté",
    ),
    RecitData(
        key="cour-tanneries",
        collectif=VALOMBRE,
        action="cour-tanneries",
        authors=("agathe_rousselin", "corinne_estevan", "vincent_ibarrel"),
        title="Ce que nous avons dessiné, refait puis laissé aux enfants en désimperméabilisant la cour "
        "de l’école des Tanneries, et pourquoi le mot « désimperméabilisation » n’a aidé personne",
        days_ago=150,
        hour=16,
        minute=30,
        audience="collectif",
        sections=told(
            contexte="""
                1 400 mètres carrés de goudron, cinq classes, un platane. Le dossier de subvention s’appelait
                désimperméabilisation. Notre ville jumelle nous avait envoyé le sien, un
                *Regenwasserbewirtschaftungsmaßnahmenkatalog* de 90 pages, très bien fait, que Vincent a lu
                en entier.
                """,
            faits="""
                Nous avons enlevé 600 mètres carrés de goudron, mis des copeaux, de la terre et des rondins.
                Le lundi de l’ouverture, il a plu toute la journée. À 16 h 30, les classes ressemblaient à
                des stalles. Les agentes d’entretien ont fini à 20 h 15.

                Le lendemain la directrice a fermé la partie en terre avec du ruban. Les CE2 sont passés
                dessous.
                """,
            resistance="""
                Les agentes n’avaient pas vu le plan. Trois services autour de la table, et pas celui qui
                passe la serpillière.

                Le football aussi : le nouveau dessin coupait le terrain. Nous avions demandé aux enfants
                leur cour rêvée, ils avaient répondu avec des toboggans à requins, et personne n’avait pensé
                à regarder une récréation.
                """,
            appris="""
                Une entrée pavée de douze mètres, un râtelier à bottes, deux buts déplacés de six pas. C’est
                ce que les agentes et les enfants ont obtenu en une heure, la deuxième fois. Nous disons « la
                cour en terre », tout le monde comprend.
                """,
        ),
        balises=(("S1", "illustre"), ("E1", "nuance"), ("C3", "illustre")),
        teller="Récit de l’Urbanisme et de la Vie scolaire",
        picture=PictureData(
            "appris",
            "plan-de-la-cour.webp",
            800,
            507,
            "Plan dessiné de la cour : cinq classes, une bande de pavés de douze mètres et un râtelier à bottes ; à gauche la "
            "terre, les copeaux et le platane, à droite le football, dont les deux buts sont déplacés de six pas",
        ),
    ),
)
