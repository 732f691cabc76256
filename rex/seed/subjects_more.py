"""More subjects of seeded récits (see `rex.seed.subjects`)."""

from rex.seed.subjects import Subject

SUBJECTS_B = (
    Subject(
        ("E3", "C2", "V6", "S5"),
        ("Le portage de repas change d’horaire", "Manger à onze heures, {rue}", "Une tournée de trop"),
        (
            "La tournée des repas commençait {rue} et finissait à l’autre bout de la commune, une heure trop tard.",
            "{nombre} personnes reçoivent leur repas de nos mains, et parfois c’est la seule visite du jour.",
        ),
        (
            "{prenom} a fait la tournée avec nous un {jour}, sans prendre de notes.",
            "Nous avons inversé le sens. {petit} personnes ont mangé plus tôt qu’elles ne le voulaient.",
            "Une dame posait son assiette près de la fenêtre pour guetter la camionnette. Nous l’avons su après.",
            "Le cuisinier a accepté de finir à {heure}, à condition que les menus soient fixés le lundi.",
            "Au bout de {duree}, les plateaux revenaient moins pleins.",
            "Nous gardons deux minutes par porte. C’est écrit nulle part et tout le monde les prend.",
        ),
        (
            "Le logiciel de tournée compte les kilomètres, pas les conversations.",
            "Les familles, au téléphone, demandaient le contraire de ce que demandaient les personnes.",
            "Changer le sens obligeait {eq} à déplacer sa pause.",
        ),
        (
            "Nous montons dans la camionnette avant de dessiner une tournée.",
            "Deux minutes par porte doivent entrer dans le calcul, sinon elles disparaissent.",
        ),
    ),
    Subject(
        ("S1", "C5", "E2", "V5"),
        ("Louer la salle sans passer par trois bureaux", "La caution que l’on ne rendait pas", "Le cahier des salles"),
        (
            "Pour réserver une salle, une association passait par {petit} bureaux et payait un chèque que l’on gardait.",
            "Deux associations se sont retrouvées devant la même porte, un {jour}, avec la même convention signée.",
        ),
        (
            "{prenom} a mis le cahier des réservations sur une table, ouvert, où chacun peut écrire.",
            "Nous avons retiré la caution pour {duree}. Rien n’a été cassé.",
            "Une clé a été perdue {mois}. Elle était dans la boîte à lettres de la salle voisine.",
            "Le club de cartes a proposé d’ouvrir pour les autres à {heure}.",
            "{nombre} réservations ont été prises directement, sans appel {aeq}.",
            "Une seule fois, deux groupes ont voulu la même date. Ils se sont arrangés entre eux.",
        ),
        (
            "{Eq} craignait de ne plus savoir qui était dans les murs.",
            "La régie de recettes exige un encaissement, même remboursé.",
            "Les habitués occupaient les bonnes heures depuis des années sans l’écrire.",
        ),
        (
            "Un cahier ouvert vaut mieux qu’un logiciel fermé à dix-sept heures.",
            "Nous gardons la caution pour les mariages, et pour eux seuls.",
        ),
    ),
    Subject(
        ("E5", "C6", "S3", "V3"),
        ("La haie taillée trop tôt, {rue}", "Tailler après les nids", "Laisser pousser, et le dire"),
        (
            "Un habitant nous a montré un nid au milieu d’une haie que nous allions tailler {rue}.",
            "Le calendrier de taille n’avait pas bougé depuis {nombre} mois, et les printemps, si.",
        ),
        (
            "Nous avons arrêté le taille-haie et posé un panneau écrit à la main.",
            "Pendant {duree}, nous avons reçu {petit} lettres pour, et autant de lettres contre.",
            "{prenom} a expliqué devant l’école pourquoi l’herbe était haute. Les enfants ont compté les papillons.",
            "Un riverain a taillé lui-même, la nuit du {jour}.",
            "La tonte haute nous a pris deux passages de moins dans la saison.",
            "Au carrefour, il a fallu tailler quand même : on ne voyait plus les voitures.",
        ),
        (
            "« Ce n’est pas entretenu » : nous l’avons entendu tous les matins à {heure}.",
            "Les machines sont réglées pour couper ras, et le contrat d’entretien aussi.",
            "Tout le monde n’a pas la même idée d’un endroit propre.",
        ),
        (
            "Prévenir avant, au même endroit que les fleurs, avec une date de fin.",
            "Nous taillons les carrefours, et nous laissons le reste. C’est simple à dire.",
        ),
    ),
    Subject(
        ("C2", "V5", "E1", "S4"),
        ("Une nouvelle arrivée dans l’équipe", "Trois semaines en binôme", "Ce que l’on apprend sans le dire"),
        (
            "{prenom} partait à la retraite {mois}, avec des habitudes que personne n’avait écrites.",
            "Une collègue venait d’être recrutée, et son bureau n’était pas prêt.",
        ),
        (
            "Le binôme a duré {duree}, y compris sur les tournées de {heure}.",
            "La liste de ce qu’il fallait transmettre comptait {nombre} lignes, et l’essentiel n’y était pas.",
            "Elle a posé {petit} questions par jour. Les réponses ont changé nos propres façons de faire.",
            "Le {jour}, c’est elle qui a montré un raccourci du logiciel que nous ignorions.",
            "Nous avons dessiné la carte des gens à appeler, avec ce qu’il vaut mieux ne pas leur demander.",
            "Deux cartons d’archives ont trouvé preneur {aeq}.",
        ),
        (
            "Le poste ne pouvait pas être occupé deux fois : les finances comptaient un doublon.",
            "Il est difficile de montrer ce que l’on fait sans y penser.",
            "Nous avions promis un bureau, et elle a travaillé debout dix jours.",
        ),
        (
            "Deux semaines de doublon coûtent moins que six mois de tâtonnements.",
            "Demander à la personne qui arrive ce qui l’étonne, et l’écrire tout de suite.",
        ),
    ),
    Subject(
        ("V4", "S2", "C1", "E4"),
        ("Le marché du {jour} sous la halle", "Trois étals de moins", "Le placier et le droit de place"),
        (
            "Le marché perdait des étals depuis deux hivers, et le règlement n’avait pas bougé.",
            "Les forains demandaient l’électricité, les riverains demandaient le silence avant {heure}.",
        ),
        (
            "{prenom} a fait le tour des camions avec un thermos, avant le déballage.",
            "Nous avons offert {petit} mois de place à deux producteurs. L’un est resté.",
            "Le {jour} suivant, il y avait {nombre} clients à dix heures, et presque personne à midi.",
            "Un maraîcher a échangé sa place d’angle contre une prise de courant.",
            "{Eq} a tracé les emplacements au sol, puis les a retracés après la pluie.",
            "Les droits de place ont rapporté {euros} euros de moins, et les étals sont tous revenus.",
        ),
        (
            "Le règlement classe les forains par ancienneté, et un nouveau n’a jamais un bon emplacement.",
            "La halle ferme à une heure où les gens sortent du travail.",
            "Chacun voulait de nouveaux étals, ailleurs qu’à côté du sien.",
        ),
        (
            "Nous parlons aux forains avant le déballage : après, ils travaillent.",
            "Un essai de {duree} se décide en une réunion, un règlement en dix.",
        ),
    ),
    Subject(
        ("C6", "E2", "V6", "S5"),
        ("Des trottoirs que l’on ne voyait pas, {rue}", "Marcher avec un fauteuil, {rue}", "Le bateau mal placé"),
        (
            "Une habitante en fauteuil nous a invités à faire avec elle le trajet {derue} à la pharmacie.",
            "Le diagnostic d’accessibilité tenait en {nombre} pages, et personne ne l’avait marché.",
        ),
        (
            "Le trajet de dix minutes en a pris quarante, un {jour} de beau temps.",
            "{prenom} a poussé un fauteuil vide pendant {duree} et a noté chaque arrêt.",
            "Nous avons trouvé {petit} bateaux à deux centimètres de trop.",
            "{Eq} a repris le plus simple dans la semaine, avec un sac d’enrobé à froid.",
            "Les poubelles sorties à {heure} bloquent plus souvent que les bordures.",
            "Deux commerçants ont rentré leur panneau. Un troisième l’a fait repeindre.",
        ),
        (
            "Chaque bordure appartient à quelqu’un d’autre : la commune, le département, le bailleur.",
            "Reprendre un trottoir entier coûte {euros} euros, reprendre l’obstacle en coûte vingt fois moins.",
            "Nous n’avions jamais pensé aux poubelles, qui sont de notre service.",
        ),
        (
            "Une fois l’an, nous faisons le trajet avec quelqu’un qui en a besoin.",
            "Commencer par ce qui se répare avec un sac et une pelle.",
        ),
    ),
    Subject(
        ("V2", "E3", "C3", "S1"),
        ("La réunion publique où l’on s’écoute", "Vingt chaises en rond", "Ce que le micro change"),
        (
            "Nos réunions publiques rassemblaient {petit} habitués et trois élus derrière une table.",
            "Il fallait parler du projet {derue}, dont chacun avait déjà une idée arrêtée.",
        ),
        (
            "Nous avons mis les chaises en rond et rangé l’estrade. {nombre} personnes sont venues.",
            "{prenom} a commencé par lire une lettre d’habitante, sans la commenter.",
            "À {heure}, quelqu’un a proposé de sortir voir l’endroit. Presque tout le monde a suivi.",
            "Le compte rendu a été écrit à quatre mains et affiché le {jour} suivant.",
            "Les désaccords sont restés. Ils étaient écrits, avec le nom de ceux qui les portaient.",
            "Deux personnes qui ne s’étaient pas parlé depuis {duree} ont rempli une fiche ensemble.",
        ),
        (
            "Un élu a trouvé que l’on ne voyait plus qui décidait.",
            "Sans micro, on n’entend plus les voix basses. Avec, on n’entend que les autres.",
            "La salle était trop petite et nous avons refusé du monde.",
        ),
        (
            "Commencer par une chose vue, et non par un plan.",
            "Écrire les désaccords évite de les recommencer à chaque réunion.",
        ),
    ),
)
