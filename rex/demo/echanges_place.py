"""The market, the AMAP, the place du Gué, the forum: what the others saw."""

from rex.demo.shapes_together import MessageData, ThreadData, When

THREADS = (
    ThreadData(
        under="marche-mairie",
        messages=(
            MessageData(
                "e-mairie-1",
                "marguerite_solane",
                "autre-regard",
                "Ce n’est pas le coup de téléphone qui manquait. C’est la question. On ne nous a pas demandé ce que pèse le "
                "fromage, on nous a demandé de l’enlever.",
                When(90, 22, 0, any_day=True),
                section="faits",
                quote="Elle est partie sans coup de téléphone.",
            ),
            MessageData(
                "e-mairie-2",
                "malika_zerroug",
                "resonance",
                "Oui. Nous avions la réponse avant d’avoir la question, et nous l’avons postée.",
                When(87, 19, 10),
                to="e-mairie-1",
            ),
            MessageData(
                "e-mairie-3",
                "rachid_amrane",
                "question",
                "Pourquoi un marché de plus quand six rideaux sont baissés ? Qui a demandé aux quinze rideaux ?",
                When(85, 14, 0),
                section="contexte",
                quote="six rideaux sur quinze sont baissés",
            ),
            MessageData(
                "e-mairie-4",
                "nadia_belkacem",
                "apport",
                "Personne, vous avez raison. J’ai commencé le mois suivant, rideau par rideau. Onze sur quinze m’ont ouvert. Je "
                "vous donnerai ce qu’ils disent, avec leur accord.",
                When(82, 15, 30),
                to="e-mairie-3",
            ),
            MessageData(
                "e-mairie-5",
                "killian_desforges",
                "question",
                "Où en est le miel ? La proposition de l’AMAP date de deux mois et je ne vois pas la réponse.",
                When(16, 18, 10),
                mentions=("nadia_belkacem",),
            ),
        ),
    ),
    ThreadData(
        under="marche-amap",
        messages=(
            MessageData(
                "e-amap-1",
                "etienne_darmond",
                "autre-regard",
                "Je me souviens du chou rouge. Je n’ai pas vu la lettre avant qu’elle parte, et cela ne me dédouane pas : elle "
                "était à mon nom.",
                When(84, 20, 0),
                section="contexte",
                quote="Le maire était à notre première distribution, il avait pris un chou rouge.",
            ),
            MessageData(
                "e-amap-2",
                "gwenola_tardieu",
                "resonance",
                "C’est moi, la chevrière. En mars je sais, en novembre je dors. Personne à la mairie ne m’a parlé de mars.",
                When(80, 21, 15, any_day=True),
                section="resistance",
                quote="C’est ce qui permet à la chevrière de savoir en mars ce qu’elle vendra en novembre.",
            ),
            MessageData(
                "e-amap-3",
                "nicolas_vidalenc",
                "apport",
                "La place de stationnement du jeudi se donne par un arrêté d’une page. Je l’ai rédigé, il attend que quelqu’un "
                "dise qui le demande.",
                When(44, 9, 30),
                section="appris",
                quote="Nous proposons de retirer le miel, qui n’est sous aucun contrat, contre une place de stationnement le jeudi "
                "soir pour la camionnette.",
            ),
        ),
    ),
    ThreadData(
        under="place-fournil",
        messages=(
            MessageData(
                "e-fournil-1",
                "marc_oudin",
                "autre-regard",
                "La demande était passée en réunion, par l’union des commerçants, et on nous avait répondu « avant 8 h ». Nous "
                "n’avons pas demandé à la boulangerie : nous avons demandé à quelqu’un d’autre pour elle.",
                When(5, 8, 10),
                section="resistance",
                quote="Personne n’avait demandé à quelle heure on livre une boulangerie.",
            ),
            MessageData(
                "e-fournil-2",
                "gaetan_rioux",
                "question",
                "Et si la chaîne restait dans la main du fournil jusqu’à 7 h 30 ? La clé est la même partout.",
                When(4, 16, 50),
            ),
            MessageData(
                "e-fournil-3",
                "rachid_amrane",
                "question",
                "Pour ceux qui perdent, il y a une suite prévue, ou on attend que je m’habitue ? @Nadia Belkacem a parlé d’une "
                "place de dépose rue Basse.",
                When(3, 20, 30, any_day=True),
                mentions=("nadia_belkacem",),
                section="appris",
                quote="Pour Rachid, il n’y a pas de solution pour le moment et il faut le dire.",
            ),
        ),
    ),
    ThreadData(
        under="forum",
        messages=(
            MessageData(
                "e-forum-1",
                "killian_desforges",
                "resonance",
                "Notre table touchait celle du club de tarot. Ils viennent maintenant le mardi. Au stade nous nous serions salués.",
                When(72, 18, 30),
                section="appris",
                quote="Au stade elles étaient à cent mètres.",
            ),
            MessageData(
                "e-forum-2",
                "delphine_cordon",
                "question",
                "Qui a décidé, ce matin-là ? Si c’est une chargée de mission et une gardienne, seules, il faut le dire dans leur "
                "fiche de poste avant le prochain orage.",
                When(70, 11, 40),
            ),
            MessageData(
                "e-forum-3",
                "rosalie_munier",
                "apport",
                "Nous deux, sous la pluie. J’ai appelé le chef à 6 h 55, il a répondu à 8 h 20. Il a dit « très bien ».",
                When(69, 9, 0),
                to="e-forum-2",
            ),
            MessageData(
                "e-forum-4",
                "agathe_rousselin",
                "question",
                "Avez-vous gardé le plan des tables ? Je travaille sur la halle et je voudrais savoir ce qui se passe quand on "
                "est trop serré.",
                When(12, 10, 45),
            ),
        ),
    ),
    ThreadData(
        under="reunion-vide",
        messages=(
            MessageData(
                "e-vide-1",
                "raymond_escoffet",
                "autre-regard",
                "Je l’ai reçu, ce papier. Il disait « présentation du plan ». On ne va pas à une présentation pour changer "
                "quelque chose.",
                When(300, 19, 40, any_day=True),
                section="faits",
                quote="Beaucoup avaient reçu le papier. « J’ai cru que c’était décidé. »",
            ),
            MessageData(
                "e-vide-2",
                "karim_sahli",
                "question",
                "La table devant le tabac, à 7 h, la referiez-vous pour le haut du Faubourg ? Nous sommes plusieurs à pouvoir la "
                "porter.",
                When(7, 21, 40, any_day=True),
                section="faits",
                quote="La semaine suivante Hugo a posé une table et le plan devant le bureau de tabac, de 7 h à 9 h.",
            ),
            MessageData(
                "e-vide-3",
                "linh_aubertin",
                "apport",
                "Il y a une prise et un auvent devant la pharmacie. J’ai demandé, elle est d’accord.",
                When(6, 20, 15, any_day=True),
                to="e-vide-2",
            ),
        ),
    ),
    ThreadData(
        under="nettoyage-marche",
        messages=(
            MessageData(
                "e-balai-1",
                "nicolas_vidalenc",
                "apport",
                "Un avenant suffit pour l’horaire, si le prix ne bouge pas. Je croyais qu’il fallait attendre le renouvellement, "
                "j’ai relu l’article 9.",
                When(17, 9, 50),
                section="appris",
                quote="C’est possible au renouvellement, dans quatorze mois.",
            ),
            MessageData(
                "e-balai-2",
                "adjoua_kouame",
                "question",
                "Et pour les quarante minutes de mes trois collègues, il y a un article aussi ?",
                When(16, 12, 30),
                to="e-balai-1",
            ),
            MessageData(
                "e-balai-3",
                "solange_petrel",
                "resonance",
                "Du fournil on vous voit vous asseoir. C’est le moment où la rue devient calme et où on me prend encore dix pains.",
                When(15, 15, 0),
            ),
            MessageData(
                "e-balai-4",
                "malika_zerroug",
                "apport",
                "J’ai signé l’un des deux. Je ne savais pas pour l’autre.",
                When(14, 19, 30),
                section="resistance",
                quote="Ceux qui ont signé les deux ne sont pas les mêmes, et ils ne sont pas là le samedi.",
                withdrawn=When(12, 8, 30),
            ),
            MessageData(
                "e-balai-5",
                "adjoua_kouame",
                "resonance",
                "Merci de l’avoir écrit, même si vous l’enlevez demain.",
                When(13, 12, 50),
                to="e-balai-4",
            ),
        ),
    ),
)
