"""The rooms of the journal, as the navigation of each page names them; only those that exist."""

from rex.access import MembershipView, Reader

Room = tuple[str, str, bool]  # label, address, whether the page is in it
TEXTS = ("/recits/", "/actions/", "/difficultes/", "/tensions/")


def rooms_of(reader: Reader | None, seat: MembershipView | None, path: str, *, in_room: bool = False) -> list[Room]:
    """The rooms of a collectif in their order; `in_room`: the page is that of a peer group. The bar of narrow screens shows the
    first two, then « Écrire », then the third."""
    if seat is None or reader is None:
        return []
    home = f"/c/{seat.collectif_slug}/"
    in_groups = in_room or path.startswith("/groupes-de-pairs")
    in_letters = not in_groups and path.startswith((f"{home}lettres", "/lettres/"))
    in_trends = not in_groups and path.startswith((f"{home}tendances", "/tendances"))
    in_boussole = path.startswith(("/boussole", f"{home}boussole/"))
    lists = (home, f"{home}recits", f"{home}difficultes")
    in_journal = not in_groups and (path in lists or path.startswith((*TEXTS, f"{home}ce-qui-revient")))
    mine = (*reader.groups, *reader.visits)
    groups = f"/groupes-de-pairs/{mine[0].collectif_public_id}" if len(mine) == 1 else "/groupes-de-pairs"
    return [
        ("Journal", home, in_journal),
        ("Groupes", groups, in_groups),
        ("La lettre", f"{home}lettres/", in_letters),
        ("Tendances", f"{home}tendances", in_trends),
        ("Boussole", "/boussole", in_boussole),
    ]
