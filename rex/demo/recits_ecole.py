"""The street of the school, closed to cars: three accounts that do not agree; then the pédibus."""

from rex.demo.shapes import ActionData, RecitData, RevisionData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("rue-de-l-ecole", VALOMBRE, "La rue de l’École fermée aux voitures le matin"),
    ActionData("pedibus", VALOMBRE, "Le pédibus du mardi"),
)

RECITS = (
    RecitData(
        key="rue-voirie",
        collectif=VALOMBRE,
        action="rue-de-l-ecole",
        authors=("marc_oudin", "ines_carle", "gaetan_rioux"),
        title="Vingt-six voitures rue des Aulnes",
        days_ago=12,
        hour=17,
        minute=5,
        audience="collectif",
        sections=told(
            contexte="""
                L’école du Faubourg, 212 élèves. La rue fait 140 mètres, en sens unique, avec des voitures
                garées des deux côtés. Inès a compté trois matins de suite, assise sur le muret du lavoir :
                94 voitures en moyenne entre 8 h et 8 h 40, et deux rétroviseurs arrachés.
                """,
            intention="""
                Que les enfants puissent marcher au milieu de la rue le temps d’entrer en classe. Et poser
                les barrières avant que la ligne « petits aménagements » soit reprise, c’est-à-dire avant la
                fin du mois.
                """,
            faits="""
                L’arrêté est signé un lundi. Le mot part dans les cartables le jeudi. Les barrières sont
                posées le lundi suivant, à 7 h 30.

                À 8 h 05 la rue était vide, on entendait les cartables à roulettes. À 8 h 20 nous avions
                vingt-six voitures à l’arrêt rue des Aulnes, le car bloqué à l’angle, et Gaëtan tout seul
                devant la barrière.

                Nous avons rouvert le mercredi. Le lundi d’après, nous avons refermé, à deux au carrefour et
                un troisième rue des Aulnes.
                """,
            resistance="""
                Le calendrier. La commande de barrières, la signature, les congés, rien de cela ne bougeait.
                Ce que nous pouvions serrer, c’était le délai laissé aux parents. Nous l’avons serré.

                Les plans aussi. Sur le plan, la rue des Aulnes absorbe le report. Sur place elle n’a pas de
                trottoir, et c’est par là que viennent les enfants du lotissement. Aucun de nous trois ne
                l’avait prise à pied un matin d’école.
                """,
            affects="""
                Gaëtan s’est fait traiter de planqué par un monsieur qu’il connaît. Il n’en a parlé que le
                jeudi, dans le camion. Marc a mal dormi. Inès dit qu’elle avait honte de ses 94 voitures si
                bien comptées.
                """,
            appris="""
                Le mot dans les cartables, nous l’appelions « l’information ». Les parents, eux, ont
                découvert une barrière. La prochaine fois nous ferons le trajet avec eux avant l’arrêté, même
                si cela coûte le crédit de l’année.
                """,
            transferable="""
                - Compter les voitures dans la rue d’à côté aussi, avant et après.
                - Prévoir trois personnes le premier matin, pas une.
                - Garder une semaine entre le mot et la barrière, et y mettre un rendez-vous sur place.
                """,
            reconnaissances="""
                À madame Lartigue et à monsieur Sahli, qui sont venus le deuxième lundi avec un thermos et
                ont tenu la rue des Aulnes avec nous jusqu’à 8 h 45.
                """,
        ),
        balises=(("C1", "illustre"), ("E3", "nuance"), ("S5", "contredit")),
        teller="Récit de la Voirie",
        revisions=(
            RevisionData(
                days_ago=8,
                by="marc_oudin",
                sections=told(
                    appris="""
                        Tout le monde avait été prévenu par un mot dans les cartables. La prochaine fois nous
                        doublerons par un affichage.
                        """,
                    reconnaissances="",
                ),
            ),
        ),
    ),
    RecitData(
        key="rue-parents",
        collectif=VALOMBRE,
        action="rue-de-l-ecole",
        authors=("jeanne_lartigue", "karim_sahli", "linh_aubertin"),
        title="On nous a prévenus, on ne nous a rien demandé",
        days_ago=9,
        hour=21,
        minute=40,
        audience="collectif",
        sections=told(
            contexte="""
                Nous sommes onze parents de l’école du Faubourg. Depuis deux ans nous réclamons un passage
                protégé rue des Aulnes. Nous avons les courriers : quatre, dont deux avec accusé de
                réception.
                """,
            faits="""
                Le mot est arrivé un jeudi, plié en quatre avec la sortie piscine et la photo de classe.
                Beaucoup l’ont lu le dimanche soir. Certains jamais : il n’existait qu’en français.

                Lundi, nous étions dans les vingt-six voitures. Karim a laissé la sienne sur le trottoir du
                lotissement et a fini à pied en portant la petite. Deux pères se sont attrapés par le col
                devant les CP.

                Mercredi, plus de barrières. Pas d’explication non plus. Nous avons pensé que c’était enterré
                et Jeanne a écrit un message assez dur. Elle l’a toujours, elle ne le retire pas.
                """,
            resistance="""
                Jeanne a téléphoné trois fois en mairie. On lui a donné un numéro, puis un autre, puis la
                date d’une réunion publique, le mois suivant. Être informés d’une chose déjà faite, nous
                connaissons.

                Et entre nous ce n’est pas simple : un tiers des parents déposent en partant au travail à 8 h
                10 et n’ont pas d’autre solution. Nous avions parlé en leur nom sans les appeler.
                """,
            affects="""
                De la colère, puis de la gêne. Gaëtan a pris pour tout le monde et il n’avait rien choisi.
                """,
            appris="""
                La Voirie perdait son crédit si elle attendait. Nous l’avons su rue des Aulnes, un thermos à
                la main, quinze jours trop tard. Nous aurions peut-être dit d’attendre. Nous aurions
                peut-être dit d’y aller.
                """,
        ),
        balises=(("C3", "contredit"), ("E1", "illustre"), ("C1", "illustre")),
        teller="Récit des Parents d’élèves du Faubourg",
    ),
    RecitData(
        key="rue-adjointe",
        collectif=VALOMBRE,
        action="rue-de-l-ecole",
        authors=("claire_vasselin",),
        title="Ce que j’ai signé entre deux rendez-vous",
        days_ago=4,
        hour=8,
        minute=25,
        audience="collectif",
        sections=told(
            intention="""
                J’avais promis cette rue pendant la campagne, avec quatre autres choses. Je voulais en avoir
                tenu au moins une.
                """,
            faits="""
                J’ai signé l’arrêté un lundi à 13 h 50, debout, entre le conseil d’école et un enterrement.
                Marc m’avait écrit que le report rue des Aulnes « restait à vérifier ». J’ai lu la phrase. Je
                ne me suis pas arrêtée dessus.

                Le premier matin je n’étais pas là. Le deuxième lundi j’y étais, à 7 h 45, et j’ai entendu ce
                que Gaëtan avait entendu la semaine d’avant.
                """,
            resistance="""
                Je ne partage pas tout le récit des parents. Leurs quatre courriers demandaient un passage
                piéton à 80 000 euros avec reprise du réseau d’eau. J’ai répondu à trois. Je n’ai pas su dire
                non clairement et le « nous étudions » a été pris pour un oui.

                Je ne partage pas non plus celui de la Voirie sur le calendrier : le crédit, je pouvais
                demander à le reporter. On ne me l’a pas demandé, je ne l’ai pas proposé.
                """,
            affects="""
                J’ai été vexée en lisant les deux récits. J’ai mis plusieurs jours à écrire celui-ci.
                """,
            appris="""
                Une réserve écrite dans un mail n’est pas entendue. Avec Marc nous sommes convenus d’une
                chose : quand il a un doute, il m’appelle, et je ne signe pas debout.
                """,
        ),
        balises=(("C5", "illustre"), ("E3", "illustre"), ("E4", "nuance")),
        teller="Récit de l’adjointe à l’école",
    ),
    RecitData(
        key="pedibus",
        collectif=VALOMBRE,
        action="pedibus",
        authors=("amelie_bonnafoux", "corinne_estevan"),
        title="Dix-neuf gilets jaunes, puis quatre",
        days_ago=59,
        hour=16,
        minute=50,
        audience="collectif",
        sections=told(
            contexte="""
                Un ramassage à pied, le mardi, du lotissement des Aulnes jusqu’à l’école. 1,2 kilomètre, sept
                arrêts peints par les CM1.
                """,
            faits="""
                Le premier mardi, dix-neuf adultes en gilet jaune pour vingt-deux enfants, un journaliste,
                des croissants. Le sixième mardi, quatre adultes, les mêmes que le cinquième, et trente et un
                enfants.

                Amélie faisait le trajet avant de commencer à 8 h 15. Ce temps ne figurait nulle part. C’est
                la fiche de paie du deuxième mois qui l’a montré : il manquait onze heures.
                """,
            resistance="""
                Plus il y avait d’enfants, moins il y avait d’adultes. Ceux qui tenaient n’osaient pas dire
                qu’ils fatiguaient, parce que les enfants attendaient à l’arrêt.
                """,
            appris="""
                Les heures d’Amélie sont maintenant dans son planning. Le pédibus ne part plus s’il manque
                deux adultes. C’est arrivé deux mardis, des parents ont râlé. Le troisième, ils étaient sept.
                """,
            reconnaissances="""
                À la grand-mère de Noam, 74 ans, présente tous les mardis, et qui connaît le nom des chiens.
                """,
        ),
        balises=(("E5", "illustre"), ("S2", "nuance")),
        teller="Récit de la Vie scolaire",
    ),
)
