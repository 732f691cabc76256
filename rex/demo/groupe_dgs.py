"""« DGS de la vallée »: what seven people who lead services say to each other, and to nobody else."""

from rex.demo.groupe_dgs_seances import A_VENIR, PASSEE
from rex.demo.groupe_dgs_versements import AGENDA, VERSEMENTS
from rex.demo.shapes import told
from rex.demo.shapes_groups import GroupData, GroupRecitData, InvitationData, ShareData
from rex.demo.shapes_together import MessageData, When

PACTE = (
    "- Ce qui se dit ici reste ici.\n"
    "- On parle de soi, à la première personne.\n"
    "- On questionne avant de conseiller.\n\n"
    "Nous nous voyons un jeudi sur quatre, à l’heure du déjeuner, téléphones retournés sur la table. Qui manque deux fois de suite "
    "reçoit un appel, jamais un reproche."
)

DGS = GroupData(
    key="g-dgs",
    called="DGS de la vallée",
    engagement="Diriger les services d’une commune ou d’une communauté de communes, entre des élus et des équipes.",
    pacte=PACTE,
    members=(
        "joachim_ravenel",
        "sylvie_kermarrec",
        "bruno_casals",
        "anne_lise_roche",
        "damien_fauvel",
        "mariam_nourry",
        "olivier_pons",
    ),
    began=250,
    shares=(
        AGENDA,
        ShareData(
            by="mariam_nourry",
            words="Une responsable pleure dans mon bureau presque chaque lundi. Le mardi, je signe ses objectifs.",
            when=When(39, 18, 40),
            messages=(
                MessageData(
                    key="g-lundi-1",
                    by="damien_fauvel",
                    posture="question",
                    text="Qu’est-ce que tu signes, au juste, quand tu signes ?",
                    when=When(38, 8, 15),
                ),
                MessageData(
                    key="g-lundi-2",
                    by="mariam_nourry",
                    posture="resonance",
                    text="Ma tranquillité. Le papier dit que tout va, et le lundi suivant dit le contraire.",
                    when=When(38, 19, 5),
                    to="g-lundi-1",
                ),
                MessageData(
                    key="g-lundi-3",
                    by="sylvie_kermarrec",
                    posture="apport",
                    text="J’ai cessé de faire cet entretien derrière le bureau. Nous marchons jusqu’au pont. On ne pleure pas "
                    "moins, mais on parle d’autre chose que des objectifs.",
                    when=When(36, 12, 50),
                ),
            ),
        ),
        ShareData(
            by="olivier_pons",
            words="Je suis le seul agent de la mairie. Le maire m’appelle le soir pour ce qui attendrait demain, et je décroche.",
            when=When(17, 21, 30),
            messages=(
                MessageData(
                    key="g-soir-1",
                    by="sylvie_kermarrec",
                    posture="question",
                    text="Que se passerait-il si tu décrochais une fois sur deux ?",
                    when=When(16, 8, 30),
                ),
                MessageData(
                    key="g-soir-2",
                    by="damien_fauvel",
                    posture="autre-regard",
                    text="Chez moi le téléphone ne sonne jamais : j’apprends les décisions dans le bulletin municipal. Je t’envie "
                    "un peu cette sonnerie.",
                    when=When(16, 12, 45),
                    quote="Le maire m’appelle le soir pour ce qui attendrait demain",
                ),
                MessageData(
                    key="g-soir-3",
                    by="olivier_pons",
                    posture="resonance",
                    text="J’ai essayé hier. Il a laissé un message : « C’était juste pour parler. » Je n’avais jamais pensé à ça.",
                    when=When(10, 7, 50),
                    to="g-soir-1",
                ),
            ),
        ),
        ShareData(
            by="sylvie_kermarrec",
            words="J’avais promis un poste à une équipe, et je ne l’aurai pas. Je repousse l’annonce depuis dix jours. À la façon "
            "dont on me dit bonjour, je crois que tout le monde sait.",
            when=When(6, 19, 10),
            messages=(
                MessageData(
                    key="g-poste-1",
                    by="bruno_casals",
                    posture="question",
                    text="Qu’est-ce que tu protèges en attendant ?",
                    when=When(5, 8, 20),
                ),
                MessageData(
                    key="g-poste-2",
                    by="anne_lise_roche",
                    posture="resonance",
                    text="J’ai vécu ces dix jours-là, pour une classe qui fermait. Mon silence était déjà l’annonce, en plus long.",
                    when=When(5, 20, 15),
                ),
                MessageData(
                    key="g-poste-3",
                    by="sylvie_kermarrec",
                    posture="resonance",
                    text="Moi, je crois. Tant que je n’ai rien dit, je suis encore celle qui a obtenu le poste.",
                    when=When(4, 18, 55),
                    to="g-poste-1",
                ),
            ),
        ),
        ShareData(
            by="sylvie_kermarrec",
            words="Je n’ai pas répondu toute la vérité à Bruno. J’ai peur qu’elle parte, celle à qui je l’avais promis, et je ne "
            "sais pas faire tourner l’accueil sans elle.",
            when=When(2, 22, 5),
            is_kept=True,
        ),
    ),
    recits=(
        GroupRecitData(
            by="bruno_casals",
            title="Le soir où j’ai défendu un budget auquel je ne croyais plus",
            when=When(12, 21, 45),
            sections=told(
                contexte="""
                    Conseil communautaire, vote du budget. J’avais préparé deux versions. L’exécutif avait choisi celle que je
                    trouvais intenable, et c’est son droit.
                    """,
                faits="""
                    J’ai présenté les quarante diapositives. À la trente et unième, une conseillère m’a demandé si je signerais
                    ce budget pour ma propre maison. J’ai répondu que la question ne se posait pas ainsi.

                    Le budget est passé. La conseillère m’a attendu dehors. Elle m’a dit : « Vous n’avez pas menti, mais vous
                    n’étiez pas là. »
                    """,
                resistance="""
                    Je croyais que ma neutralité rassurait tout le monde. Elle a surtout rassuré ceux qui avaient déjà décidé. Ma
                    cheffe des finances, qui avait passé trois week-ends sur l’autre version, n’a pas levé les yeux.
                    """,
                appris="""
                    Dire « voici ce que l’exécutif a retenu, voici ce que nos services avaient proposé » n’est pas déloyal. Je ne
                    l’ai pas dit. Je l’écris ici pour m’entendre le dire.
                    """,
            ),
            balises=("V1:contredit", "C5:nuance"),
            key="g-budget",
            messages=(
                MessageData(
                    key="g-budget-1",
                    by="damien_fauvel",
                    posture="apport",
                    text="Depuis une soirée comme celle-là, j’écris avant le vote une page : ce que je défendrai, ce que je "
                    "présenterai sans le défendre. Je la donne au maire. Nous n’en parlons pas, mais il la lit.",
                    when=When(11, 13, 10),
                ),
                MessageData(
                    key="g-budget-2",
                    by="mariam_nourry",
                    posture="question",
                    text="Qu’as-tu dit à ta cheffe des finances, le lendemain ?",
                    when=When(9, 18, 30),
                ),
            ),
        ),
    ),
    seances=(PASSEE, A_VENIR),
    invitations=(
        InvitationData(
            by="joachim_ravenel",
            name="Mireille Castaing, secrétaire générale à Bellecombe",
            address="mireille.castaing@bellecombe.example",
            when=When(3, 11, 20),
            yes=("bruno_casals", "anne_lise_roche", "damien_fauvel"),
        ),
    ),
    versements=VERSEMENTS,
)
