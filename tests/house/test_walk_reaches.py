"""The walks of `test_side_doors` open real doors: each address that names something of a group is a page for one of its members."""

from rex.web import SAFE_METHODS
from tests.house.addresses import rules_of
from tests.house.planting import IN_THE_ROOM, addresses
from tests.house.test_removed_member import filled
from tests.house.test_side_doors import MEMBERS, entering

# Addresses that open nothing of this group, each with its reason.
A_GROUP, A_RECIT = "/groupes-de-pairs/<public_id:group_id>", "/recits/<public_id:recit_id>"
NOT_REACHED: dict[str, str] = {
    "/actions/<public_id:action_id>/exporter": "in a group nobody takes away the words of the others",
    "/actions/<public_id:action_id>/exporter/imprimer": "in a group nobody takes away the words of the others",
    "/actions/<public_id:action_id>/exporter/<slug:ending>": "in a group nobody takes away the words of the others",
    "/actions/<public_id:action_id>/notes/nouvelle": "asks for two récits in its question",
    f"{A_GROUP}/deplacer/<public_id:recit_id>": "moves a draft of a collectif",
    f"{A_RECIT}/deplacer": "moves a draft of a collectif",
    f"{A_RECIT}/lecteurs/<string:audience>": "who reads in a collectif; here, everybody is named on every page",
    f"{A_GROUP}/invitation": "for who is invited: Jeanne opens it in `test_side_doors`",
    f"{A_GROUP}/lecture": "for who is let in to read, before they accept the pacte",
    f"{A_GROUP}/membres/<public_id:member_id>/reconnaitre": "for a place that is shut until somebody vouches for it",
    f"{A_GROUP}/seances/<public_id:group_seance_id>/garder": "leads to the séance, which shows what was kept",
    f"{A_RECIT}/fichiers": "leads to the editor",
    f"{A_RECIT}/invitation": "its co-author said yes already, and is led to the récit",
    "/difficultes/<public_id:difficulty_id>/tensions": "a group feeds no tension: there is nothing to link there",
    "/reconnaissances/<public_id:recognition_id>/retrait": "asked by who receives, of what is published",
}


def test_each_address_is_reached_by_a_member(app, database, cast, visit, ids):
    room = filled(database, cast, ids)
    clients = [entering(visit, cast, who) for who in ("camille", "dora", "noor")]
    assert set(MEMBERS) == {"camille", "dora", "noor"}
    reached: dict[str, set[int]] = {}
    for rule in rules_of(app):
        if not (rule.methods or set()) & SAFE_METHODS - {"OPTIONS"} or not rule.arguments & IN_THE_ROOM:
            continue
        seen = reached.setdefault(rule.rule, set())
        for path in addresses(app, rule, room):
            for client in clients:
                client.proof_reads = False
                if 200 not in seen:
                    seen.add(client.get(path).status_code)
    shut = {rule: statuses for rule, statuses in reached.items() if 200 not in statuses}
    told = "\n".join(f"{rule}: {sorted(statuses)}" for rule, statuses in sorted(shut.items()))
    assert set(shut) == set(NOT_REACHED), f"{len(reached) - len(shut)} of {len(reached)} are reached; not these:\n{told}"
    assert len(reached) > 60
