"""The two invented territories: their services and structures, their own balises."""

from rex.demo.shapes import CollectifData, OwnBalise, ServiceData

VALOMBRE = "valombre"
ORMELLE = "pays-de-l-ormelle"


def _bodies(kind: str, *names: str) -> tuple[ServiceData, ...]:
    return tuple(ServiceData(name, kind) for name in names)


COLLECTIFS = (
    CollectifData(
        slug=VALOMBRE,
        name="Ville de Valombre",
        about="Une ville de 8 000 habitants au bord de la Brèle, ses services, ses associations, ses "
        "commerçants et quelques habitants. On y raconte ce que l’on fait, y compris ce qui n’a pas marché.",
        services=_bodies(
            "service",
            "Accueil",
            "Bâtiments et propreté",
            "CCAS",
            "Direction générale",
            "Espaces verts",
            "Finances et achats",
            "Régie de l’eau",
            "Ressources humaines",
            "Urbanisme",
            "Vie associative",
            "Vie scolaire",
            "Voirie",
        )
        + _bodies(
            "structure",
            "AMAP Les Paniers du Gué",
            "Commerçants du Centre",
            "Ferme des Aulnes",
            "Maison de quartier des Tanneries",
            "Parents d’élèves du Faubourg",
            "Producteurs du Haut-Gué",
        ),
        own_balises=(
            OwnBalise(
                slug="y-aller-a-l-heure-ou-ca-sert",
                title="Aller voir le lieu à l’heure où il sert",
                label="Y aller à l’heure où ça sert",
                question="Qui d’entre nous a vu ce lieu à l’heure où les gens s’en servent ?",
                text="Une rue d’école à 14 h est une rue comme une autre. Nous avons ajouté cette balise "
                "après plusieurs décisions prises sur plan : avant de dessiner, deux d’entre nous y vont, à "
                "l’heure où les gens y sont, et restent une demi-heure sans rien expliquer.",
            ),
        ),
    ),
    CollectifData(
        slug=ORMELLE,
        name="Communauté de communes du Pays de l’Ormelle",
        about="Onze communes, 14 000 habitants, une rivière et beaucoup de kilomètres entre deux portes.",
        services=_bodies(
            "service",
            "Déchets et réemploi",
            "Direction générale",
            "Eau et rivières",
            "Mairies du Pays",
            "Médiathèques",
            "Mobilités",
        )
        + _bodies("structure", "Recyclerie La Remise", "Saint-Ambre en route"),
        own_balises=(
            OwnBalise(
                slug="compter-les-kilometres-des-autres",
                title="Compter les kilomètres des autres",
                label="Compter leurs kilomètres",
                question="Qui roule, et combien de temps, pour que notre réunion ait lieu ?",
                text="Chez nous, une réunion d’une heure peut coûter une demi-journée à celle qui vient de "
                "Combes-Vieilles. Nous posons la question avant de fixer le lieu.",
            ),
        ),
    ),
)
