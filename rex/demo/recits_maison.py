"""Inside the town hall: interviews, keys, money that must be spent, meetings where nobody came."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("entretiens", VALOMBRE, "L’entretien annuel sans objectifs individuels"),
    ActionData("departs", VALOMBRE, "Deux départs dans la même équipe"),
    ActionData("cles", VALOMBRE, "Confier les clés de la salle des fêtes"),
    ActionData("quatre-mille-euros", VALOMBRE, "Dépenser le reste de la ligne avant la clôture"),
    ActionData("ecouter", VALOMBRE, "Une chercheuse dans les couloirs"),
)

RECITS = (
    RecitData(
        key="entretiens",
        collectif=VALOMBRE,
        action="entretiens",
        authors=("delphine_cordon", "mael_fortin"),
        title="La case que nous avons retirée du formulaire",
        days_ago=136,
        hour=10,
        minute=20,
        audience="collectif",
        sections=told(
            contexte="""
                L’entretien annuel tient sur six pages. La page 3 demande trois objectifs individuels,
                chiffrés si possible. Nous avons proposé à quatre services volontaires de la remplacer par
                une question : avec qui avez-vous travaillé cette année, et qu’est-ce que cela vous a coûté
                ou permis ?
                """,
            faits="""
                57 entretiens. La page 3 a été remplie dans 57 cas, ce qui n’était jamais arrivé. Des agents
                ont cité des gens d’autres services que leur chef ne connaissait pas. Deux ont écrit «
                personne ».

                Puis est venue la prime. Le règlement demande une note. Sans objectifs, sept encadrants sur
                neuf ont mis la même note à tous, un a refusé, un a repris l’ancien formulaire en cachette.
                """,
            resistance="""
                Nous avions changé la question sans toucher à ce qui dépend de la réponse. Le lien avec le
                régime indemnitaire, nous le connaissions tous les deux, et nous nous étions dit que l’on
                verrait.

                Les syndicats ont demandé ce que deviendraient les « personne ». Bonne question. Nous avions
                les formulaires depuis trois semaines et nous n’avions appelé ni l’un ni l’autre.
                """,
            appris="""
                Delphine les a appelés. L’un travaille de nuit, l’autre venait de changer de bâtiment. Pour
                la prime, un groupe se réunit, et nous ne promettons rien pour cette année.
                """,
        ),
        balises=(("C4", "illustre"), ("V4", "nuance")),
        teller="Récit des Ressources humaines",
    ),
    RecitData(
        key="departs",
        collectif=VALOMBRE,
        action="departs",
        authors=("delphine_cordon",),
        title="Deux départs dans la même équipe",
        days_ago=290,
        hour=16,
        minute=5,
        audience="collectif",
        sections=told(
            contexte="""
                Deux chargées de mission sont parties à cinq semaines d’écart. Elles ont relu ce texte et
                m’ont fait retirer une phrase.
                """,
            faits="""
                Elles portaient six projets dits transversaux. Pour chacun, elles animaient, écrivaient les
                comptes rendus, réservaient la salle, relançaient. On les citait en exemple. Je les ai citées
                en exemple, au séminaire, devant tout le monde, et l’une des deux avait déjà écrit sa lettre.
                """,
            resistance="""
                Leur engagement nous arrangeait. Quand l’une disait « ça déborde », on lui répondait que sans
                elle rien n’avancerait. C’était vrai et c’était censé être gentil.

                Rien ne m’alertait : ni arrêts, ni plainte, et des évaluations excellentes deux ans de suite.
                """,
            affects="""
                Je fais ce métier depuis vingt-deux ans. J’ai cherché le moment où j’aurais pu voir. J’en ai
                trouvé trois.
                """,
            appris="""
                Pas grand-chose encore. Les deux postes sont rouverts avec quatre projets au lieu de six, et
                il a fallu dire à deux élus lesquels s’arrêtaient. L’un des deux ne me parle plus beaucoup.
                """,
        ),
        balises=(("E5", "contredit"), ("C4", "nuance")),
        teller="Récit des Ressources humaines",
    ),
    RecitData(
        key="cles",
        collectif=VALOMBRE,
        action="cles",
        authors=("rosalie_munier",),
        title="Quatorze clés dans la nature",
        days_ago=255,
        hour=8,
        minute=45,
        audience="collectif",
        sections=told(
            contexte="""
                Je garde les salles depuis 2009. J’ouvrais, je fermais, j’attendais dans la loge que la
                chorale ait fini de bavarder. 23 h 30 souvent.
                """,
            faits="""
                On a décidé de donner une clé à chaque association. Quatorze clés. Je n’étais pas pour, je
                l’ai dit.

                En un an : deux fois la lumière restée allumée, une porte mal fermée, un évier bouché. Avant,
                avec moi derrière, c’était à peu près pareil. Et le club de tarot a repeint la loge, sans
                demander, en jaune.
                """,
            resistance="""
                On m’a présenté ça comme une confiance faite aux associations. À moi, on ne m’a pas demandé
                ce que je ferais de mes soirées, ni si on me faisait confiance pour autre chose. J’ai perdu
                210 euros d’heures de nuit par mois.
                """,
            affects="""
                Le premier soir chez moi à 19 h, je ne savais pas où m’asseoir.
                """,
            appris="""
                Les associations m’appellent avant les fêtes pour savoir comment on dresse les tables pour
                120. Maintenant c’est dans ma fiche de poste, une ligne : conseil aux associations. J’ai
                demandé que l’argent soit regardé aussi. J’attends.
                """,
        ),
        balises=(("E3", "nuance"), ("E4", "contredit"), ("C5", "illustre")),
        teller="Récit de la gardienne des salles",
    ),
    RecitData(
        key="quatre-mille-euros",
        collectif=VALOMBRE,
        action="quatre-mille-euros",
        authors=("hortense_gaillac", "nicolas_vidalenc"),
        title="Quatre mille euros avant vendredi",
        days_ago=340,
        hour=17,
        minute=30,
        audience="collectif",
        sections=told(
            faits="""
                Chaque année, trois semaines avant la clôture, nous écrivons aux services : « il vous reste
                ». Chaque année, les bons de commande arrivent le dernier vendredi. Nous avons regardé les
                cinq dernières années. Le dernier vendredi pèse 9 % des achats de fournitures et la moitié
                des rouleaux de papier absorbant.

                Cette fois, un chef de service nous a répondu qu’il préférait rendre ses 4 000 euros pour les
                retrouver au printemps, quand il saurait quoi en faire. Nous lui avons dit que ce n’était pas
                possible. C’est possible, il faut une délibération, elle prend deux pages.
                """,
            resistance="""
                Rendre de l’argent, c’est montrer que l’on n’en avait pas besoin. Tout le monde ici a appris
                cela d’un plus ancien. Nous aussi, et c’est même nous qui l’enseignons.
                """,
            appris="""
                Nous avons fait la délibération pour ce service. Un seul. Cinq autres demandent pareil, et
                nous n’avons pas encore dit oui, parce que si tout le monde reporte nous ne saurons plus ce
                que vaut un budget.
                """,
        ),
        balises=(("S5", "contredit"), ("V4", "illustre")),
        teller="Récit des Finances",
    ),
    RecitData(
        key="ecouter",
        collectif=VALOMBRE,
        action="ecouter",
        authors=("benedicte_halimard", "joachim_ravenel"),
        title="Ce que l’on nous dit dans l’escalier",
        days_ago=172,
        hour=11,
        minute=0,
        audience="collectif",
        sections=told(
            contexte="""
                Bénédicte étudie la façon dont une petite ville raconte ce qu’elle fait. Joachim anime des
                séances. Nous sommes payés, l’une par l’université, l’autre par la commune, pour écouter. Il
                faut le savoir en nous lisant.
                """,
            faits="""
                En quatre séances, on nous a parlé de projets. Dans l’escalier, après, on nous a parlé de
                personnes fatiguées, d’un bureau que l’on évite, d’une bonne idée prise par un autre.
                Bénédicte a compté : 40 minutes d’escalier pour deux heures de salle.

                À la cinquième séance nous avons proposé que chacun écrive seul, dix minutes, avant de
                parler. Le silence a gêné. Puis Lucien Abry a lu trois lignes sur cent arbres à arroser, et
                la séance a commencé.
                """,
            resistance="""
                Ceux qui ont des horaires d’équipe n’étaient pas là. Une séance à 14 h, pour qui commence à 5
                h, c’est du temps pris sur la sieste. Nous l’avions fixée à notre convenance.
                """,
            appris="""
                Ces trois lignes, Lucien les avait depuis la plantation. Il n’avait pas trouvé où les dire.
                Nous ne savons pas si ce journal en est un. Nous relisons nos notes d’escalier et nous n’en
                publierons rien.
                """,
        ),
        balises=(("C2", "illustre"), ("E2", "illustre")),
        teller="Récit de deux tiers",
    ),
)
