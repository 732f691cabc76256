"""Difficulties noted alone, in thirty seconds: told and not asked, the calendar of money, who decides."""

from rex.demo.shapes_together import DifficultyData, EchoData, When

DIFFICULTIES = (
    # told, not asked
    DifficultyData(
        key="d-echafaudages",
        by="aicha_ferhati",
        words="La lettre sur les travaux de l’escalier est arrivée le jour des échafaudages. Elle finissait par « merci de "
        "votre participation ».",
        when=When(215, 20, 10),
        balises=("C3:contredit",),
        echoes=(EchoData("raymond_escoffet", When(210, 9, 30)),),
    ),
    DifficultyData(
        key="d-trois-cases",
        by="linh_aubertin",
        words="Le questionnaire sur la cantine proposait trois réponses. Celle que nous voulions donner n’y était pas, et il n’y "
        "avait pas de ligne pour écrire.",
        when=When(145, 21, 30),
        balises=("C3:contredit", "V4:nuance"),
        effect="J’ai coché la moins fausse. Je n’ai pas rempli le suivant.",
    ),
    DifficultyData(
        key="d-bulletin",
        by="gaetan_rioux",
        words="J’ai appris par un habitant que ma tournée changeait. Il l’avait lu dans le bulletin municipal.",
        when=When(78, 16, 45),
        balises=("E4:contredit", "C4:nuance"),
        effect="Il a cru que je me moquais de lui quand j’ai dit que je ne savais pas.",
        echoes=(
            EchoData("theo_quintard", When(76, 12, 30)),
            EchoData("annick_goasmat", When(74, 12, 15), "On nous pose des questions sur des choses que nous lisons après eux."),
        ),
    ),
    DifficultyData(
        key="d-plan-fini",
        by="jeanne_lartigue",
        words="Nous sommes invités quand le dessin est en couleur. En couleur, on ne discute plus que de la couleur.",
        when=When(34, 22, 0),
        balises=("C3:contredit",),
        echoes=(EchoData("agathe_rousselin", When(32, 10, 15), "C’est juste. Je montre en couleur pour être comprise."),),
    ),
    # the calendar of money
    DifficultyData(
        key="d-devis-du-dix",
        by="corinne_estevan",
        words="Le devis doit être signé avant le 10 pour passer sur l’année. Les parents que je voudrais entendre ne se "
        "réunissent que le 15.",
        when=When(27, 11, 40),
        balises=("S5:contredit", "C3:nuance"),
        echoes=(
            EchoData("nadia_belkacem", When(26, 17, 20), "Pour le forum, c’était le 30 septembre et le 2 octobre."),
            EchoData("hortense_gaillac", When(24, 9, 0), "Le 10 vient de chez nous. On peut parler du 10."),
        ),
    ),
    DifficultyData(
        key="d-six-semaines-ete",
        by="laurence_aubuis",
        words="Notre appel à projets laissait six semaines, en plein été. Ont répondu ceux qui avaient un dossier prêt. Pas "
        "forcément ceux qui en avaient besoin.",
        when=When(132, 15, 25),
        balises=("S5:contredit", "C6:nuance"),
    ),
    DifficultyData(
        key="d-subvention-annuelle",
        by="celeste_nantois",
        words="La subvention de l’atelier est votée en avril et l’atelier commence en septembre. Entre les deux je demande à "
        "l’animatrice de me croire sur parole.",
        when=When(233, 21, 50),
        balises=("C6:contredit", "E5:nuance"),
        echoes=(EchoData("killian_desforges", When(230, 14, 0)),),
    ),
    DifficultyData(
        key="d-reporter",
        by="fatou_delmas",
        words="On plante à l’automne et le budget se ferme à l’automne. Chaque année nous commandons des arbres avant de "
        "savoir où les gens veulent bien s’en occuper.",
        when=When(52, 13, 20),
        balises=("S5:illustre", "C6:illustre"),
        echoes=(EchoData("lucien_abry", When(51, 13, 0)),),
    ),
    # who decides, whom to ask
    DifficultyData(
        key="d-quatre-interlocuteurs",
        by="baptiste_granier",
        words="Pour livrer les écoles j’ai quatre numéros : un pour la commande, un pour le quai, un pour la facture, un pour les "
        "réclamations. Aucun ne sait ce que l’autre m’a dit.",
        when=When(64, 20, 40),
        balises=("C4:nuance",),
        echoes=(EchoData("ludovic_perchet", When(63, 15, 20), "Trois des quatre sont dans mon couloir."),),
    ),
    DifficultyData(
        key="d-trois-consignes",
        by="vincent_ibarrel",
        words="Trois élus m’ont donné trois consignes pour la même parcelle, à la même semaine près. J’ai instruit la troisième, "
        "parce que c’était la dernière.",
        when=When(106, 9, 25),
        balises=("C4:contredit", "C5:nuance"),
        echoes=(EchoData("malika_zerroug", When(104, 19, 0), "J’étais l’une des trois. Je ne connaissais pas les deux autres."),),
    ),
    DifficultyData(
        key="d-renvoyer",
        by="dylan_morvaux",
        words="La moitié de mes réponses commence par « il faut voir avec ». Je ne sais pas toujours avec qui, alors je donne le "
        "standard, et le standard c’est moi.",
        when=When(43, 12, 35),
        balises=("C4:nuance", "E4:nuance"),
        effect="Le soir j’ai l’impression d’avoir fait tourner les gens.",
        echoes=(EchoData("karim_sahli", When(42, 22, 5)), EchoData("marc_oudin", When(41, 8, 20))),
    ),
    DifficultyData(
        key="d-prise-du-jeudi",
        by="yvan_koenigs",
        words="Pour une prise électrique un jeudi soir, nous avons écrit à cinq adresses. La bonne personne était en congé et "
        "personne ne savait que c’était elle.",
        when=When(71, 22, 15),
        balises=("C4:contredit",),
    ),
    DifficultyData(
        key="d-deux-reunions",
        by="nadia_belkacem",
        words="Le même soir, la réunion des commerçants et celle des associations. Je suis attendue aux deux, et l’on m’en voudra "
        "dans celle où je ne serai pas.",
        when=When(13, 17, 50),
        balises=("C4:nuance", "E5:nuance"),
        effect="Je choisis celle où l’on crie le plus, et ce n’est pas une bonne raison.",
        echoes=(
            EchoData("rosalie_munier", When(12, 9, 5)),
            EchoData("malika_zerroug", When(3, 19, 15), "J’avais fixé la première, Hugo la seconde. Nous avons le même agenda."),
        ),
    ),
)
