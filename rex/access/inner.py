"""What the conditions look up inside: aliased tables, not classes. The lock must not add itself to its own subqueries, nor may
these be taken for the rows that the page itself selects."""

from rex.collectifs.group_models import GroupMember, GroupOpening, PeerGroup
from rex.collectifs.models import Membership, User
from rex.digests.models import Digest, DigestItem
from rex.exchanges.models import Exchange, Synthese
from rex.journal.difficulty_models import Echo
from rex.journal.models import Authorship, Entry, Recit
from rex.journal.recognition_models import Recognition
from rex.journal.together_models import ActionNote, FormerAuthor, Rereading
from rex.peer_groups.models import Ballot
from rex.seances.models import Depot, Seance, SeanceText, SeanceWriter
from rex.tensions.models import Arbitrage
from rex.trends.models import CounterReading

entry = Entry.__table__.alias("lock_entry")
other_entry = Entry.__table__.alias("lock_other_entry")
authorship = Authorship.__table__.alias("lock_authorship")
former = FormerAuthor.__table__.alias("lock_former_author")
recit = Recit.__table__.alias("lock_recit")
recognition = Recognition.__table__.alias("lock_recognition")
exchange = Exchange.__table__.alias("lock_exchange")
synthese = Synthese.__table__.alias("lock_synthese")
note = ActionNote.__table__.alias("lock_action_note")
echo = Echo.__table__.alias("lock_echo")
rereading = Rereading.__table__.alias("lock_rereading")
member = GroupMember.__table__.alias("lock_group_member")
opening = GroupOpening.__table__.alias("lock_group_opening")
group = PeerGroup.__table__.alias("lock_peer_group")
ballot = Ballot.__table__.alias("lock_ballot")
seance = Seance.__table__.alias("lock_seance")
depot = Depot.__table__.alias("lock_depot")
seance_text = SeanceText.__table__.alias("lock_seance_text")
counter_reading = CounterReading.__table__.alias("lock_counter_reading")
seance_writer = SeanceWriter.__table__.alias("lock_seance_writer")
membership = Membership.__table__.alias("lock_membership")
user = User.__table__.alias("lock_user")
arbitrage = Arbitrage.__table__.alias("lock_arbitrage")
digest = Digest.__table__.alias("lock_digest")
digest_item = DigestItem.__table__.alias("lock_digest_item")
