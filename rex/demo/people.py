"""Who lives in the demonstration: invented people, and where each speaks from."""

from rex.demo.shapes import PersonData, Seat
from rex.demo.territories import ORMELLE, VALOMBRE


def _person(
    key: str,
    name: str,
    college: str,
    service: str | None,
    title: str,
    *,
    email: str = "",
    role: str = "membre",
) -> PersonData:
    """A member of Valombre."""
    seat = Seat(VALOMBRE, college, service, title, role)
    return PersonData(key, name, email or f"{key.replace('_', '.')}@valombre.example", (seat,))


def _neighbour(
    key: str, name: str, college: str, service: str | None, title: str, role: str = "membre"
) -> PersonData:
    """A member of the Pays de l’Ormelle."""
    seat = Seat(ORMELLE, college, service, title, role)
    return PersonData(key, name, f"{key.replace('_', '.')}@ormelle.example", (seat,))


SIGN_INS = (
    _person(
        "nadia_belkacem",
        "Nadia Belkacem",
        "service",
        "Vie associative",
        "chargée de mission vie associative et marché",
        email="agent@demo.rex",
    ),
    _person(
        "sylvie_kermarrec",
        "Sylvie Kermarrec",
        "service",
        "Direction générale",
        "directrice générale des services",
        email="dgs@demo.rex",
    ),
    _person(
        "hugo_thevenard",
        "Hugo Thévenard",
        "service",
        "Vie associative",
        "chargé de la participation",
        email="animation@demo.rex",
        role="animateur",
    ),
    _person(
        "claire_vasselin",
        "Claire Vasselin",
        "elu",
        None,
        "adjointe à l’école et au cadre de vie",
        email="elue@demo.rex",
    ),
    PersonData("yann_corbiac", "Yann Corbiac", "admin@demo.rex", (), is_admin=True),
)

VALOMBRE_PEOPLE = (
    _person("etienne_darmond", "Étienne Darmond", "elu", None, "maire"),
    _person("malika_zerroug", "Malika Zerroug", "elu", None, "conseillère déléguée au commerce et au marché"),
    _person("bertrand_lacaussade", "Bertrand Lacaussade", "elu", None, "conseiller municipal, minorité"),
    _person("rosalie_munier", "Rosalie Munier", "service", "Vie associative", "gardienne des salles"),
    _person("marc_oudin", "Marc Oudin", "service", "Voirie", "responsable de la voirie"),
    _person("ines_carle", "Inès Carle", "service", "Voirie", "technicienne"),
    _person("gaetan_rioux", "Gaëtan Rioux", "service", "Voirie", "agent de voirie"),
    _person("lucien_abry", "Lucien Abry", "service", "Espaces verts", "jardinier"),
    _person("fatou_delmas", "Fatou Delmas", "service", "Espaces verts", "cheffe d’équipe"),
    _person("theo_quintard", "Théo Quintard", "service", "Espaces verts", "apprenti jardinier"),
    _person(
        "corinne_estevan", "Corinne Estévan", "service", "Vie scolaire", "responsable de la vie scolaire"
    ),
    _person("amelie_bonnafoux", "Amélie Bonnafoux", "service", "Vie scolaire", "ATSEM, école du Faubourg"),
    _person("ludovic_perchet", "Ludovic Perchet", "service", "Vie scolaire", "chef de la cuisine centrale"),
    _person("nicolas_vidalenc", "Nicolas Vidalenc", "service", "Finances et achats", "acheteur"),
    _person(
        "hortense_gaillac", "Hortense Gaillac", "service", "Finances et achats", "directrice des finances"
    ),
    _person("samira_othmane", "Samira Othmane", "service", "CCAS", "directrice du CCAS"),
    _person("paulin_tessier", "Paulin Tessier", "service", "CCAS", "travailleur social"),
    _person("josiane_marchetto", "Josiane Marchetto", "service", "CCAS", "aide à domicile"),
    _person("veronique_sabathe", "Véronique Sabathé", "service", "Accueil", "responsable de l’accueil"),
    _person("annick_goasmat", "Annick Goasmat", "service", "Accueil", "agente d’accueil et d’état civil"),
    _person("dylan_morvaux", "Dylan Morvaux", "service", "Accueil", "agent d’accueil"),
    _person("helene_prat", "Hélène Prat", "service", "Régie de l’eau", "directrice de la régie"),
    _person("romuald_kaspar", "Romuald Kaspar", "service", "Régie de l’eau", "fontainier"),
    _person("delphine_cordon", "Delphine Cordon", "service", "Ressources humaines", "responsable des RH"),
    _person("mael_fortin", "Maël Fortin", "service", "Ressources humaines", "chargé de formation"),
    _person("agathe_rousselin", "Agathe Rousselin", "service", "Urbanisme", "urbaniste"),
    _person("vincent_ibarrel", "Vincent Ibarrel", "service", "Urbanisme", "instructeur"),
    _person("adjoua_kouame", "Adjoua Kouamé", "service", "Bâtiments et propreté", "cheffe d’équipe propreté"),
    _person("baptiste_granier", "Baptiste Granier", "operateur", "Ferme des Aulnes", "maraîcher"),
    _person("solange_petrel", "Solange Pétrel", "operateur", "Commerçants du Centre", "boulangère"),
    _person("rachid_amrane", "Rachid Amrane", "operateur", "Commerçants du Centre", "épicier, rue Basse"),
    _person("gwenola_tardieu", "Gwenola Tardieu", "operateur", "Producteurs du Haut-Gué", "chevrière"),
    _person(
        "killian_desforges", "Killian Desforges", "operateur", "Maison de quartier des Tanneries", "directeur"
    ),
    _person(
        "jeanne_lartigue",
        "Jeanne Lartigue",
        "habitant",
        "Parents d’élèves du Faubourg",
        "présidente de l’association",
    ),
    _person("karim_sahli", "Karim Sahli", "habitant", "Parents d’élèves du Faubourg", "parent d’élève"),
    _person("linh_aubertin", "Linh Aubertin", "habitant", "Parents d’élèves du Faubourg", "trésorière"),
    _person("marguerite_solane", "Marguerite Solane", "habitant", "AMAP Les Paniers du Gué", "présidente"),
    _person("yvan_koenigs", "Yvan Koenigs", "habitant", "AMAP Les Paniers du Gué", "adhérent, distribution"),
    _person(
        "celeste_nantois", "Céleste Nantois", "habitant", "AMAP Les Paniers du Gué", "adhérente, ateliers"
    ),
    _person("raymond_escoffet", "Raymond Escoffet", "habitant", None, "riverain, rue des Tilleuls"),
    _person(
        "aicha_ferhati", "Aïcha Ferhati", "habitant", "Maison de quartier des Tanneries", "habitante, cuisine"
    ),
    _person("benedicte_halimard", "Bénédicte Halimard", "tiers", None, "chercheuse en géographie sociale"),
    _person("laurence_aubuis", "Laurence Aubuis", "tiers", None, "direction départementale des territoires"),
)

