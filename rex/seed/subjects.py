"""What a seeded récit may be about: town-hall life, each subject with its own titles and sentences.

Slots are filled by `rex.seed.compose`: {rue} a place, {eq} {deq} {aeq} a team with its article, {prenom} a person, {petit} a
small number in words, {nombre} a larger one, {jour} {heure} {mois} {duree} times, {euros} an amount."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One thing that happens in a territory; `codes` are the balises that it may speak of."""

    codes: tuple[str, ...]
    titles: tuple[str, ...]
    context: tuple[str, ...]
    facts: tuple[str, ...]
    trouble: tuple[str, ...]
    learnt: tuple[str, ...]


SUBJECTS_A = (
    Subject(
        ("C1", "C3", "S2", "V1"),
        ("Déplacer les bancs, {rue}", "Les bancs que personne n’utilisait, {rue}", "S’asseoir à l’ombre, {rue}"),
        (
            "Les bancs {derue} dataient d’un plan que plus personne n’avait sous la main.",
            "Une lettre signée de {nombre} riverains demandait des bancs là où il y en avait déjà.",
        ),
        (
            "{prenom} a dessiné à la craie les places que les gens prenaient vraiment.",
            "Nous avons déplacé {petit} bancs un {jour} matin, sans marché, avec un chariot prêté.",
            "À {heure}, une dame a essayé le banc avant que les vis soient serrées.",
            "Pendant {duree}, nous avons compté qui s’asseyait : {nombre} personnes, contre une dizaine auparavant.",
            "Deux bancs sont revenus à leur place, parce qu’ils gênaient la poussette d’une voisine.",
            "Le nouvel emplacement est à l’ombre jusqu’à midi, ce que le plan ne disait pas.",
        ),
        (
            "Le gestionnaire du parc voulait une délibération pour chaque banc.",
            "Un commerçant craignait que l’on s’assoie devant sa vitrine toute la journée.",
            "Les scellements d’origine ont résisté plus que nous.",
        ),
        (
            "Nous essayons d’abord avec un banc posé, et nous scellons un mois plus tard.",
            "Regarder une heure où les gens s’assoient vaut {petit} réunions de quartier.",
        ),
    ),
    Subject(
        ("E2", "C4", "S1", "V2"),
        ("Le compost {derue} déborde", "Qui vide le bac de compost, {rue}", "Un compost partagé en pied d’immeuble"),
        (
            "Le bac de compost {derue} a été posé {mois}, avec une affiche et deux référents.",
            "{nombre} foyers avaient demandé un bio-seau. Personne n’avait demandé à s’occuper du bac.",
        ),
        (
            "Au bout de {duree}, le bac était plein et les référents en vacances.",
            "{prenom} a tourné le tas sans aide, un {jour}, avec une fourche empruntée {aeq}.",
            "Nous avons affiché un planning. {petit} noms la première semaine, aucun la troisième.",
            "Une locataire a proposé d’échanger un tour de fourche contre un sac de terreau. Cela a pris.",
            "L’odeur venait du broyat qui manquait, et le broyat dormait dans la cour {deq}.",
            "Depuis, {eq} dépose un big-bag de broyat chaque premier {jour} du mois.",
        ),
        (
            "Le bailleur voyait surtout les rats, dont nous n’avons trouvé aucune trace.",
            "Nous avions formé des référents sans leur demander ce qu’ils feraient en août.",
            "Le règlement de copropriété interdit de stocker du broyat dans le local.",
        ),
        (
            "Un bac sans broyat est une poubelle. Nous livrons désormais les deux ensemble.",
            "Nous demandons qui vient en août avant de demander qui vient en mai.",
        ),
    ),
    Subject(
        ("S5", "C2", "E4", "V4"),
        ("La fibre coupée par notre pelle, {rue}", "Un plan qui ne disait pas tout, {rue}", "Trois réseaux dans la même tranchée"),
        (
            "Trois chantiers étaient prévus {rue} la même année, chacun dans son logiciel.",
            "Nous devions remplacer {nombre} mètres de canalisation avant l’hiver.",
        ),
        (
            "Le {jour} à {heure}, la pelle a coupé une fibre qui n’était sur aucun plan.",
            "{nombre} foyers ont perdu la connexion pendant {duree}.",
            "{prenom} a fait toutes les portes avec un numéro de téléphone écrit à la main.",
            "L’opérateur nous a donné un plan à jour le lendemain. Il l’avait depuis un an.",
            "{Eq} et nous avons rouvert la tranchée une seule fois au lieu de trois.",
            "Le revêtement a été refait un {jour}, par temps sec, avec {petit} jours d’avance.",
        ),
        (
            "Chacun pouvait prouver qu’il avait envoyé son plan. Personne ne pouvait prouver qu’il l’avait lu.",
            "L’assurance demande un responsable unique, et il y en avait quatre.",
            "Refermer vite arrangeait les commerçants, rouvrir plus tard n’arrangeait personne.",
        ),
        (
            "Nous marchons la rue à plusieurs avant de creuser. Une heure suffit.",
            "Le calendrier commun tient sur une feuille, dans le couloir, et non dans un logiciel.",
        ),
    ),
    Subject(
        ("C3", "E1", "V3", "S4"),
        ("Ouvrir la médiathèque le dimanche", "Un dimanche sur deux à la médiathèque", "Des clés et des livres"),
        (
            "La médiathèque fermait quand les familles étaient libres. Nous le savions depuis longtemps.",
            "Une enquête de {nombre} réponses demandait le dimanche, et {petit} agents étaient d’accord pour essayer.",
        ),
        (
            "Le premier dimanche, {nombre} personnes sont entrées, dont beaucoup que nous ne connaissions pas.",
            "{prenom} a tenu l’accueil avec une bénévole qui n’avait jamais vu le logiciel de prêt.",
            "Les prêts ont baissé le {jour}. Le total du mois a monté de peu.",
            "Un père est resté de {heure} à la fermeture, avec trois enfants et un seul livre.",
            "Nous avons fermé une demi-journée en semaine pour rendre les heures.",
            "Les étudiants ont demandé du silence, les familles ont demandé un coin pour le bruit.",
        ),
        (
            "Les deux agents du samedi ont eu le sentiment que l’on décidait de leurs dimanches.",
            "Le chauffage du bâtiment est programmé pour six jours, et personne n’avait le code.",
            "La prime de dimanche ne concerne pas les contractuels. Ce n’était pas dit au début.",
        ),
        (
            "Nous écrivons le planning à {petit} mois, sinon les volontaires s’épuisent.",
            "Compter les entrées ne suffit pas : il faut demander pourquoi les gens sont venus.",
        ),
    ),
    Subject(
        ("C5", "E3", "S1", "V6"),
        ("Le formulaire de {nombre} cases", "Une demande de place en crèche, de bout en bout", "Ce que l’on demandait deux fois"),
        (
            "Notre formulaire demandait {petit} pièces, dont deux que la mairie possède déjà.",
            "Les familles revenaient au guichet pour une signature, souvent sur leur temps de repas.",
        ),
        (
            "{prenom} a rempli le dossier comme une famille le ferait, et a renoncé à la page 3.",
            "Nous avons lu {nombre} dossiers refusés. La plupart l’étaient pour une photocopie.",
            "{Eq} a accepté que la quittance soit montrée et non conservée.",
            "Le nouveau formulaire tient sur une page. Il manque encore la version pour ceux qui ne lisent pas.",
            "En {duree}, le délai est passé de cinq semaines à deux.",
            "À {heure}, le {jour}, il n’y avait plus de file. Nous avons cru à une erreur.",
        ),
        (
            "Une case supprimée servait à une statistique que l’on nous réclame une fois l’an.",
            "Les plus anciens d’entre nous avaient inventé ces cases pour de bonnes raisons.",
            "Le logiciel refuse d’enregistrer sans le numéro que nous ne demandons plus.",
        ),
        (
            "Avant d’ajouter une case, nous disons qui la lira et quand.",
            "Faire remplir le dossier par quelqu’un du service voisin montre tout en dix minutes.",
        ),
    ),
    Subject(
        ("V1", "C1", "E5", "S2"),
        ("La rue fermée pendant l’école, {rue}", "Vingt minutes sans voitures, {rue}", "Ce que les riverains ont fait du portail"),
        (
            "Les parents {derue} demandaient depuis deux ans que la rue soit fermée à l’entrée des classes.",
            "Deux accrochages sans gravité avaient eu lieu {mois}, à quelques jours d’écart.",
        ),
        (
            "Nous avons posé {petit} barrières le {jour} à {heure}, et {prenom} a veillé à côté.",
            "Le premier matin, une voiture de livraison a attendu vingt minutes, moteur éteint.",
            "Les enfants ont pris le milieu de la chaussée en moins d’une semaine.",
            "{nombre} vélos ont été comptés le dernier jour, contre une poignée au début.",
            "Un riverain a sorti sa chaise. Un autre a sorti son avocat.",
            "La barrière mobile pèse trop lourd pour la personne qui la ferme le plus souvent.",
        ),
        (
            "Les parents qui viennent de loin ont été prévenus par un mot qui est resté dans les cartables.",
            "{Eq} craignait le report des voitures dans la rue voisine. Il a eu lieu, un peu.",
            "Personne ne voulait être celui qui ferme, le matin, devant tout le monde.",
        ),
        (
            "Nous allons d’abord voir le lieu à l’heure où il sert.",
            "Il faut {petit} adultes pour que ce ne soit jamais le même qui ferme.",
        ),
    ),
    Subject(
        ("E4", "V4", "C6", "S3"),
        ("Le chauffage de la salle des fêtes", "Baisser d’un degré, {rue}", "Qui a la main sur la chaudière"),
        (
            "La facture de gaz avait doublé, et la consigne était de baisser partout d’un degré.",
            "Le gymnase {derue} était chauffé la nuit. Personne ne l’avait décidé.",
        ),
        (
            "{prenom} a posé {petit} thermomètres, et les a relevés chaque {jour} pendant {duree}.",
            "La salle du bas était à 16, celle du haut à 24, avec la même consigne.",
            "Un joint de fenêtre à quelques euros a fait plus que le changement de programmateur.",
            "Les associations ont accepté de commencer à {heure} au lieu d’attendre que la salle chauffe.",
            "Sur la saison, nous avons économisé {euros} euros. Une moitié vient d’un hiver doux.",
            "Le contrat prévoyait {nombre} visites par an. Il y en avait eu deux.",
        ),
        (
            "Le prestataire seul pouvait changer l’heure, sur devis.",
            "Les aînés du club avaient froid et ne le disaient pas, de peur de perdre la salle.",
            "Chaque service avait acheté son radiateur d’appoint.",
        ),
        (
            "Mesurer avant de baisser. Sans thermomètre, nous aurions puni la mauvaise salle.",
            "Nous demandons le mode d’emploi à la livraison, et nous le mettons dans la salle.",
        ),
    ),
)
