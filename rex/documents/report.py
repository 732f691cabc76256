"""What was not taken of a document, said in French."""

from collections.abc import Mapping

from rex.french import count, joined, typo

# word → one, several
LEFT = {
    "comment": ("commentaire", "commentaires"),
    "deletion": ("passage supprimé en suivi des modifications", "passages supprimés en suivi des modifications"),
    "hidden": ("passage masqué", "passages masqués"),
    "contents": ("table des matières ou index", "tables des matières ou index"),
    "edge": ("en-tête ou pied de page", "en-têtes ou pieds de page"),
    "embedded": ("fichier incorporé", "fichiers incorporés"),
    "picture": ("image absente, ou d’un format que REX ne montre pas", "images absentes, ou d’un format que REX ne montre pas"),
    "remote": ("image restée sur un autre site", "images restées sur un autre site"),
    "drawing": ("dessin ou graphique", "dessins ou graphiques"),
    "front": ("en-tête technique", "en-têtes techniques"),
}
# What was taken otherwise than it stood.
CHANGED = {
    "box": ("zone de texte placée après son paragraphe", "zones de texte placées après leur paragraphe"),
    "formula": ("formule écrite en toutes lettres", "formules écrites en toutes lettres"),
    "struck": ("passage barré, repris sans son trait", "passages barrés, repris sans leur trait"),
    "merged": ("cellule fusionnée séparée", "cellules fusionnées séparées"),
    "nested": ("tableau posé dans un autre, écrit en ligne", "tableaux posés dans un autre, écrits en ligne"),
}
KINDS = {
    "paragraph": ("paragraphe", "paragraphes"),
    "list": ("liste", "listes"),
    "table": ("tableau", "tableaux"),
    "quote": ("citation", "citations"),
    "code": ("passage préformaté", "passages préformatés"),
    "image": ("image", "images"),
    "note": ("note", "notes"),
}


def not_taken(left: Mapping[str, int]) -> list[str]:
    """What stayed out, each with its number."""
    return [count(number, *LEFT[word]) for word, number in left.items() if word in LEFT]


def taken_otherwise(left: Mapping[str, int]) -> list[str]:
    """What came in under another shape, each with its number."""
    return [count(number, *CHANGED[word]) for word, number in left.items() if word in CHANGED]


def made_of(counts: Mapping[str, int]) -> str:
    """« 3 paragraphes, 1 tableau et 2 images »."""
    return joined([count(counts[kind], *words) for kind, words in KINDS.items() if counts.get(kind)])


def sentence(left: Mapping[str, int]) -> str:
    """All of it on one line, for the console; empty when nothing was left or changed."""
    said = []
    if out := not_taken(left):
        said.append(f"non repris : {', '.join(out)}")
    if otherwise := taken_otherwise(left):
        said.append(f"repris autrement : {', '.join(otherwise)}")
    return typo(" ; ".join(said))
