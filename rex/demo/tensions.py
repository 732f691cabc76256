"""What comes back in Valombre: tensions that people named out of the difficulties that stand, each with its life."""

from rex.demo.shapes_groups import SeanceData
from rex.demo.shapes_tensions import (
    ArbitrageData,
    LinkData,
    PartyData,
    Recurring,
    StateData,
    TensionData,
    TrialData,
)
from rex.demo.shapes_together import MessageData, ThreadData, When
from rex.demo.territories import VALOMBRE

THURSDAY = 3
WHO = "hugo_thevenard"  # looks after the journal

TENSIONS = (
    # it comes back, in coopération
    TensionData(
        key="t-informer",
        collectif=VALOMBRE,
        title="Informer n’est pas associer",
        words="On apprend les décisions une fois prises, par une lettre, un bulletin ou une barrière. Celles et ceux qui savaient "
        "l’heure, le lieu ou le bon geste n’étaient pas dans la pièce.",
        by=WHO,
        named=When(143, 10, 20),
        difficulties=("d-case-cochee", "d-echafaudages", "d-serpilliere", "d-trois-cases"),
        life=(
            TrialData(
                by=WHO,
                words="Une réunion devant l’école des Tanneries, à 16 h 30, à la place de la salle du conseil à 19 h.",
                when=When(120, 11, 0),
                outcome="Quarante parents sont passés, dont la moitié jamais vus en réunion. Mais le plan était déjà en couleur.",
                gave=When(70, 9, 40),
            ),
            LinkData(by="fatou_delmas", difficulty="d-quarante-arbres", when=When(100, 14, 5)),
            LinkData(by=WHO, difficulty="d-bulletin", when=When(75, 9, 30)),
            LinkData(by="agathe_rousselin", difficulty="d-plan-fini", when=When(31, 16, 40)),
            TrialData(
                by="agathe_rousselin",
                words="Montrer le premier plan au crayon, sur place, avant de l’envoyer à qui que ce soit.",
                when=When(22, 15, 10),
            ),
            LinkData(by="jeanne_lartigue", difficulty="d-deja-faite", when=When(8, 21, 55)),
            LinkData(by="marc_oudin", difficulty="d-mot-cartables", when=When(7, 18, 5)),
        ),
    ),
    # put to work: a meeting is open on it
    TensionData(
        key="t-calendrier",
        collectif=VALOMBRE,
        title="Le calendrier de l’argent choisit à notre place",
        words="Un crédit qui tombe, un appel à projets d’été, un devis à signer le 10 : la date de l’argent arrive avant que l’on "
        "ait pu entendre les gens concernés.",
        by=WHO,
        named=When(50, 9, 15),
        difficulties=("d-subvention-annuelle", "d-six-semaines-ete", "d-reporter"),
        life=(
            LinkData(by="sylvie_kermarrec", difficulty="d-credit-juin", when=When(32, 19, 10)),
            LinkData(by="corinne_estevan", difficulty="d-devis-du-dix", when=When(27, 11, 50)),
            StateData(
                by=WHO,
                state="mise-au-travail",
                when=When(16, 11, 30),
                words="Chacun vient avec la date qui le presse, et avec ce qu’il ferait de trois semaines de plus.",
                seance=SeanceData(
                    weeks=2,
                    weekday=THURSDAY,
                    hour=13,
                    minute=30,
                    lead=WHO,
                    theme="Le calendrier de l’argent choisit à notre place",
                    place="Hôtel de ville, salle du marché",
                    agenda="- Ce qui compte pour chaque partie\n- Ce qui a déjà été tenté, et ce que cela a donné\n- Ce que chaque "
                    "partie peut donner",
                    preparation="- Quelle date vous a fait décider trop tôt ?\n- Qui l’avait fixée, et pour quoi ?",
                    kind="atelier",
                ),
            ),
            LinkData(by="ines_carle", difficulty="d-delai-serre", when=When(10, 9, 0)),
            TrialData(
                by="hortense_gaillac",
                words="Le 10 du mois devient le 10 ou le 25 : chaque service dit en janvier laquelle des deux dates lui sert.",
                when=When(5, 10, 30),
            ),
        ),
    ),
    # arbitrated, with what each party gives
    TensionData(
        key="t-samedi",
        collectif=VALOMBRE,
        title="L’AMAP du jeudi et le marché du samedi",
        words="La Ville a souhaité l’AMAP, puis le marché. L’une vit d’œufs, de fromage et de miel ; l’autre en a besoin pour "
        "commencer. Trois parties, trois enjeux.",
        by=WHO,
        named=When(55, 14, 0),
        difficulties=("d-sans-rien-en-face", "d-comptes-comme-obstacle", "d-en-notre-nom"),
        life=(
            TrialData(
                by="malika_zerroug",
                words="Une table à trois : l’AMAP, les producteurs, la Ville. Deux réunions, à 20 h, au local de l’AMAP.",
                when=When(52, 20, 45),
                outcome="Un éleveur a dit qu’il n’osait pas venir le samedi. Personne ne le savait.",
                gave=When(44, 10, 0),
            ),
            StateData(by=WHO, state="mise-au-travail", when=When(51, 9, 0)),
            ArbitrageData(
                by=WHO,
                decided="L’AMAP garde les œufs et le fromage, qui sont sous contrat jusqu’à la fin de l’année. Le miel passe au "
                "marché. La camionnette des paniers a une place le jeudi de 17 h à 20 h, et la chambre froide de l’AMAP sert aussi "
                "le vendredi soir, jusqu’à ce que l’on regarde ensemble en mars.",
                when=When(24, 17, 30),
                parties=(
                    PartyData(
                        "AMAP Les Paniers du Gué",
                        "Que le panier reste à 19 euros, sans perdre les familles qui viennent d’arriver",
                        "Ne plus vendre de miel, et ouvrir sa chambre froide le vendredi soir",
                    ),
                    PartyData(
                        "Producteurs du Haut-Gué et Ferme des Aulnes",
                        "Savoir en mars ce qui sera vendu en novembre, et n’avoir pas à choisir un camp",
                        "Tenir neuf étals le samedi jusqu’au printemps, pluie comprise",
                    ),
                    PartyData(
                        "Ville, commerce et marché",
                        "Que le centre revive le samedi, avec des gens qui produisent près d’ici",
                        "Une place de stationnement le jeudi, et venir à une distribution par mois",
                    ),
                ),
            ),
        ),
    ),
    # it calmed
    TensionData(
        key="t-retaper",
        collectif=VALOMBRE,
        title="Ce que l’un sait ne passe pas à l’autre",
        words="On retape, on recompte, on redemande : ce qu’un service sait reste dans son logiciel, dans une image ou "
        "dans une tête.",
        by=WHO,
        named=When(116, 11, 10),
        difficulties=("d-carte-des-bancs", "d-quatre-saisies", "d-remonte-nulle-part"),
        life=(
            LinkData(by="agathe_rousselin", difficulty="d-liste-retapee", when=When(65, 10, 0)),
            TrialData(
                by="annick_goasmat",
                words="Une seule feuille pour les changements d’adresse, que l’état civil, la cantine et l’eau ouvrent à "
                "tour de rôle.",
                when=When(49, 12, 40),
                outcome="Sept semaines sans oubli. La feuille a un nom et quelqu’un pour la tenir pendant les congés.",
                gave=When(13, 9, 0),
            ),
            StateData(
                by=WHO,
                state="apaisee",
                when=When(12, 16, 20),
                words="La liste du lundi arrive en tableau, les changements d’adresse tiennent sur une feuille. On regardera dans "
                "six mois pour les aides à domicile.",
            ),
        ),
    ),
    # it calmed, and came back
    TensionData(
        key="t-heures",
        collectif=VALOMBRE,
        title="Les heures que personne ne compte",
        words="Nuits, samedis, réunions de fin de journée : le service tient sur des heures qui ne sont écrites nulle part.",
        by=WHO,
        named=When(135, 15, 0),
        difficulties=("d-heures-de-nuit", "d-reunion-17h"),
        life=(
            LinkData(by="romuald_kaspar", difficulty="d-astreinte", when=When(92, 8, 10)),
            TrialData(
                by="delphine_cordon",
                words="Les réunions de projet passent à 13 h 30, et la nuit d’astreinte se compte dès le premier appel.",
                when=When(88, 10, 15),
                outcome="L’équipe de la Propreté est venue à trois réunions sur quatre.",
                gave=When(61, 9, 30),
            ),
            StateData(
                by=WHO, state="apaisee", when=When(60, 11, 0), words="L’astreinte est payée au premier appel depuis la rentrée."
            ),
            LinkData(by="adjoua_kouame", difficulty="d-quarante-minutes", when=When(19, 9, 55)),
            LinkData(by=WHO, difficulty="d-recuperer", when=When(18, 12, 0)),
        ),
    ),
    # to be watched: two voices only
    TensionData(
        key="t-fatigue",
        collectif=VALOMBRE,
        title="Celles qui portent n’osent plus dire qu’elles fatiguent",
        words="Plus une chose marche, plus il est difficile d’en partir.",
        by=WHO,
        named=When(54, 17, 45),
        difficulties=("d-onze-benevoles", "d-quatre-gilets"),
    ),
)

