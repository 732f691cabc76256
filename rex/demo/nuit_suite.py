"""The rest of the discussion of `nuit_premiers_mois`, until these days, in the same writing."""

SECOND = """
malika_zerroug r: Samedi à 22 h 50 les terrasses se lèvent d’un coup, comme à la fin d’un film.

> solange_petrel a: Le patron du café range à la bougie. Ses clients trouvent cela beau. Lui, moins.

> nadia_belkacem q: Les soirs d’animation, qui demande l’allumage ? J’ai trois fêtes en juin et je ne sais pas à qui écrire.

>> marc_oudin a: À moi, dix jours avant. L’horloge se règle à la main, place par place.

>> nadia_belkacem r: Dix jours avant, une association ne sait pas encore si elle fait la fête.

>> marc_oudin q: Cinq jours, alors ?

>> nadia_belkacem r: Cinq jours, cela va.

rosalie_munier r: Je ferme la salle des fêtes à 23 h 30. La clé, je la trouve au toucher.

> gaetan_rioux a: Il y a un détecteur neuf au dépôt, prévu pour un vestiaire supprimé. Je peux vous le poser.

>> rosalie_munier r: Posé. On me voit chercher ma clé depuis la gare, maintenant.

mael_fortin q: Les agents de nuit ont-ils été prévenus avant ou après les habitants ?

> annick_goasmat a: Par le panneau lumineux, comme les habitants.

>> josiane_marchetto r: Par le noir, en ce qui nous concerne.

> delphine_cordon a: J’ai repris les plannings : trente et un agents commencent avant 6 h ou finissent après 23 h. La liste
n’existait pas.

>> mael_fortin r: Elle ressemble à la liste d’Hélène pour les coupures d’eau. Sept noms au mur, trente et un chez nous.

etienne_darmond a: Je donne les courriers reçus en six mois : 64 pour, 38 contre, et 112 photos de ciel. Je ne sais pas quoi
en faire.

> bertrand_lacaussade v [resistance: Au conseil, rallumer une rue passait pour reculer.]: Pas chez nous. Nous avons voté les
27 lampes. C’est
votre propre groupe qui parlait de reculer.

>> etienne_darmond r: C’est exact. J’ai écrit « au conseil » pour ne pas écrire « chez nous ».

> benedicte_halimard q: Les 38 viennent-ils des mêmes rues ?

>> etienne_darmond a: Vingt-deux du haut du Faubourg. Josiane l’avait dit, sans lettre.

hortense_gaillac q: Où va l’économie ? On me le demande à chaque réunion, et « au budget général » ne contente personne.

> ludovic_perchet r: À la cantine, si je peux rêver.

> karim_sahli a: Une partie sur le passage piéton de la rue des Aulnes, et l’on verrait que la nuit paie le matin.

>> claire_vasselin r: L’idée me plaît. Je ne peux pas la promettre, et cette fois je le dis.

> celeste_nantois a: Écrire sur une affiche ce que cela a payé, même petit. Deux abris perdus, un tournant allumé, le reste.

>> hugo_thevenard a: L’affiche est au marché depuis samedi. On me corrige les chiffres au stylo.

>> hortense_gaillac r: Ils ont raison pour l’un des deux.

fatou_delmas r: Un massif planté sous un lampadaire fleurissait trois semaines avant les autres. Plus maintenant. Les gens
demandent ce qu’on a changé.

> theo_quintard a: Rien. On a éteint.

ines_carle a: Pour ceux qui se posent la question des détecteurs : 380 euros par point, et ils s’allument pour les chats.

> yvan_koenigs r: Les chats de ma rue n’en demandaient pas tant.

> lucien_abry r: Les chats n’ont pas besoin de lumière, c’est bien fait.

> agathe_rousselin a: Sur un chemin, trois points suffisent si les arbres sont taillés. J’ai un plan.

>> lucien_abry q: Taillés quand ? Il y a des nids jusqu’à l’été.

>> agathe_rousselin r: Alors après l’été. Merci, je ne regardais que la lampe.

josiane_marchetto r: Cette semaine j’ai pris la passerelle à 22 h 40. Elle était allumée et j’étais seule. C’était mieux.

> samira_othmane r: Merci de le dire aussi quand cela va mieux.

> ines_carle r: C’est le premier message que je reçois sur une lampe qui marche.

jeanne_lartigue v [appris: j’avais un bon argument et je l’ai opposé à quelqu’un qui avait peur]: Je trouve le mot juste, et
je le lis
aussi comme une mère. La peur n’attend pas que l’argument soit bon.

> etienne_darmond r: Je ne savais pas faire les deux en même temps : tenir la décision et entendre.

>> jeanne_lartigue r: Vous avez rallumé une rue. C’est les deux.

dylan_morvaux a: Compté au comptoir depuis la rentrée : quatre demandes sur l’éclairage, contre trente l’an passé au même
moment.

> veronique_sabathe q: Parce que les gens s’habituent, ou parce qu’ils ne demandent plus ?

>> dylan_morvaux r: Je n’ai pas de colonne pour cela.

>> paulin_tessier a: Chez ceux que je visite, ils ne demandent plus. Ils rentrent plus tôt.

>> veronique_sabathe r: Voilà une chose que mes quatre demandes ne disent pas.

killian_desforges q: Nos ateliers du soir finissent à 21 h au lieu de 22 h. Quelqu’un d’autre a-t-il avancé ses horaires ?

> marguerite_solane a: Nous, d’une demi-heure.

> rosalie_munier a: La chorale, oui. Le tarot, jamais.

> nadia_belkacem a: Sept associations sur quarante-six. Je les ai appelées toutes.

>> killian_desforges r: Sept, ce n’est pas rien. Ce sont celles où l’on vient à pied.

vincent_ibarrel r: Mon fils m’a demandé le nom d’une étoile. J’ai cherché. Je ne pensais pas écrire cela dans un journal de
mairie.

> amelie_bonnafoux r: Écrivez-le. Les enfants l’ont dessiné, vous pouvez bien l’écrire.

romuald_kaspar a: Pour la recherche de fuites, le noir est mieux : on entend. Je sais que ce n’est pas un argument.

> helene_prat r: C’en est un. Tu l’as gardé un an.

laurence_aubuis a: Trois communes du département nous demandent votre délibération. Je leur envoie plutôt ce fil, avec votre
accord.

> hugo_thevenard a: Le fil n’est lu que par les membres. Le récit peut être ouvert par ses auteurs, le fil resterait ici.

>> laurence_aubuis r: C’est entendu. Alors je raconterai la marche de nuit, qui appartient à tout le monde.

>> ines_carle r: Nous en parlons tous les deux, avec le maire, avant d’ouvrir.

hugo_thevenard a: La marche de nuit a eu lieu : vingt-six personnes, deux heures, quatre rues où l’on ne se parle plus. Le
plan est au marché.

> bertrand_lacaussade r: J’y étais. J’ai été surpris par le nombre d’endroits où le noir ne gênait personne.

> linh_aubertin r: Et par le nombre d’endroits où il gêne seulement certaines d’entre nous.

>> bertrand_lacaussade r: Oui. J’ai marché derrière, j’ai vu qui se retournait.

> etienne_darmond q: Quelles sont les quatre rues ?

>> hugo_thevenard a: Haut du Faubourg, venelle du lavoir, sente des Aulnes, et le passage derrière la salle des fêtes.

>> marc_oudin a: Le haut du Faubourg a sa propre armoire. Je chiffre, sans rien annoncer.

raymond_escoffet r: J’ai 71 ans et je sors le chien à 23 h. Je vois mieux depuis que l’on éteint, une fois que l’œil s’y est
fait.

> aicha_ferhati r: Moi l’œil s’y fait, c’est le reste qui ne s’y fait pas.

>> raymond_escoffet r: Je sors à 23 h, si vous voulez que l’on fasse le tour ensemble un soir.

>> aicha_ferhati r: Mardi. Je prends des boîtes de soupe pour le chien.

nicolas_vidalenc a: Le marché d’entretien se renouvelle dans un an. C’est là qu’il faut écrire 4 h 30, 23 h 30 et les quatre
rues.

> marc_oudin q: Qui tient la plume ? Si c’est moi seul, il y aura des points lumineux et pas d’heures.

>> nicolas_vidalenc a: À trois, à voix haute, avec quelqu’un qui rentre à pied. Cela a marché pour les poireaux.

>> josiane_marchetto r: Je veux bien être celle qui rentre à pied.

>> sylvie_kermarrec a: Alors ce sera sur vos heures, et écrit avant.

gaetan_rioux r: Un monsieur m’a remercié pour une lampe. Je lui ai dit que je n’y étais pour rien, puis je me suis souvenu que
si.

> fatou_delmas r: Garde-le.

adjoua_kouame q: Un an après, est-ce que l’on regarde ce qui a changé, ou est-ce que l’on attend la prochaine facture ?

> hortense_gaillac a: La facture arrive en février. Je préférerais que l’on regarde avant.

> benedicte_halimard a: Je peux relire ce fil et rendre une page, avec les désaccords tels quels.

>> adjoua_kouame r: Avec les heures, surtout. Tout est une question d’heures.

malika_zerroug r: Une commerçante éteint sa vitrine à minuit et la rallume à 6 h. Elle dit que c’est pour les boulangers.

> solange_petrel r: Je la salue tous les matins, je ne savais pas pourquoi elle le faisait.

samira_othmane a: Madame Ribaud a lu le récit, que ses auteurs lui ont porté. Elle dit que c’est beaucoup de mots pour une
lettre.

> etienne_darmond r: Elle a raison. C’est aussi qu’il n’y en avait eu qu’une.

>> samira_othmane r: Elle demande si le tournant du dépôt est allumé. J’ai dit oui, à 4 h 30.

corinne_estevan a: Pour le car de 23 h 12 : l’éclairage de la place tient maintenant jusqu’à 23 h 30. Le chauffeur l’a
remarqué le premier soir.

> jeanne_lartigue r: Ma fille aussi.

> hortense_gaillac r: 2 900 euros. Je les ai écrits en clair dans le budget, avec le mot « car ».

annick_goasmat q: Si une lettre comme celle de madame Ribaud revient, à qui dois-je la porter, pour qu’elle ne mette pas
quatre jours ?

> sylvie_kermarrec a: À moi, le matin même, par l’escalier.

>> annick_goasmat r: Par l’escalier, je note.

yvan_koenigs r: Le guirlandier de l’AMAP, c’est moi. On m’appelle comme cela, maintenant.

> celeste_nantois r: On t’appelait déjà autrement.

delphine_cordon a: Les trente et un sont devenus vingt-huit : trois prises de poste décalées d’une demi-heure, à leur demande.

> adjoua_kouame r: Une demi-heure, c’est le jour qui arrive. Merci.

karim_sahli q: Et l’on fera quoi, l’an prochain, si le prix baisse ? On rallume, ou on garde les étoiles ?

> theo_quintard r: On garde la chouette.

>> etienne_darmond r: Le conseil n’a pas encore entendu la chouette. Je l’inviterai.

> bertrand_lacaussade q: Voterons-nous, cette fois, après avoir marché ?

josiane_marchetto r: Ce soir, dans le haut du Faubourg, une lampe sur deux. Je ne sais pas qui a fait cela, et je suis rentrée
sans courir.

> ines_carle a: Essai d’un mois. Nous n’avions rien annoncé pour ne pas promettre.

>> josiane_marchetto r: Annoncez-le à celles qui rentrent. Pour les autres, vous pouvez attendre.
"""
