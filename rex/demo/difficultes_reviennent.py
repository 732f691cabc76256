"""Difficulties noted alone that say the same in plain words, and that nobody has named yet: the grouping brings them together."""

from rex.demo.shapes_together import DifficultyData, EchoData, When

DIFFICULTIES = (
    # a room that two are given
    DifficultyData(
        key="d-salle-cahier",
        by="rosalie_munier",
        words="La salle du Gué est réservée deux fois le même soir : une fois sur le cahier, une fois dans le logiciel. Je "
        "l’apprends en ouvrant la porte.",
        when=When(95, 9, 20),
        balises=("C4:nuance", "S1:nuance"),
        echoes=(EchoData("nadia_belkacem", When(94, 10, 45)),),
    ),
    DifficultyData(
        key="d-salle-deux-associations",
        by="killian_desforges",
        words="Deux associations sont venues le même soir pour la même salle. Chacune avait sa réservation, l’une sur le cahier, "
        "l’autre dans le logiciel.",
        when=When(62, 22, 40),
        balises=("C4:nuance",),
        effect="J’ai fait tirer à pile ou face. Une des deux ne m’adresse plus la parole.",
    ),
    DifficultyData(
        key="d-salle-comptoir",
        by="dylan_morvaux",
        words="Au comptoir, je réserve les salles dans le logiciel. Le cahier de la gardienne ne le sait pas, et la salle est "
        "donnée deux fois.",
        when=When(29, 12, 25),
        balises=("C4:nuance", "S1:nuance"),
        echoes=(EchoData("yvan_koenigs", When(28, 21, 30), "Nous étions la deuxième fois."),),
    ),
    # absences that nobody replaces
    DifficultyData(
        key="d-absente-ecole",
        by="amelie_bonnafoux",
        words="Quand une collègue est absente, elle n’est pas remplacée. Nous prenons ses enfants en plus des nôtres, et le "
        "planning ne bouge pas.",
        when=When(111, 17, 20),
        balises=("E5:nuance",),
        echoes=(EchoData("linh_aubertin", When(109, 20, 15)),),
    ),
    DifficultyData(
        key="d-absente-domicile",
        by="josiane_marchetto",
        words="Une collègue absente n’est pas remplacée avant trois jours. Nous nous partageons ses visites, et le planning reste "
        "celui d’une équipe complète.",
        when=When(73, 15, 50),
        balises=("E5:nuance", "E4:nuance"),
        effect="On écourte. Les personnes le voient, et elles s’excusent.",
    ),
    DifficultyData(
        key="d-absents-aout",
        by="gaetan_rioux",
        words="En août nous sommes trois au lieu de six. Les absents ne sont pas remplacés, et le planning reste celui d’une "
        "équipe de six.",
        when=When(44, 16, 30),
        balises=("E5:nuance",),
        echoes=(EchoData("adjoua_kouame", When(43, 12, 55), "Même planning, même trou."),),
    ),
)
