"""Water, kitchen, trees, the second territory: two threads began in the collectif, before their récit was opened to the réseau."""

from rex.demo.shapes_together import MessageData, ThreadData, When

THREADS = (
    ThreadData(
        under="fuite-rue-basse",
        messages=(
            MessageData(
                "e-fuite-1",
                "marc_oudin",
                "resonance",
                "L’enrobé, c’est nous. Je passe dessus aussi. Je n’avais pas compris avant de vous lire que les deux vannes "
                "étaient dessous et pas à côté.",
                When(176, 17, 20),
                section="faits",
                quote="La Voirie n’avait pas notre plan, nous n’avions pas leur calendrier, et l’entreprise avait fait ce qui "
                "était écrit.",
            ),
            MessageData(
                "e-fuite-2",
                "solange_petrel",
                "autre-regard",
                "J’avais l’affichette, c’est vrai. Elle était collée sur le rideau, et le rideau est levé quand j’arrive. Je l’ai "
                "lue le lendemain.",
                When(174, 15, 10),
                section="resistance",
                quote="Elle avait l’affichette, elle n’avait pas eu d’appel, et nous savions très bien à quelle heure on fait le "
                "pain.",
            ),
            MessageData(
                "e-fuite-3",
                "delphine_cordon",
                "question",
                "Romuald part dans quatre ans. Qui marche avec lui, à part Inès ?",
                When(170, 10, 30),
                section="affects",
                quote="Romuald part dans quatre ans et que la moitié du réseau part avec lui",
            ),
            MessageData(
                "e-fuite-4",
                "romuald_kaspar",
                "apport",
                "Personne pour l’instant. Je dicte, le vendredi, une rue par semaine. Il reste 140 rues.",
                When(168, 7, 50),
                to="e-fuite-3",
            ),
            MessageData(
                "e-fuite-5",
                "sebastien_hocq",
                "question",
                "Avez-vous un modèle de relevé pour la marche à deux ? Nous avons des buses que personne n’a vues depuis 1970.",
                When(138, 17, 30),
                audience="reseau",
                section="transferable",
                quote="La marche à deux avant de goudronner se fait partout, elle prend une heure pour 300 mètres.",
            ),
            MessageData(
                "e-fuite-6",
                "ines_carle",
                "apport",
                "Une feuille, trois colonnes : ce que dit le plan, ce que l’on voit, qui le savait. La troisième est la plus "
                "utile. Je vous l’envoie.",
                When(136, 9, 15),
                to="e-fuite-5",
                audience="reseau",
            ),
            MessageData(
                "e-fuite-7",
                "pierrick_saulne",
                "resonance",
                "« Qui le savait » : chez nous la réponse aurait été monsieur Fabre, page 14.",
                When(134, 20, 0),
                to="e-fuite-5",
                audience="reseau",
            ),
        ),
    ),
    ThreadData(
        under="cantine",
        messages=(
            MessageData(
                "e-cantine-1",
                "josiane_marchetto",
                "question",
                "Mireille et Sabrina, à 6 h, c’est sur leurs heures ou en plus ?",
                When(66, 15, 20),
                section="reconnaissances",
                quote="À Mireille et à Sabrina, à l’épluchage depuis 6 h.",
            ),
            MessageData(
                "e-cantine-2",
                "ludovic_perchet",
                "apport",
                "En plus les trois premières semaines. Sur leurs heures depuis, avec une heure de plonge en moins. J’aurais dû "
                "l’écrire.",
                When(65, 14, 30),
                to="e-cantine-1",
            ),
            MessageData(
                "e-cantine-3",
                "bruno_casals",
                "question",
                "Comment le contrôle de légalité a-t-il lu « légumes de saison, variété annoncée le vendredi » ? Nous hésitons "
                "depuis un an.",
                When(41, 10, 0),
                audience="reseau",
                section="faits",
                quote="Le lot dit maintenant « légumes de saison, 120 kilos par semaine, variété annoncée le vendredi ».",
            ),
            MessageData(
                "e-cantine-4",
                "maryvonne_guehen",
                "resonance",
                "Deux après-midi à lire à voix haute. Je l’ai proposé pour le transport, nous avons tenu quarante minutes, et ces "
                "quarante minutes ont servi.",
                When(30, 18, 45),
                audience="reseau",
                section="transferable",
                quote="Relire un cahier des charges à trois, à voix haute, avec celui qui livre et celui qui cuisine.",
            ),
        ),
    ),
    ThreadData(
        under="arbres-jardiniers",
        messages=(
            MessageData(
                "e-arbres-1",
                "raymond_escoffet",
                "autre-regard",
                "« La promesse d’arroser », oui. Mais vos tournées de 5 h arrosaient derrière moi, et je l’ai pris pour un "
                "congé. Je l’ai écrit de mon côté.",
                When(93, 20, 15, any_day=True),
                section="faits",
                quote="L’équipe a pris la citerne de 1 000 litres et fait la tournée à partir de 5 h, cinq jours sur sept, à la "
                "place des massifs.",
            ),
            MessageData(
                "e-arbres-2",
                "lucien_abry",
                "resonance",
                "On aurait dû laisser un mot sur l’étiquette. On a fait à votre place sans le dire, comme on nous fait à nous.",
                When(91, 13, 10),
                to="e-arbres-1",
            ),
            MessageData(
                "e-arbres-3",
                "claire_vasselin",
                "question",
                "Si nous plantons quarante, où allons-nous les choisir, et avec qui ? J’étais à la réunion des cent.",
                When(88, 9, 40),
                section="resistance",
                quote="Nous aurions dit quarante.",
            ),
            MessageData(
                "e-arbres-4",
                "fatou_delmas",
                "apport",
                "Avec les cages d’escalier qui ont déjà un tuyau. Théo les a notées pendant la tournée, il y en a sept.",
                When(86, 13, 30),
                to="e-arbres-3",
            ),
        ),
    ),
    ThreadData(
        under="covoiturage",
        messages=(
            MessageData(
                "e-covoit-1",
                "josiane_marchetto",
                "resonance",
                "Au téléphone elle entend qui ne va pas bien. Chez nous ce sont les volets. Il faudrait que nos deux métiers se "
                "parlent.",
                When(15, 14, 20),
                audience="reseau",
                section="faits",
                quote="Au téléphone elle entend qui ne va pas bien.",
            ),
            MessageData(
                "e-covoit-2",
                "lucette_armandou",
                "apport",
                "Le mien sonne de 8 h à 10 h. Appelez, on parlera, j’ai un carnet.",
                When(13, 18, 30, any_day=True),
                to="e-covoit-1",
                audience="reseau",
            ),
            MessageData(
                "e-covoit-3",
                "benedicte_halimard",
                "question",
                "Qu’est-ce que la page photographiée ne montre pas au financeur, et que vous auriez voulu qu’il voie ?",
                When(9, 11, 10),
                audience="reseau",
                taken_by="eulalie_bouvard",
                taken=When(6, 10, 0),
            ),
        ),
    ),
    ThreadData(
        under="crue",
        messages=(
            MessageData(
                "e-crue-1",
                "patricia_brunelle",
                "resonance",
                "C’est moi qui ai tapé le registre. J’ai tapé la page 14. J’ai tapé aussi la réponse en une ligne.",
                When(81, 11, 0),
                section="resistance",
                quote="La réponse du bureau d’études tient en une ligne : « observation sans incidence ».",
                audience="reseau",
            ),
            MessageData(
                "e-crue-2",
                "laurence_aubuis",
                "apport",
                "Les services de l’État lisent le registre, rarement la personne. J’ai demandé que les auteurs d’observations "
                "techniques soient rappelés avant l’avis. C’est en discussion.",
                When(70, 15, 40),
                audience="reseau",
            ),
        ),
    ),
    ThreadData(
        under="d-reunion-17h",
        messages=(
            MessageData(
                "e-17h-1",
                "agathe_rousselin",
                "question",
                "13 h 15, sur le lieu, debout, une demi-heure : est-ce que cela irait à l’équipe ?",
                When(134, 9, 20),
            ),
            MessageData(
                "e-17h-2",
                "adjoua_kouame",
                "apport",
                "12 h 30, pendant le temps de travail. Après 13 h c’est encore du rab.",
                When(133, 12, 40),
                to="e-17h-1",
            ),
        ),
    ),
)
