"""More difficulties noted alone: tools that do not talk, weariness, rules of buying, hours that nobody counts."""

from rex.demo.shapes_together import DifficultyData, EchoData, When
from rex.demo.territories import ORMELLE

DIFFICULTIES = (
    # tools that do not talk, knowledge that nobody keeps
    DifficultyData(
        key="d-quatre-saisies",
        by="annick_goasmat",
        words="Un changement d’adresse se saisit quatre fois : état civil, cantine, eau, listes électorales. J’en ai oublié une, "
        "et une famille a payé la cantine plein tarif pendant deux mois.",
        when=When(124, 12, 50),
        balises=("V4:nuance", "C4:nuance"),
        effect="Je suis retournée m’excuser. Depuis je note sur un papier collé à l’écran.",
        echoes=(
            EchoData("helene_prat", When(122, 10, 0), "La quatrième arrive chez nous par e-mail, et nous la retapons."),
            EchoData("samira_othmane", When(121, 9, 45)),
        ),
    ),
    DifficultyData(
        key="d-liste-retapee",
        by="agathe_rousselin",
        words="Le logiciel des permis et celui de la Régie ne se parlent pas. Chaque lundi je retape une liste d’adresses qu’on "
        "m’envoie en image.",
        when=When(66, 9, 5),
        balises=("S1:nuance",),
        echoes=(EchoData("romuald_kaspar", When(65, 7, 30)),),
    ),
    DifficultyData(
        key="d-carte-des-bancs",
        by="ines_carle",
        words="La carte des bancs existe, elle a été faite par un stagiaire. Il est parti avec le mot de passe, et nous "
        "recomptons les bancs.",
        when=When(198, 14, 30),
        balises=("S1:nuance", "C6:nuance"),
    ),
    DifficultyData(
        key="d-trajets-additionnes",
        by="eulalie_bouvard",
        collectif=ORMELLE,
        words="Chaque commune compte ses trajets à sa façon. Quand je les additionne, j’obtiens un nombre que personne ne "
        "reconnaît.",
        when=When(37, 17, 15),
        balises=("V4:contredit",),
        audience="reseau",
        echoes=(EchoData("hortense_gaillac", When(35, 11, 20), "Ici, deux services et trois totaux pour les mêmes repas."),),
    ),
    # the weariness of those who carry
    DifficultyData(
        key="d-onze-benevoles",
        by="marguerite_solane",
        words="Nous sommes onze pour 86 paniers, et cinq ont plus de 70 ans. Personne ne se présente au conseil, et personne "
        "n’ose partir.",
        when=When(83, 22, 25),
        balises=("E5:contredit",),
        echoes=(EchoData("jeanne_lartigue", When(80, 21, 10), "Onze parents aussi. Et les nôtres partent au collège."),),
    ),
    DifficultyData(
        key="d-formidable",
        by="lucette_armandou",
        collectif=ORMELLE,
        words="Quand je dis que je fatigue, on me répond que je suis formidable.",
        when=When(14, 18, 20),
        balises=("E5:contredit",),
        audience="reseau",
        echoes=(
            EchoData("ignace_thouvenel", When(13, 19, 0)),
            EchoData("aicha_ferhati", When(12, 20, 45), "Je l’ai entendu mot pour mot."),
            EchoData("amelie_bonnafoux", When(10, 17, 30)),
        ),
    ),
    DifficultyData(
        key="d-visites",
        by="killian_desforges",
        words="Nous sommes cités partout comme un exemple d’énergie. Chaque citation nous amène une visite à préparer, et la "
        "visite prend la place de l’atelier.",
        when=When(160, 18, 40),
        balises=("E5:nuance", "S2:contredit"),
    ),
    # rules of buying
    DifficultyData(
        key="d-trois-devis",
        by="theo_quintard",
        words="Pour douze binettes, il faut trois devis. Le temps des devis, l’herbe avait grainé.",
        when=When(183, 12, 10),
        balises=("S5:nuance",),
        echoes=(EchoData("rosalie_munier", When(181, 9, 15), "Pour des ampoules, j’en achète avec mon argent."),),
    ),
    DifficultyData(
        key="d-dire-local",
        by="nicolas_vidalenc",
        words="On me demande d’acheter local sans écrire « local ». J’invente des critères que tout le monde comprend et que "
        "personne ne doit nommer.",
        when=When(112, 10, 55),
        balises=("V6:contredit", "C5:nuance"),
        audience="reseau",
        echoes=(EchoData("bruno_casals", When(108, 18, 0)),),
    ),
    DifficultyData(
        key="d-portail-factures",
        by="gwenola_tardieu",
        words="La facture passe par un portail. J’ai trente-quatre chèvres et pas de réseau au Haut-Gué : je descends chez ma "
        "sœur pour déposer 90 euros.",
        when=When(57, 21, 20),
        balises=("V6:contredit",),
        echoes=(EchoData("rachid_amrane", When(56, 13, 50)), EchoData("baptiste_granier", When(56, 21, 0))),
    ),
    # nights, week-ends, hours that nobody counts
    DifficultyData(
        key="d-astreinte",
        by="romuald_kaspar",
        words="Sur le planning d’astreinte nous sommes cinq. La nuit, le téléphone sonne chez les deux qui savent où sont les "
        "vannes.",
        when=When(93, 7, 45),
        balises=("E5:contredit", "C6:nuance"),
        echoes=(EchoData("helene_prat", When(92, 9, 10)),),
    ),
    DifficultyData(
        key="d-reunion-17h",
        by="adjoua_kouame",
        words="Les réunions de projet sont à 17 h. Mon équipe finit à 13 h. On nous dit ensuite que la Propreté ne s’exprime pas.",
        when=When(139, 12, 45),
        balises=("C2:contredit", "E4:nuance"),
        effect="La dernière fois je suis restée quatre heures en ville à attendre.",
        echoes=(
            EchoData("joachim_ravenel", When(137, 16, 0), "J’ai fixé de ces séances. Je regarde maintenant qui dort à 14 h."),
            EchoData("josiane_marchetto", When(136, 15, 30)),
            EchoData("lucien_abry", When(100, 13, 30)),
        ),
    ),
    DifficultyData(
        key="d-recuperer",
        by="hugo_thevenard",
        words="Mes réunions publiques sont le soir et mes comptes rendus le matin. La règle dit que je récupère « selon les "
        "nécessités du service ». Les nécessités ne dorment pas.",
        when=When(19, 9, 55),
        balises=("E5:nuance",),
        echoes=(EchoData("mael_fortin", When(18, 11, 35)),),
    ),
    DifficultyData(
        key="d-dimanche-seule",
        by="soizic_pennalun",
        collectif=ORMELLE,
        words="Le dimanche je suis seule pour ouvrir, accueillir et fermer. Si quelqu’un ne va pas bien, je ne peux pas quitter "
        "le comptoir.",
        when=When(151, 18, 10),
        balises=("E5:nuance",),
        echoes=(EchoData("walid_haddache", When(150, 13, 20)),),
    ),
)
