"""The guichet unique: a thread where people do not agree, closed by a synthèse that keeps the other views."""

from rex.demo.shapes_together import MessageData, SentenceData, SyntheseData, ThreadData, When

THREADS = (
    ThreadData(
        under="guichet-accueil",
        messages=(
            MessageData(
                "e-cahier-1",
                "paulin_tessier",
                "autre-regard",
                "« Discrètement », oui, et j’en suis. Mais nous n’avons jamais demandé que des situations y soient notées. Ce qui "
                "nous est dit derrière une porte est couvert par le secret. Sous un comptoir, il ne l’est plus.",
                When(44, 9, 40),
                section="faits",
                quote="tout le monde s’en servait, le CCAS aussi, en descendant discrètement",
            ),
            MessageData(
                "e-cahier-2",
                "annick_goasmat",
                "autre-regard",
                "Le secret, je l’ai prêté aussi, à l’état civil. Une dame me disait depuis trois passages que son mari ne la "
                "laissait plus sortir. Si je ne l’écris pas, le lundi d’après c’est Dylan, et elle recommence à zéro.",
                When(43, 12, 30),
                to="e-cahier-1",
                section="appris",
                quote="Le cahier nous a sauvés, mais il est plein de noms",
            ),
            MessageData(
                "e-cahier-3",
                "samira_othmane",
                "question",
                "Cette dame savait-elle que c’était écrit ?",
                When(43, 14, 5),
                to="e-cahier-2",
            ),
            MessageData(
                "e-cahier-4",
                "annick_goasmat",
                "resonance",
                "Non. Je n’ai pas su lui demander, il y avait onze personnes derrière.",
                When(42, 12, 25),
                to="e-cahier-3",
            ),
            MessageData(
                "e-cahier-5",
                "karim_sahli",
                "autre-regard",
                "Je suis peut-être dans ce cahier. Je viens tous les deux mois pour ma mère. Être reconnu me fait gagner vingt "
                "minutes, être écrit me gêne, et on ne m’a proposé ni l’un ni l’autre.",
                When(41, 22, 20, any_day=True),
                section="faits",
                quote="qui revient pour la troisième fois, qui ne sait pas lire, qui il faut rappeler",
            ),
            MessageData(
                "e-cahier-6",
                "veronique_sabathe",
                "resonance",
                "Nous n’avions pas imaginé que quelqu’un puisse se demander s’il y est. C’est la phrase qui me reste.",
                When(40, 12, 40),
                to="e-cahier-5",
            ),
            MessageData(
                "e-cahier-7",
                "sylvie_kermarrec",
                "question",
                "Si le cahier disparaissait demain, qu’est-ce qui casserait en premier ?",
                When(33, 19, 5),
            ),
            MessageData(
                "e-cahier-8",
                "dylan_morvaux",
                "apport",
                "Le rappel. On promet de rappeler et on rappelle grâce au cahier. Le reste, on s’en souvient à peu près à trois.",
                When(32, 12, 35),
                to="e-cahier-7",
            ),
            MessageData(
                "e-cahier-9",
                "laurence_aubuis",
                "apport",
                "Dans une autre ville on tient une fiche de rappel : un prénom, un numéro, une date, détruite le soir du rappel, "
                "et la personne la lit avant de partir. Je peux vous mettre en lien.",
                When(30, 16, 0),
            ),
            MessageData(
                "e-cahier-10",
                "paulin_tessier",
                "autre-regard",
                "Une fiche que la personne lit, cela m’irait. Un cahier, même fermé à clé, non. Je préfère perdre un rappel que "
                "la confiance d’une seule.",
                When(29, 9, 15),
                to="e-cahier-9",
                section="appris",
                quote="nous savons qu’il ne devrait pas rester sous un comptoir",
            ),
            MessageData(
                "e-cahier-11",
                "annick_goasmat",
                "autre-regard",
                "Et moi je ne sais pas laquelle j’ai le droit de perdre. Je continue à penser que ne rien écrire est aussi une "
                "façon d’abandonner quelqu’un.",
                When(28, 12, 20),
                to="e-cahier-10",
                section="faits",
                quote="On y note ce que le logiciel ne demande pas",
            ),
        ),
        synthese=SyntheseData(
            by="hugo_thevenard",
            when=When(22, 10, 30),
            sentences=(
                SentenceData(
                    "Le cahier tient parce qu’il permet de rappeler ; c’est cela qui casserait en premier.",
                    ("e-cahier-7", "e-cahier-8"),
                ),
                SentenceData(
                    "Personne n’avait prévu que les personnes notées puissent se demander si elles y sont.",
                    ("e-cahier-3", "e-cahier-4", "e-cahier-5", "e-cahier-6"),
                ),
                SentenceData(
                    "Deux idées du secret restent face à face : écrire trahit la confiance, ne rien écrire abandonne. Le fil "
                    "ne tranche pas.",
                    ("e-cahier-1", "e-cahier-2", "e-cahier-10", "e-cahier-11"),
                ),
                SentenceData(
                    "Une fiche de rappel que la personne lit avant de partir est la seule piste que les deux côtés acceptent "
                    "d’essayer.",
                    ("e-cahier-9", "e-cahier-10"),
                ),
            ),
        ),
    ),
    ThreadData(
        under="guichet-ccas",
        messages=(
            MessageData(
                "e-honte-1",
                "aicha_ferhati",
                "resonance",
                "Je n’y suis pas retournée non plus. Pas à cause des agents. À cause de la file, où il y a ma voisine.",
                When(35, 20, 40, any_day=True),
                section="faits",
                quote="Ensuite il faut dire à voix haute « c’est pour l’aide alimentaire » entre un passeport et un remboursement "
                "de piscine.",
            ),
            MessageData(
                "e-honte-2",
                "samira_othmane",
                "resonance",
                "Merci de l’écrire ici. Dites-moi où nous pourrions vous retrouver, ailleurs qu’au comptoir.",
                When(34, 9, 10),
                to="e-honte-1",
            ),
            MessageData(
                "e-honte-3",
                "aicha_ferhati",
                "apport",
                "Le jeudi, à la soupe. Sans badge et sans dossier. Vous épluchez et on parle.",
                When(33, 21, 0, any_day=True),
                to="e-honte-2",
            ),
            MessageData(
                "e-honte-4",
                "vincent_ibarrel",
                "question",
                "Quarante-quatre nouvelles demandes : d’où viennent-elles ? Si ce sont des gens qui n’osaient pas la porte, le "
                "comptoir a raison aussi.",
                When(31, 10, 20),
                section="faits",
                quote="Les deux chiffres sont vrais.",
            ),
        ),
    ),
    ThreadData(
        under="guichet-dgs",
        messages=(
            MessageData(
                "e-dgs-1",
                "veronique_sabathe",
                "resonance",
                "Le premier lundi, l’équipe a cru à une inspection. Le quatrième, on vous a demandé de tenir la porte.",
                When(28, 12, 10),
                section="appris",
                quote="Le lundi à 8 h je passe une heure au comptoir, côté public, sur une chaise.",
            ),
            MessageData(
                "e-dgs-2",
                "mael_fortin",
                "question",
                "Cette alerte avait-elle une autre porte que la vôtre ? À qui dit-on « ce n’est pas prêt » quand la date vient "
                "du deuxième étage ?",
                When(26, 11, 15),
                section="resistance",
                quote="la dernière alerte remontée de l’accueil avait reçu de ma part un « on verra après l’ouverture »",
            ),
            MessageData(
                "e-dgs-3",
                "sylvie_kermarrec",
                "apport",
                "Non, aucune autre. J’essaie ceci : en réunion de direction, le premier point est « ce que nous n’avons pas envie "
                "d’entendre ». Deux fois sur trois, silence. La troisième était utile.",
                When(25, 18, 40),
                to="e-dgs-2",
                former="Non. J’ai ouvert un point en réunion de direction pour cela.",
                edited=When(23, 18, 15),
            ),
            MessageData(
                "e-dgs-4",
                "mael_fortin",
                "resonance",
                "Un point de direction, c’est encore chez vous. Mais c’est un début.",
                When(24, 9, 50),
                to="e-dgs-3",
            ),
            MessageData(
                "e-dgs-5",
                "joachim_ravenel",
                "question",
                "Qui occupe l’heure que vous ne passez plus au deuxième étage ?",
                When(13, 16, 30),
            ),
            MessageData(
                "e-dgs-6",
                "etienne_darmond",
                "autre-regard",
                "C’est moi qui voulais une date pour le conseil. La courbe me convenait et je n’ai posé aucune question.",
                When(12, 19, 20),
                section="faits",
                quote="Pendant six semaines je l’ai montré en bureau municipal avec une courbe qui descendait.",
            ),
        ),
    ),
)