THREADS = (
    ThreadData(
        under="t-informer",
        messages=(
            MessageData(
                key="ti-1",
                by="sylvie_kermarrec",
                posture="question",
                text="Qu’est-ce qui nous ferait venir plus tôt, nous, dans un projet d’un autre service ? Je ne suis pas sûre que "
                "nous le fassions mieux entre nous qu’avec les habitants.",
                when=When(6, 18, 20),
            ),
            MessageData(
                key="ti-2",
                by="adjoua_kouame",
                posture="apport",
                text="Que l’on nous montre le lieu, pas le plan. Dix minutes sur place avec qui nettoie, et l’on sait "
                "déjà deux choses.",
                when=When(5, 12, 40),
                to="ti-1",
            ),
            MessageData(
                key="ti-3",
                by="jeanne_lartigue",
                posture="resonance",
                text="Je lis ici la même phrase écrite par la Voirie et par nous. Cela ne m’était jamais arrivé.",
                when=When(4, 22, 10),
            ),
        ),
    ),
)

IDEAS = (
    (VALOMBRE, "associer, concerter, demander avant, mettre dans la boucle"),
    (VALOMBRE, "à bout, fatiguer, ne plus y arriver, tirer sur la corde"),
    (VALOMBRE, "il faut voir avec, renvoyer, ce n’est pas nous, changer d’interlocuteur"),
)

RECURRING = Recurring(TENSIONS, THREADS, IDEAS)
