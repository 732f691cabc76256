"""THE DOOR: who may see what, who may do what. Every read of something private starts here.

Two locks. The first is `visible_…(reader)`, from which queries start, and `may_…(reader, thing)`, which views and templates
ask. The second adds the same scope to every statement of a session, whatever wrote it: a query that forgot the door gives no
more rows than the door. A session without a reader runs nothing at all.

The list of reader sets (authors; giver and recipient of a recognition not yet accepted; members of the peer group who were
there when it was told, with those for whom they all opened it to read; members of the collectif; members of all collectifs; of
a dépôt, its author until its time) is the whole list: there is no other. What hangs from an entry (messages, echoes, notes) is
read by those who read the entry, and never by more than those to whom it was said. Each demands a current membership of the
space, or of a collectif for whom a group is open: an account without membership reads nothing.

`seen` and `acts` are the first lock; `entries`, `hanging`, `rooms` and `judging` hold the conditions of both; `scopes` gives one
to each class; `audiences` says, counts and names who reads.
"""

from rex.access.acts import (
    may_answer,
    may_close_thread,
    may_decide_in_group,
    may_edit,
    may_judge_reports,
    may_lead_seance,
    may_plan_seances,
    may_prepare_seance,
    may_read_group,
    may_receive,
    may_steer_group,
    may_write_in,
)
from rex.access.audience_view import AudienceView, Guest
from rex.access.audiences import (
    audience_of,
    draft_audience,
    is_current,
    readers_of,
    suspended_audience,
    thanks_audience,
)
from rex.access.group_audiences import audiences_in_group, everybody_in, group_readers, is_in_group, is_of_group, number_in_each
from rex.access.hearing import still_hears, who_reads
from rex.access.readers import MembershipView, Reader
from rex.access.scopes import SCOPES
from rex.access.seen import (
    own_drafts,
    own_recognitions,
    told_difficulties,
    told_digests,
    told_recits,
    told_recognitions,
    told_tensions,
    visible_choices,
    visible_contributions,
    visible_depots,
    visible_difficulties,
    visible_entries,
    visible_exchanges,
    visible_finds,
    visible_members,
    visible_recits,
    visible_recognitions,
    visible_seances,
    visible_takeaways,
    visible_versements,
)
from rex.access.visits import is_visiting

__all__ = [
    "SCOPES", "AudienceView", "Guest", "MembershipView", "Reader", "audience_of", "audiences_in_group", "draft_audience",
    "everybody_in", "group_readers", "is_current", "is_in_group", "is_of_group", "is_visiting", "may_answer",
    "may_close_thread", "may_decide_in_group", "may_edit", "may_judge_reports", "may_lead_seance", "may_plan_seances",
    "may_prepare_seance", "may_read_group", "may_receive", "may_steer_group", "may_write_in", "number_in_each", "own_drafts",
    "own_recognitions", "readers_of", "still_hears", "suspended_audience", "thanks_audience", "told_difficulties",
    "told_digests", "told_recits", "told_recognitions", "told_tensions", "visible_choices", "visible_contributions",
    "visible_depots",
    "visible_difficulties", "visible_entries", "visible_exchanges", "visible_finds", "visible_members", "visible_recits",
    "visible_recognitions", "visible_seances", "visible_takeaways", "visible_versements", "who_reads",
]
