"""What leaves « DGS de la vallée »: one text that appeared months ago, without a trace; one on which the members are asked."""

from rex.demo.shapes_groups import ShareData, VersementData
from rex.demo.shapes_together import MessageData, When
from rex.demo.territories import ORMELLE, VALOMBRE

AGENDA = ShareData(
    by="sylvie_kermarrec",
    key="g-agenda",
    words="Trois agents de l’accueil m’ont demandé un rendez-vous, ensemble. J’ai répondu à leur cheffe que mon agenda était plein "
    "jusqu’à jeudi. Il ne l’était pas. Je ne savais pas encore quoi leur dire du guichet de Valombre.",
    when=When(131, 20, 25),
    messages=(
        MessageData(
            key="g-agenda-1",
            by="anne_lise_roche",
            posture="question",
            text="Et jeudi, qu’est-ce que tu leur as dit de l’agenda ?",
            when=When(129, 12, 40),
        ),
        MessageData(
            key="g-agenda-2",
            by="sylvie_kermarrec",
            posture="resonance",
            text="Rien. On ne me l’a pas demandé, et c’est ce qui me reste.",
            when=When(128, 21, 15),
            to="g-agenda-1",
        ),
    ),
)

VERSEMENTS = (
    VersementData(
        by="sylvie_kermarrec",
        source="g-agenda",
        to=VALOMBRE,
        when=When(118, 19, 35),
        text="On m’a demandé un rendez-vous, à plusieurs. J’ai répondu que mon agenda était plein. Il ne l’était pas : je n’avais "
        "pas encore de réponse, et j’ai appelé cela un manque de temps. Personne ne m’en a parlé depuis, et c’est ce qui me reste.",
        decided=(
            ("montant", "Trois agents", "remplacer", "plusieurs personnes"),
            ("fonction", "leur cheffe", "retirer", ""),
            ("date", "jeudi", "retirer", ""),
            ("lieu", "Valombre", "retirer", ""),
        ),
        yes=("joachim_ravenel", "bruno_casals", "anne_lise_roche", "damien_fauvel", "mariam_nourry", "olivier_pons"),
    ),
    VersementData(
        by="bruno_casals",
        source="g-budget",
        to=ORMELLE,
        when=When(4, 21, 10),
        title="Ce que j’ai défendu ce soir-là",
        text="## Ce qui s’est passé\n\nJ’ai présenté en séance un document auquel je ne croyais plus. On m’a demandé si je le "
        "signerais pour ma propre maison. J’ai répondu à côté. Puis on m’a dit : « Vous n’avez pas menti, mais vous n’étiez pas "
        "là. »\n\n## Ce qui a résisté\n\nJe croyais que rester neutre rassurait tout le monde. Une collègue avait donné ses "
        "dimanches à une autre version. Elle n’a pas levé les yeux.\n\n## Ce que nous avons appris\n\nDire ce qui a été "
        "retenu, puis ce que les services avaient proposé, n’est pas déloyal. La prochaine fois, je le dirai.",
        decided=(
            ("montant", "les quarante diapositives", "retirer", ""),
            ("fonction", "Ma cheffe des finances", "remplacer", "Une collègue"),
            ("date", "dimanches", "garder", "c’est ce que cette autre version a coûté"),
        ),
        yes=("mariam_nourry", "anne_lise_roche"),
    ),
)
