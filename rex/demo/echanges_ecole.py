"""What was said under the récits of the school street and of the pédibus."""

from rex.demo.shapes_together import MessageData, ThreadData, When

THREADS = (
    ThreadData(
        under="rue-voirie",
        messages=(
            MessageData(
                "e-voirie-1",
                "hugo_thevenard",
                "question",
                "Qui, chez vous, aurait pu dire « attendons une semaine » sans que cela passe pour un retard ?",
                When(11, 9, 20),
                section="resistance",
                quote="Ce que nous pouvions serrer, c’était le délai laissé aux parents. Nous l’avons serré.",
            ),
            MessageData(
                "e-voirie-2",
                "marc_oudin",
                "apport",
                "Moi, sur le papier. Dans les faits je n’ai jamais vu quelqu’un demander le report d’une ligne de « petits "
                "aménagements ». Je ne savais pas que c’était possible avant de lire @Claire Vasselin.",
                When(10, 17, 10),
                to="e-voirie-1",
                mentions=("claire_vasselin",),
            ),
            MessageData(
                "e-voirie-3",
                "hortense_gaillac",
                "apport",
                "C’est possible jusqu’au 20 du dernier mois, avec deux lignes par e-mail. Nous n’avons jamais écrit cela "
                "quelque part où vous puissiez le lire. Je le fais cette semaine.",
                When(9, 11, 45),
                to="e-voirie-1",
            ),
            MessageData(
                "e-voirie-4",
                "jeanne_lartigue",
                "autre-regard",
                "Vous écrivez que le mot « part » le jeudi. Chez nous il arrive, ou pas. Sur les onze parents que nous "
                "sommes, quatre l’ont trouvé le dimanche soir, sous une banane. Le jeudi n’a pas existé.",
                When(9, 22, 30, any_day=True),
                section="faits",
                quote="Le mot part dans les cartables le jeudi.",
            ),
            MessageData(
                "e-voirie-5",
                "gaetan_rioux",
                "resonance",
                "Sous une banane. Je n’y avais pas pensé. Moi on m’avait dit « tout le monde est prévenu » et je l’ai répété "
                "au monsieur, ce qui l’a énervé encore plus.",
                When(8, 16, 40),
                to="e-voirie-4",
            ),
            MessageData(
                "e-voirie-6",
                "jeanne_lartigue",
                "resonance",
                "Je comprends mieux. Personne ne vous avait laissé autre chose à répondre.",
                When(7, 21, 20, any_day=True),
                to="e-voirie-5",
            ),
            MessageData(
                "e-voirie-7",
                "ines_carle",
                "apport",
                "J’ai recompté rue des Aulnes, à pied cette fois : 31 enfants entre 8 h 10 et 8 h 35, dont neuf seuls. Le "
                "tableau est affiché devant l’école, pas dans un dossier.",
                When(6, 9, 5),
            ),
            MessageData(
                "e-voirie-8",
                "fatou_delmas",
                "resonance",
                "Aux Espaces verts c’est l’automne qui décide pour nous. On plante avant d’avoir parlé.",
                When(5, 13, 15),
                section="resistance",
                quote="Le calendrier. La commande de barrières, la signature, les congés, rien de cela ne bougeait.",
            ),
            MessageData(
                "e-voirie-9",
                "samira_othmane",
                "question",
                "Et les familles qui ne lisent pas le français ? Le lotissement en compte six que nous suivons. Qui leur a "
                "parlé, finalement ?",
                When(5, 10, 30),
            ),
        ),
    ),
    ThreadData(
        under="rue-parents",
        messages=(
            MessageData(
                "e-parents-1",
                "marc_oudin",
                "autre-regard",
                "Nous avons rouvert parce qu’une ambulance n’avait pas pu passer le mardi. J’aurais dû l’afficher. Vous avez "
                "lu un renoncement, c’était une frayeur.",
                When(8, 17, 50),
                section="faits",
                quote="Mercredi, plus de barrières. Pas d’explication non plus.",
            ),
            MessageData(
                "e-parents-2",
                "karim_sahli",
                "resonance",
                "Je n’ai jamais su pour l’ambulance. Cela change la semaine entière, dans ma tête.",
                When(7, 22, 15, any_day=True),
                to="e-parents-1",
            ),
            MessageData(
                "e-parents-3",
                "linh_aubertin",
                "question",
                "Et pourquoi ne pas l’avoir écrit sur la barrière, ce jour-là, au feutre ?",
                When(7, 22, 40, any_day=True),
                to="e-parents-1",
            ),
            MessageData(
                "e-parents-4",
                "amelie_bonnafoux",
                "resonance",
                "À la porte de l’école on nous a tout demandé, à nous. Nous n’avions pas plus de réponses que vous, avec une "
                "blouse en plus.",
                When(6, 17, 25),
            ),
            MessageData(
                "e-parents-5",
                "claire_vasselin",
                "autre-regard",
                "Quatre courriers, c’est vrai, et j’ai répondu à trois. Je l’ai raconté dans mon récit. Je n’ai pas dit non, "
                "et c’est de cela que je réponds.",
                When(4, 8, 40),
                section="contexte",
                quote="Nous avons les courriers : quatre, dont deux avec accusé de réception.",
            ),
            MessageData(
                "e-parents-6",
                "nadia_belkacem",
                "apport",
                "Pour le forum nous faisons traduire le mot par quatre bénévoles de la Maison de quartier. Arabe, turc, "
                "portugais, tigrigna. Deux jours de délai, je peux donner les contacts.",
                When(4, 14, 10),
                section="faits",
                quote="Certains jamais : il n’existait qu’en français.",
            ),
        ),
    ),
    ThreadData(
        under="rue-adjointe",
        messages=(
            MessageData(
                "e-adjointe-1",
                "jeanne_lartigue",
                "question",
                "À quelle date saurons-nous si le passage est possible, impossible, ou remis ? Un « non » daté nous irait "
                "mieux qu’un « nous étudions ».",
                When(3, 21, 50, any_day=True),
                section="resistance",
                quote="Je n’ai pas su dire non clairement et le « nous étudions » a été pris pour un oui.",
            ),
            MessageData(
                "e-adjointe-2",
                "sylvie_kermarrec",
                "resonance",
                "Je connais cette signature debout. Chez moi c’est le parapheur de 18 h, trente pages, et la réserve est "
                "toujours page vingt-deux.",
                When(3, 18, 30),
            ),
            MessageData(
                "e-adjointe-3",
                "bertrand_lacaussade",
                "autre-regard",
                "Vous auriez pu le demander, et le conseil aurait pu le voir. La ligne a été votée en dix secondes, moi "
                "compris.",
                When(2, 22, 10, any_day=True),
                section="resistance",
                quote="le crédit, je pouvais demander à le reporter",
            ),
        ),
    ),
    ThreadData(
        under="pedibus",
        messages=(
            MessageData(
                "e-pedibus-1",
                "delphine_cordon",
                "question",
                "Combien d’autres heures comme celles-ci ne figurent nulle part dans les écoles ? Je ne demande pas un tableau, "
                "je demande si vous le savez.",
                When(57, 11, 0),
                section="faits",
                quote="Ce temps ne figurait nulle part.",
            ),
            MessageData(
                "e-pedibus-2",
                "corinne_estevan",
                "apport",
                "J’en connais trois, j’en devine cinq. Les remettre au planning a demandé une demi-journée par personne, pas "
                "plus.",
                When(55, 9, 30),
                to="e-pedibus-1",
            ),
            MessageData(
                "e-pedibus-3",
                "lucien_abry",
                "resonance",
                "Cent arbres, vingt-deux arrosoirs, puis quatorze. Le premier samedi on est tous là.",
                When(54, 13, 20),
            ),
        ),
    ),
)
