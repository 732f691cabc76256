"""How the récits of one action are named beside each other: « Récit de la Voirie », « Le récit de la Voirie », « Voirie »."""

import re
from collections.abc import Sequence

from rex.french import fold, typo

SIGNED = "Récit signé {}"  # a name of any gender and number reads well behind it
_OF = re.compile(r"récit (?:signé |de l['’]équipe |de l['’]|de la |des |du |de |d['’])", re.IGNORECASE)


def label_of(teller: str, byline: str) -> str:
    """The name of a récit, as its authors chose it; else who signs it."""
    return typo(teller or (SIGNED.format(byline) if byline else "Récit"))


def with_article(label: str) -> str:
    """« Le récit de la Voirie »: what a choice is called. A name of another shape stays as it is."""
    return f"Le {label[0].lower()}{label[1:]}" if _OF.match(label) else label


def short_of(label: str) -> str:
    """« Voirie »: who speaks, above a passage. Not shortened when it is not « Récit de … »."""
    start = _OF.match(label)
    rest = label[start.end() :] if start else label.removeprefix("Récit, ")  # as récits were named before « signé »
    return rest[:1].upper() + rest[1:]


def says_nothing(label: str) -> str:
    """What stands where a récit has no such section: said, not hidden, and no reproach."""
    return f"{with_article(label)} n’en dit rien." if _OF.match(label) else "Ce récit n’en dit rien."


def told_apart(labels: Sequence[str], signers: Sequence[str]) -> list[str]:
    """The labels, with who signs behind those that several récits carry, and a rank behind those that still do."""
    keys = [fold(label) for label in labels]
    signed = [
        f"{label} ({signer})" if keys.count(key) > 1 and signer else label
        for label, key, signer in zip(labels, keys, signers, strict=True)
    ]
    seen: dict[str, int] = {}
    apart = []
    for label in signed:
        rank = seen[fold(label)] = seen.get(fold(label), 0) + 1
        apart.append(label if rank == 1 else f"{label}, {rank}")
    return apart


ORDINALS = ("", "", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième")


def add_label(told: int) -> str:
    """« Ajouter un troisième récit » when two are told."""
    rank = told + 1
    return f"Ajouter un {ORDINALS[rank]} récit" if 2 < rank < len(ORDINALS) else "Ajouter un récit"
