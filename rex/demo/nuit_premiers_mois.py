"""Two hundred messages on one récit (« Éteindre de 23 h à 5 h »): the first hundred, in the weeks after it was published.

One message a paragraph: who, the posture (q, r, a, v), the passage quoted if any, the text. « > » answers the message that
began
the branch, « >> » the one before. `rex.demo.nuit` reads it and gives the dates."""

FIRST = """
samira_othmane q: Comment madame Ribaud a-t-elle su à qui écrire ? Je connais trois aides-soignantes qui ne l’auraient pas fait.

> etienne_darmond a: Elle a écrit à la mairie, service courrier. La lettre a mis quatre jours à monter.

> annick_goasmat r: C’est moi qui l’ai ouverte. Je l’ai posée au-dessus de la pile, je n’ai pas osé plus.

>> samira_othmane r: Au-dessus de la pile, c’est déjà quelque chose.

> josiane_marchetto a: Nous sommes sept à rentrer après 22 h 30. Aucune n’a de voiture. Personne n’a écrit.

>> ines_carle q: Pouvez-vous me donner les rues, sans les noms ?

>> josiane_marchetto a: Rue du Pont, les Tanneries, le haut du Faubourg. Surtout le haut du Faubourg.

solange_petrel a: J’arrive au fournil à 2 h. J’ai pris une lampe frontale, comme pour la spéléologie.

> rachid_amrane r: Je l’ai vue passer depuis la fenêtre, j’ai cru à un mineur.

> helene_prat r: Encore une heure de boulangerie que nous n’avions pas comptée.

>> solange_petrel r: Je vais finir par l’afficher sur la mairie.

bertrand_lacaussade v [contexte: Le conseil a voté l’extinction, 21 voix contre 6.]: J’étais des six. Non pas contre éteindre
: contre éteindre
sans avoir marché dehors une nuit.

> etienne_darmond r: Nous aurions pu marcher ensemble. Je ne l’ai pas proposé.

> malika_zerroug q: Si nous avions marché, le vote aurait-il changé, ou seulement les rues ?

>> bertrand_lacaussade a: Les rues. Cela me suffisait.

> hugo_thevenard a: Une marche de nuit, cela s’organise : trente personnes, deux heures, un plan. Je le propose pour l’automne.

marguerite_solane r: La distribution de l’AMAP finit à 20 h 30, nous rangeons jusqu’à 22 h. On se presse maintenant, et on se
parle moins.

> yvan_koenigs a: On a mis deux guirlandes sur batterie. On voit les poireaux, pas les visages.

>> celeste_nantois r: On voit très bien les poireaux.

theo_quintard r: J’ai vu une chouette sur le mur du cimetière. Avant, je ne savais pas qu’il y en avait.

> lucien_abry r: Il y en a toujours eu. C’est toi qu’on ne voyait pas la nuit.

> benedicte_halimard q: Qui d’autre a vu quelque chose revenir ? Je voudrais le noter à côté de la facture.

>> fatou_delmas a: Les hérissons rue des Tilleuls. Mais on a rallumé la rue des Tilleuls.

>> raymond_escoffet a: Ils y sont encore. Ils passent derrière les poubelles.

nicolas_vidalenc q [appris: il a fallu 9 000 euros pour le faire]: Sur quelle ligne ont-ils été pris ? Je ne les retrouve pas
au marché
d’entretien.

> ines_carle a: Sur les crédits de voirie, en urgence. C’est deux abris de car en moins.

>> nicolas_vidalenc r: Voilà un chiffre qui manquait à l’économie annoncée.

>> amelie_bonnafoux r: Les abris, c’était pour l’arrêt de l’école.

>> ines_carle r: Je sais.

> hortense_gaillac a: L’économie réelle de la première année est de 41 000 euros, une fois les 9 000 retirés. Je joins le
détail à qui le veut.

karim_sahli q [resistance: La Gendarmerie n’avait pas de chiffre, nous non plus, et tout le monde citait des chiffres.]:
Est-ce que quelqu’un
en a, aujourd’hui ?

> laurence_aubuis a: Dans les villes comparables, rien de net : ni plus ni moins de vols. La peur, elle, se mesure, et elle
monte au début.

>> karim_sahli r: Donc les deux ont raison, celui qui dit que rien n’arrive et celle qui a peur.

>> etienne_darmond r: J’aurais aimé l’avoir compris avant la lettre type.

> raymond_escoffet a: Un vélo volé rue du Pont en mars. Je le dis parce que tout le monde en parle comme s’il y en avait dix.

> dylan_morvaux a: À l’accueil on nous en a rapporté onze. C’est le même vélo.

jeanne_lartigue q: À 17 h 30 en hiver il fait nuit, l’éclairage est là, très bien. Qui regarde l’état des lampes du chemin de
l’école ?

> gaetan_rioux a: Moi, en passant. Il y en a quatre qui clignotent. J’ai fait le signalement il y a trois semaines.

>> jeanne_lartigue q: À qui ?

>> gaetan_rioux a: Au prestataire, par l’application. Elle a répondu « pris en compte ».

>> marc_oudin a: Je les appelle demain. « Pris en compte » n’allume rien.

>> gaetan_rioux a: Trois sur quatre. La dernière attend une pièce.

adjoua_kouame v [faits: 27 lampes sur 1 130]: Mes équipes partent à 5 h. À 4 h 40 elles marchent dans le noir jusqu’au dépôt,
et elles ne sont
pas dans les 27.

> fatou_delmas r: Les nôtres à 6 h 30, et c’est déjà limite en décembre.

> ines_carle q: Quel trajet exactement ? Si c’est la rue du Dépôt, elle est sur l’armoire que nous avons refaite.

>> adjoua_kouame a: La rue du Dépôt et le tournant. Le tournant surtout.

>> ines_carle a: Alors je peux rallumer à 4 h 30 sans dépenser un euro. Je le fais lundi.

>> adjoua_kouame r: Lundi c’était allumé. Elles ont cru à une panne.

> delphine_cordon r: Nous n’avions pas pensé à nos propres agents. Je le dis comme responsable des RH.

vincent_ibarrel a: Le plan d’urbanisme oblige à éclairer les passages neufs. Nous demandons des lampes que la Ville éteint.

> agathe_rousselin q: Peut-on écrire une hauteur et une heure, au lieu d’un nombre de points lumineux ?

>> vincent_ibarrel a: On peut. Personne ne l’a jamais demandé.

aicha_ferhati r: Aux Tanneries les jeunes s’asseyaient sous le lampadaire du local. Maintenant ils s’assoient sous mon balcon,
il y a une lampe.

> killian_desforges q: Ils vous dérangent, ou c’est l’heure qui dérange ?

>> aicha_ferhati r: L’heure. Ils sont gentils. Ils baissent quand je tousse.

> killian_desforges a: J’ai laissé la lampe du perron jusqu’à minuit. Elle est à nous, pas à la Ville, personne ne peut
l’éteindre.

>> paulin_tessier r: J’en connais deux qui n’ont que ce perron.

sylvie_kermarrec q: Qui répond, la nuit, quand quelqu’un appelle pour dire qu’il fait trop noir ? Le standard est fermé à 17 h
30.

> romuald_kaspar a: L’astreinte de l’eau. On m’a appelé trois fois. Je leur ai dit que je n’avais pas l’interrupteur.

>> helene_prat r: Je l’apprends ici.

>> sylvie_kermarrec a: Une consigne écrite part cette semaine : pour l’éclairage, le numéro est celui de la Voirie jusqu’à 22
h, et la nuit
personne, il faut le dire.

>> romuald_kaspar r: Dire « personne », cela m’aide plus que vous ne croyez.

linh_aubertin v [faits: on voyait la Voie lactée depuis le parking du supermarché]: De ma fenêtre on voit l’enseigne du
supermarché. Elle est
restée allumée, elle.

> etienne_darmond a: L’enseigne doit s’éteindre à 1 h, c’est la loi. J’ai écrit deux fois au gérant.

>> agathe_rousselin a: Je fais le contrôle des enseignes. Je suis seule et je suis de jour.

>> linh_aubertin r: Je peux vous envoyer une photo, je suis de nuit.

> rachid_amrane r: La mienne est éteinte à 20 h. J’ai économisé onze euros et perdu les gens qui rentraient du train.

amelie_bonnafoux r: Les CM1 ont dessiné la ville la nuit. Il y a quinze dessins avec la lune et un avec une dame qui court.

> claire_vasselin q: Me les montrez-vous ? Celui de la dame surtout.

>> amelie_bonnafoux a: Ils sont dans le couloir. La dame, c’est la maman de l’enfant qui l’a dessinée.

>> claire_vasselin r: Je suis venue. Je suis restée devant plus longtemps que prévu.

corinne_estevan q: Pourquoi 23 h ? Le dernier car arrive à 23 h 12.

> etienne_darmond a: Parce que la commune voisine avait mis 23 h. Je n’ai pas de meilleure réponse.

>> marc_oudin a: Décaler à 23 h 30 coûte 2 900 euros par an. C’est le prix de douze minutes pour le dernier car.

>> corinne_estevan q: Combien de personnes descendent de ce car ?

>> marc_oudin a: Je suis allé voir trois soirs. Six, neuf et quatre.

>> hortense_gaillac r: Je ne sais pas diviser 2 900 par six et demi pour savoir si c’est cher.

gwenola_tardieu r: Je descends du Haut-Gué à 5 h avec les fromages. Chez nous il n’y a jamais eu de lampe, et c’est votre
ville que je trouve
sombre : on y a retiré quelque chose.

> baptiste_granier r: À la ferme, pareil. On ne regrette que ce que l’on a eu.

>> gwenola_tardieu a: Et puis chez nous on connaît les trous.

> gaetan_rioux q: Quels trous, rue du Pont ? Dites-moi, je les bouche avant de les éclairer.

>> gwenola_tardieu a: Devant le quatorze et devant le lavoir.

>> gaetan_rioux r: Bouchés ce matin.

paulin_tessier q: Monsieur T., que je suis, a une canne blanche. La nuit ne change rien pour lui, dit-il, sauf que les autres
le heurtent.
Qui y a pensé ?

> claire_vasselin r: Moi non. Je ne l’aurais pas trouvé seule.

> marc_oudin a: Une bande claire sur le bord du trottoir, 14 euros le mètre. Elle se voit à la lune.

>> paulin_tessier a: Il propose de marcher dessus avec vous avant que vous ne peigniez.

>> marc_oudin r: Jeudi à 21 h 30. C’est noté.

veronique_sabathe r: Le premier mois, on nous a demandé trente fois pourquoi la mairie restait allumée. Nous l’avons demandé
aussi.

> etienne_darmond a: Un détecteur mal réglé dans le hall. Il voyait passer la plante verte.

>> veronique_sabathe r: Nous avons déplacé la plante.

celeste_nantois v [contexte: La facture avait doublé.]: Elle avait doublé aussi chez nous, et personne ne nous a demandé si
nous voulions partager
l’effort autrement, la piscine un jour de moins par exemple.

> hortense_gaillac a: La piscine a été étudiée : 63 000 euros, et 400 enfants. On ne l’a pas montré, vous avez raison.

>> celeste_nantois q: Peut-on voir les choix que vous avez écartés ? Cela m’aiderait à accepter celui que vous avez fait.

>> hortense_gaillac a: Il y en avait cinq. Je les mets sur une page, avec les montants et les raisons.

mael_fortin a: Une formation d’une heure existe pour les agents qui marchent de nuit. Trois services l’ont demandée en un
mois, elle n’avait
jamais servi.

> josiane_marchetto r: On y apprend surtout que l’on a le droit de dire non à un trajet.
"""