ORMELLE_PEOPLE = (
    _neighbour(
        "bruno_casals", "Bruno Casals", "service", "Direction générale", "directeur général des services"
    ),
    _neighbour("maryvonne_guehen", "Maryvonne Guéhen", "elu", None, "présidente"),
    _neighbour(
        "pierrick_saulne", "Pierrick Saulne", "elu", None, "maire de Rive-Haute, vice-président à l’eau"
    ),
    _neighbour("eulalie_bouvard", "Eulalie Bouvard", "service", "Mobilités", "chargée des mobilités"),
    _neighbour("sebastien_hocq", "Sébastien Hocq", "service", "Eau et rivières", "technicien de rivière"),
    _neighbour("soizic_pennalun", "Soizic Pennalun", "service", "Médiathèques", "bibliothécaire"),
    _neighbour("walid_haddache", "Walid Haddache", "service", "Déchets et réemploi", "gardien de déchèterie"),
    _neighbour(
        "patricia_brunelle", "Patricia Brunelle", "service", "Direction générale", "secrétaire", "animateur"
    ),
    _neighbour("ignace_thouvenel", "Ignace Thouvenel", "operateur", "Recyclerie La Remise", "gérant"),
    _neighbour(
        "lucette_armandou", "Lucette Armandou", "habitant", "Saint-Ambre en route", "conductrice bénévole"
    ),
    _neighbour(
        "anne_lise_roche", "Anne-Lise Roche", "service", "Mairies du Pays", "secrétaire générale de Rive-Haute"
    ),
    _neighbour(
        "damien_fauvel", "Damien Fauvel", "service", "Mairies du Pays", "directeur général des services de Saint-Ambre"
    ),
    _neighbour("olivier_pons", "Olivier Pons", "service", "Mairies du Pays", "secrétaire de mairie à Combes-Vieilles"),
    _neighbour(
        "mariam_nourry", "Mariam Nourry", "service", "Direction générale", "directrice générale adjointe"
    ),
)

BETWEEN_BOTH = PersonData(
    "joachim_ravenel",
    "Joachim Ravenel",
    "joachim.ravenel@valombre.example",
    (
        Seat(VALOMBRE, "tiers", None, "facilitateur"),
        Seat(ORMELLE, "tiers", None, "facilitateur"),
    ),
)

PEOPLE = (*SIGN_INS, *VALOMBRE_PEOPLE, *ORMELLE_PEOPLE, BETWEEN_BOTH)
