"""The lists that `rex.text.traces` reads: months, first names, fonctions, kinds of places, words that begin with a capital and
name nobody. Written by hand for the French of local public services; a list is never whole, rules find the rest."""

MONTHS = (
    "janvier", "février", "fevrier", "mars", "avril", "mai", "juin", "juillet", "août", "aout", "septembre", "octobre",
    "novembre", "décembre", "decembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FEASTS = ("Noël", "Pâques", "Toussaint", "Pentecôte", "Ascension", "Épiphanie", "Mardi gras", "Nouvel An", "Aïd", "Ramadan")

# First names that people of France bear most, of all ages: they name somebody where a capital alone would not.
FIRST_NAMES = frozenset(
    """
    Adam Adrien Aïcha Agnès Alain Albert Alexandre Alexis Alice Aline Amandine Amina Amélie Anaïs André Andréa Angélique Anne
    Annick Annie Antoine Antonin Arnaud Arthur Audrey Aurélie Aurélien Axel Aymeric Baptiste Bastien Benjamin Benoît Bernard
    Bertrand Brigitte Bruno Camille Carine Carole Caroline Catherine Cécile Céline Chantal Charles Charlotte Christelle
    Christian Christiane Christine Christophe Clara Claude Claudine Clémence Clément Colette Coralie Corinne Cyril Damien
    Daniel Danielle David Delphine Denis Denise Diane Didier Dominique Dorothée Édith Édouard Éliane Élise Élodie Éloïse Elsa
    Emilie Émilie Emma Emmanuel Emmanuelle Enzo Éric Estelle Étienne Eugénie Eva Évelyne Fabien Fabienne Fabrice Fanny Farid
    Fatima Fatou Fernand Florence Florent Florian Franck François Françoise Frédéric Frédérique Gabriel Gaël Gaëlle Geneviève
    Georges Gérald Gérard Germain Ghislaine Gilbert Gilles Ginette Gisèle Grégory Guillaume Guy Hakim Hélène Henri Hervé Hugo
    Huguette Inès Irène Isabelle Jacqueline Jacques Jamal Janine Jean Jeanne Jeannine Jérémy Jérôme Joël Joëlle Jonathan
    Joseph Josette Josiane Julie Julien Juliette Justine Kader Karim Karine Kevin Kévin Khadija Laetitia Laëtitia Laura Laure
    Laurence Laurent Léa Leïla Léo Léon Lionel Lise Louis Louise Luc Lucas Lucie Lucien Ludovic Lydie Madeleine Magali Malik
    Malika Manon Marc Marcel Marguerite Maria Marie Marine Marion Marlène Martin Martine Mathieu Mathilde Matthieu Maud Maurice
    Maxime Mehdi Mélanie Michel Michèle Micheline Mireille Mohamed Mohammed Monique Moussa Muriel Mustapha Myriam Nadège Nadia
    Nadine Nathalie Nicolas Nicole Noémie Noor Nora Odette Odile Olivier Olga Omar Pascal Pascale Patrice Patricia Patrick
    Paul Paule Paulette Pauline Perrine Philippe Pierre Rachid Raphaël Raymond Régine Régis Rémi Rémy Renaud René Renée
    Richard Robert Robin Roger Roland Romain Roselyne Sabine Sabrina Safia Salima Samia Samir Samira Samuel Sandra Sandrine
    Sarah Sébastien Serge Séverine Simon Simone Solange Sonia Sophie Stéphane Stéphanie Suzanne Sylvain Sylvie Thérèse
    Thibault Thierry Thomas Valentin Valérie Vanessa Véronique Victor Vincent Virginie Viviane Xavier Yann Yannick Yasmina
    Yasmine Youssef Yves Yvette Yvon Yvonne Zoé Zohra
    """.split()  # noqa: SIM905 (a list of words is read as words)
)

# Words that bear a capital in the middle of a sentence and say neither who nor where.
NOBODY = frozenset(
    """
    Je REX RGPD PV PLU CDD CDI RTT CV RSA APL ETP PMR HLM TVA COVID Covid Internet Excel Word Teams Zoom Facebook WhatsApp
    Google État Etat France Français Française Françaises Europe Européen Européenne République Constitution Droit Code Loi
    Sécurité Terre Monsieur Madame Mesdames Messieurs Mademoiselle M. MM. Mme Mmes Mlle Dr Pr Me OK NB PS
    """.split()  # noqa: SIM905
)

ACRONYM_ROLES = ("DGSA", "DGS", "DGAS", "DGA", "DRH", "DST", "DGST", "DAF", "DSI", "ATSEM")

# A fonction (a pattern, ends in m or f or both), and the neutral words for whoever holds it.
ROLES = (
    (r"direct(?:rice|eur)s?(?:[ -]adjointe?)? d[eu]s? cabinet", "une personne du cabinet"),
    (r"directrice(?: générale)?(?: adjointe)?(?: des services(?: techniques)?)?", "une directrice de service"),
    (r"directeur(?: général)?(?: adjoint)?(?: des services(?: techniques)?)?", "un directeur de service"),
    (r"sous-préfète?|préfète?|préfet", "une personne de l’État"),
    (r"maire(?:[ -]adjointe?)?|mairesse", "une personne élue"),
    (r"(?:premi[eè]re?|deuxième|troisième|quatrième|cinquième|\d{1,2} ?(?:er|[eè]re|[eè]me|e|è|ᵉ)) adjointe?|"
     r"adjointe?(?: au maire)?", "une personne élue"),
    (r"n ?\+ ?[1-3]", "une personne qui encadre"),
    (r"(?:vice-)?présidente?", "une personne qui préside"),
    (r"conseill(?:er|ère) (?:municipale?|communautaire|départementale?|régionale?|déléguée?)", "une personne élue"),
    (r"députée?|sénat(?:eur|rice)|élue?", "une personne élue"),
    (r"chef(?:fe)? (?:de|du|des) (?:la |l['’])?[\wà-ÿ]+", "une personne qui encadre"),
    (r"chef(?:fe)? d['’][\wà-ÿ]+", "une personne qui encadre"),
    (r"responsable", "une personne qui encadre"),
    (r"cheffe?|patronne?", "une personne qui encadre"),
    (r"proviseure?|princip(?:al|ale)(?= (?:du|de))|recteur|rectrice|inspect(?:eur|rice)", "une personne de l’Éducation"),
    (r"institut(?:eur|rice)|enseignante?|professeure?|maître d['’]école|maîtresse", "une personne qui enseigne"),
    (r"secrétaire(?: générale?| de mairie| de direction)?", "une personne du secrétariat"),
    (r"assistante? sociale?|travaill(?:eur|euse) sociale?|éduca(?:teur|trice)", "une personne du travail social"),
    (r"chargée? d['’e] ?[\wà-ÿ]+|cheff?e de projet", "une personne chargée du projet"),
    (r"ingénieure?|technicienn?e?|architecte|comptable|juriste|médiat(?:eur|rice)", "une personne du métier"),
    (r"gardienn?e?|concierge|cantinière|cuisini(?:er|ère)|jardini(?:er|ère)|égoutier|balayeur", "une personne du service"),
    (r"agente? (?:d['’]accueil|d['’]entretien|de guichet|technique|administrati(?:f|ve)|"
    r"municipale?)", "une personne du service"),
    (r"polici(?:er|ère)(?: municipale?)?|gendarme|pompier|pompière|capitaine|commissaire", "une personne en uniforme"),
    (r"médecin|infirmi(?:er|ère)|psychologue|pharmacienn?e?|sage-femme", "une personne du soin"),
    (r"procureure?|notaire|avocate?|huissi(?:er|ère)|curé|pasteur|imam", "une personne de métier"),
    (r"trésori(?:er|ère)|(?:animat|bibliothéc|médiathéc)(?:eur|rice|aire)", "une personne du service"),
)  # fmt: skip

# Kinds of places: a word, its gender in the neutral words.
STREETS = "rue|avenue|boulevard|impasse|quai|faubourg|lotissement|hameau|allée|ruelle|rocade|rond-point|venelle"
STREET_LIKE = "place|square|chemin|route|pont|parc|jardin|cité|résidence|quartier|cours|esplanade"
BUILDINGS = (
    "école|collège|lycée|crèche|gymnase|stade|médiathèque|bibliothèque|piscine|gare|salle|maison|centre|cimetière|église|"
    "mairie|"
    "foyer|hôpital|ehpad|musée|théâtre|commune|ville|village|canton|vallée|métropole|département|région|pays|communauté"
)
ON_A_SQUARE = (
    "mairie|marché|église|gare|fontaine|halles?|écoles?|fêtes|jardin|lavoir|château|théâtre|cathédrale|temple|poste|préfecture|"
    "République|Libération|liberté|victoire|tribunal|hôtel de ville|monument|palais|musée|stade|champ de foire"
)
NEUTRAL_PLACES = {
    "rue": "une rue", "avenue": "une rue", "boulevard": "une rue", "impasse": "une rue", "quai": "un quai", "allée": "une rue",
    "ruelle": "une rue", "venelle": "une rue", "rocade": "une route", "route": "une route", "chemin": "un chemin",
    "rond-point": "un carrefour", "faubourg": "un quartier", "quartier": "un quartier", "lotissement": "un quartier",
    "hameau": "un hameau", "place": "une place", "square": "une place", "esplanade": "une place", "cours": "une rue",
    "pont": "un pont", "parc": "un parc", "jardin": "un jardin", "cité": "un quartier", "résidence": "une résidence",
    "école": "une école", "collège": "un collège", "lycée": "un lycée", "crèche": "une crèche", "gymnase": "un gymnase",
    "stade": "un stade", "médiathèque": "une médiathèque", "bibliothèque": "une bibliothèque", "piscine": "une piscine",
    "gare": "une gare", "salle": "une salle", "maison": "une maison", "centre": "un centre", "cimetière": "un cimetière",
    "église": "une église", "mairie": "une mairie", "foyer": "un foyer", "hôpital": "un hôpital", "ehpad": "un établissement",
    "musée": "un musée", "théâtre": "un théâtre", "commune": "une commune", "ville": "une commune", "village": "une commune",
    "canton": "un territoire", "vallée": "un territoire", "métropole": "un territoire", "département": "un territoire",
    "région": "un territoire", "pays": "un territoire", "communauté": "un territoire",
}  # fmt: skip

UNDER_TEN = "deux|trois|quatre|cinq|six|sept|huit|neuf"
FROM_TEN = (
    "dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|septante|"
    "quatre-vingts?|nonante|cents?|mille|vingtaine|trentaine|centaine|millier|dizaine|douzaine|quinzaine"
)
COUNTED = (
    "agente?s?|élèves?|enfants?|familles?|collègues?|élue?s?|classes?|écoles?|communes?|postes?|services?|habitante?s?|"
    "parents?|"
    "logements?|adhérente?s?|bénévoles?|usag(?:ers|ères)|signatures?|plaintes?|candidate?s?|voix|salariée?s?|équipes?|"
    "quartiers?|"
    "enseignante?s?|personnes?|jeunes|femmes|hommes|filles|garçons|maires|directeurs|directrices|associations?|commerçante?s?"
)
# What is counted without telling anything about a place or a group: times and lengths of time.
NOT_COUNTED = (
    "fois|ans?|années?|mois|jours?|journées?|semaines?|heures?|minutes?|secondes?|h|séances?|points?|chapitres?|pages?|choses?"
)
UNITS = (
    r"€|euros?|k€|M€|k?EUR|milliers? d['’]euros|millions? d['’]euros|milliards? d['’]euros|francs?|%|pour cent|"
    r"hectares?|ha|km|kilomètres?|mètres carrés|mètres?|m²|m2|tonnes?|litres?|kg"
)

# What may come after « Ville de » in the name of a collectif: the rest of it names no place by itself.
COMMON_IN_NAMES = frozenset(
    """
    Ville Pays Commune Communauté Communes Agglomération Métropole Département Région Territoire Mairie Syndicat Conseil
    Association Collectif Service Services Direction Pôle Équipe Centre Maison Vallée Générale Général
    """.split()  # noqa: SIM905
)
