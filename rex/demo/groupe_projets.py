"""« Cheffes et chefs de projet »: a second room, younger; and a workshop that the whole journal of Valombre is invited to."""

from rex.demo.groupe_dgs import DGS
from rex.demo.shapes_groups import DepotData, GroupData, SeanceData, ShareData
from rex.demo.shapes_together import MessageData, When
from rex.demo.territories import VALOMBRE

TUESDAY, WEDNESDAY = 1, 2

PROJETS = GroupData(
    key="g-projets",
    called="Cheffes et chefs de projet",
    engagement="Porter un projet qui dépend de services que l’on ne dirige pas.",
    pacte="- Ce qui se dit ici reste ici.\n- Pas de diapositives.\n- On a le droit de ne pas savoir où en est son projet.",
    members=("nadia_belkacem", "agathe_rousselin", "mael_fortin", "eulalie_bouvard", "paulin_tessier"),
    began=96,
    shares=(
        ShareData(
            by="eulalie_bouvard",
            words="On me dit « ton projet ». Dès qu’il marche, on dit « notre projet ».",
            when=When(24, 17, 50),
            messages=(
                MessageData(
                    key="g-notre-1",
                    by="paulin_tessier",
                    posture="resonance",
                    text="Et dès qu’il boite, on me demande de passer pour en parler.",
                    when=When(23, 9, 5),
                ),
                MessageData(
                    key="g-notre-2",
                    by="agathe_rousselin",
                    posture="autre-regard",
                    text="J’ai cherché longtemps ce « notre ». Le jour où je l’ai entendu, j’ai fêté ça toute seule, et c’était "
                    "bien quand même.",
                    when=When(22, 18, 10),
                    quote="on dit « notre projet »",
                ),
            ),
        ),
        ShareData(
            by="nadia_belkacem",
            words="Je convoque des chefs de service qui ont vingt ans de plus que moi. Ils viennent, ils sont aimables, et rien ne "
            "bouge avant que la direction ait dit un mot.",
            when=When(8, 20, 20),
            messages=(
                MessageData(
                    key="g-aimables-1",
                    by="mael_fortin",
                    posture="question",
                    text="Que leur demandes-tu, exactement, quand ils sont là ?",
                    when=When(7, 8, 40),
                ),
                MessageData(
                    key="g-aimables-2",
                    by="nadia_belkacem",
                    posture="resonance",
                    text="De ne pas être contre. Je viens de le lire en l’écrivant.",
                    when=When(6, 19, 35),
                    to="g-aimables-1",
                ),
                MessageData(
                    key="g-aimables-3",
                    by="agathe_rousselin",
                    posture="apport",
                    text="Je ne fais plus de réunion de lancement. Je vais voir chacun chez lui avec une seule question : « "
                    "Qu’est-ce que ce projet va vous coûter ? » Cela prend trois matinées.",
                    when=When(5, 12, 30),
                ),
            ),
        ),
    ),
    seances=(
        SeanceData(
            weeks=1,
            weekday=TUESDAY,
            hour=17,
            minute=0,
            lead="nadia_belkacem",
            theme="Conduire sans commander",
            place="Maison de quartier des Tanneries, salle du haut",
            agenda="Une situation, une seule, et le temps qu’il faut.",
            preparation="- Sur quoi avez-vous prise, pour de vrai ?\n- De qui attendez-vous un mot ?",
            minutes=90,
            depots=(
                DepotData("eulalie_bouvard", "Le comité est d’accord depuis mars. Personne n’a encore bougé un car.", 9),
                DepotData("mael_fortin", "J’anime un plan que celles et ceux qu’il concerne n’ont jamais ouvert.", 8),
            ),
        ),
    ),
)

GROUPS = (DGS, PROJETS)

ATELIERS = (
    (
        VALOMBRE,
        SeanceData(
            weeks=1,
            weekday=WEDNESDAY,
            hour=13,
            minute=30,
            lead="hugo_thevenard",
            theme="Raconter ce qui n’a pas marché",
            place="Maison de quartier des Tanneries, grande salle",
            agenda="Pas d’exposé. Chacun vient avec un moment, on en choisit un, on le regarde ensemble.\n\nÀ 13 h 30 parce que "
            "les équipes du matin finissent à 13 h, et que celles du soir ne sont pas parties.",
            preparation="- À quel moment avez-vous su que cela ne se passerait pas comme prévu ?\n"
            "- Qui l’avait vu avant vous ?\n- Qu’en avez-vous raconté, et à qui ?",
            kind="atelier",
        ),
    ),
)
