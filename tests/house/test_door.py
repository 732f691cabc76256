"""The door, read in the code: no read of a text outside of it, and whoever looks beyond a reader says why."""

import ast

from tests.house.source import modules, tree_of

# The rows that make a text: reads of these start from `rex.access.visible_entries`, `told_recits`, `own_drafts`….
GUARDED = {
    "Entry", "Recit", "Draft", "Difficulty", "Recognition", "Exchange", "Seance", "Depot", "Contribution", "Takeaway", "Versement",
    "Tension",
}  # fmt: skip
# What runs as the application itself, or below the door.
WITHOUT_READER = {
    "rex.access": "it is the door",
    "rex.db": "it opens the sessions",
    "rex.kept": "runs what the second lock has locked",
    "rex.migrate": "works on the schema",
    "rex.check": "looks after the whole base",
    "rex.alone": "takes a lock of the engine, and looks at no table",
    "rex.chores": "asks the engine, not the tables",
    "rex.backup": "copies files and whole tables",
    "rex.restore": "copies files and whole tables",
    "rex.search.engines": "writes and asks the index of the engine: words under numbers, which lead to rows that have a scope",
    "rex.search.whole": "looks after the whole index, as the system",
    "rex.search.indexing": "follows what is told, as the system, whoever wrote it",
    "rex.search.texts": "what the index takes of each text, as the system",
    "rex.trends.recount": "counts each text of a journal again for `rex db check`, and shows none",
    "rex.trends.inner": "names the tables that conditions on entries look up inside; it runs nothing",
    "rex.departures": "takes out, or erases, what one person wrote wherever it stands: as the system, under their id",
    "rex.demo.loader": "fills a base that nobody uses yet",
    "rex.demo.clearing": "empties a demonstration",
    "rex.seed": "fills a base that nobody uses yet",
}
# Statements on guarded rows that are not reads for a person, each with its reason.
NOT_A_READ = {
    ("rex.journal.rereading", "_due", "Recit"): "the ticker, as the system: ids of récits told a year ago",
    ("rex.exchanges.quotes", "_quoting", "Exchange"): "as the system: quotes follow the text, whoever wrote the messages",
    ("rex.journal.co_authors", "asking", "Recit"): "as the system: who invites, whether it is read already; nothing of its words",
    ("rex.journal.co_authors", "accept", "Recit"): "as the system: the row is held while an invited person becomes its author",
    ("rex.journal.deleting", "delete_asked", "Entry"): "the ticker, as the system: ids of what nobody kept",
    ("rex.journal.leaving_groups", "forget", "Entry"): "as the system: drafts and files that go with who leaves a group",
    ("rex.journal.passages_of_recits", "_passages", "Difficulty"): "as the system, for one stated reason",
    ("rex.journal.drafts", "clean_untouched", "Draft"): "the ticker, as the system: ids of empty drafts",
    ("rex.journal.drafts", "fill_draft", "Draft"): "an author's act on their own récit; the second lock holds it to authors",
    ("rex.journal.drafts", "drop_orphan_actions", "Recit"): "the ticker, as the system: actions that nobody tells any more",
    ("rex.journal.publishing", "unname_action", "Recit"): "as the system, for one stated reason",
    ("rex.journal.recognition_following", "narrow_recognitions", "Recognition"): "as the system, for one stated reason",
    ("rex.reports.actions", "restore_entry", "Entry"): "as the system: an animateur restores what they do not read",
    ("rex.reports.actions", "_held", "Entry"): "as the system: the row of a thank-you that its recipient shows is held",
    ("rex.reports.pending", "shown_by", "Recognition"): "as the system: a thank-you that its recipient shows to who judges it",
    ("rex.reports.pending", "words_shown", "Recognition"): "as the system: thank-yous that their recipients show to who judges",
    ("rex.exchanges.out_of_sight", "_out_of_sight", "Exchange"): "as the system: one's own messages, and nothing of their entry",
    ("rex.notices.queries", "_shown_to_judges", "Entry"): "as the system: kind and place of a text to judge, none of its words",
    ("rex.reports.board", "_texts", "Entry"): "as the system: kind, authors and day of texts, none of their words",
    ("rex.reports.board", "_suspended_entries", "Entry"): "as the system: the suspended texts, none of their words",
    ("rex.journal.recognitions", "audience_if_accepted", "Recit"): "as the system: how widely a récit is read, none of its words",
    ("rex.notices.asks", "_invitations_to_sign", "Entry"): "as the system: where an invited person answers, no word of the draft",
    ("rex.seances.leading", "go_back", "Depot"): "as the system: no situation is kept any more, none of its words",
    ("rex.seances.queries", "who_deposited", "Depot"): "as the system: who brought something, none of its words, no length",
    ("rex.seances.next_queries", "_authors", "Depot"): "as the system: who brought something, none of its words, no length",
    ("rex.seances.mails", "_remind_groups", "Seance"): "as the system: which groups meet soon; the mail says not which nor what",
    ("rex.seances.mails", "_remind_group", "Seance"): "as the system: the same, one at a time",
    ("rex.seances.mails", "_remind_collectif", "Seance"): "as the system: what its members are reminded of, one at a time",
    ("rex.seances.reminding", "open_ones_soon", "Seance"): "as the system: which séances of collectifs are near",
    ("rex.seances.said", "SaidElsewhere", "Seance"): "as the system: the space of a séance, none of its words",
    ("rex.seances.said", "_ids", "Seance"): "as the system: ids of the séances that a page was about",
    ("rex.seances.texts", "model_of", "Seance"): "the class of what holds a text, read from the door or held by its judge",
    ("rex.seances.leaving", "forget", "Seance"): "as the system: what somebody who leaves a group brought, unread, goes too",
    ("rex.versements.actions", "follow", "Versement"): "as the system: the text to which all members said yes, on its way out",
    ("rex.versements.actions", "forget", "Versement"): "as the system: what somebody who leaves a group was letting out goes too",
    ("rex.tensions.acts_undoing", "_existing", "Difficulty"): "as the system: which difficulties still exist, none of their words",
    ("rex.tensions.acts_undoing", "_separate", "Tension"): "as the system: a tension that was merged comes back, for who curates",
    ("rex.tensions.page_queries", "where_it_went", "Tension"): "as the system: the number of a tension that was merged",
    ("rex.tensions.page_queries", "suspended_among", "Entry"): "as the system: of which tensions the name is out of sight",
    ("rex.tensions.computing", "_still_so", "Tension"): "as the system: whether a tension is still there, none of its words",
    ("rex.tensions.computing", "_store", "Difficulty"): "as the system: rows held while what was made of them is stored",
    ("rex.tensions.computing_reading", "news_of", "Difficulty"): "as the system: what was told since, to compare with it",
    ("rex.tensions.computing_reading", "notes_of", "Difficulty"): "as the system: what is told, to bring it together",
    ("rex.tensions.computing_reading", "notes_of", "Entry"): "as the system: the words of the same rows",
    ("rex.notices.listening", "forget_group", "Entry"): "as the system: ids of what a group was told, for who leaves it",
    ("rex.archives.gone", "bears_a_date", "Entry"): "as the system: whether a text was taken back since, none of its words",
    ("rex.archives.gone", "bears_a_date", "Exchange"): "as the system: whether a message was taken back since, none of its words",
    ("rex.archives.placing", "Place", "Entry"): "as the system: ids of the texts of a collectif on its way in, unread yet",
    ("rex.archives.writing_around", "_here", "Exchange"): "as the system: the messages of a collectif on its way in",
    ("rex.digests.told", "_gone", "Entry"): "as the system: places and kinds of the items of withdrawn texts, none of their words",
    ("rex.digests.told", "_gone", "Recit"): "as the system: whether an action is still told, none of its words",
    ("rex.digests.composing", "_follow_what_changed", "Entry"): "as the system: what was taken back while a letter was composed",
    ("rex.digests.following", "_before_commit", "Tension"): "as the system: a tension about which something else is said now",
    ("rex.digests.publishing", "_tells_something", "Entry"): "as the system: whether a letter tells something, none of its words",
    ("rex.digests.publishing", "_tells_something", "Recit"): "as the system: whether a letter tells something, none of its words",
    ("rex.search.queries", "_narrowed", "Entry"): "inside of a query that starts from visible_finds: is it open to the réseau",
    ("rex.search.found", "_said_besides", "Difficulty"): "inside of a query that starts from visible_finds: of the row itself",
    ("rex.search.found", "_said_besides", "Recognition"): "inside of a query that starts from visible_finds: of the row itself",
    ("rex.notices.seeing", "_shown_by", "Entry"): "as the system: ids of what the page that just left has shown",
    ("rex.notices.seeing", "_shown_by", "Recit"): "as the system: ids of what the page that just left has shown",
}


def is_exempt(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in WITHOUT_READER)


def functions_of(name: str) -> list[tuple[str, ast.AST]]:
    body = tree_of(name).body
    inside = [(part.name, part) for part in body if isinstance(part, ast.FunctionDef | ast.ClassDef)]
    return [*inside, *(("(module)", part) for part in body if not isinstance(part, ast.FunctionDef | ast.ClassDef))]


def calls_of(node: ast.AST, name: str) -> list[ast.Call]:
    return [
        call
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and (getattr(call.func, "id", "") == name or (isinstance(call.func, ast.Attribute) and call.func.attr == name))
    ]


def test_reads_of_texts_start_from_the_door():
    outside = set()
    for module in modules():
        if is_exempt(module):
            continue
        for function, node in functions_of(module):
            for call in [*calls_of(node, "select"), *calls_of(node, "query"), *calls_of(node, "get")]:
                outside |= {(module, function, name) for name in map(class_named_by, call.args) if name in GUARDED}
    assert outside == set(NOT_A_READ), "begin with access.visible_entries(reader), told_recits(reader) or own_drafts(reader)"


def class_named_by(argument: ast.expr) -> str:
    """« Entry » for `Entry` and for `Entry.title`."""
    named = argument.value if isinstance(argument, ast.Attribute) else argument
    return named.id if isinstance(named, ast.Name) else ""


def test_no_raw_sql_and_no_bare_table():
    """A statement on a table escapes the second lock; `session.execute` refuses it, and so does this rule."""
    wrong = []
    for module in modules():
        if is_exempt(module):
            continue
        nodes = list(ast.walk(tree_of(module)))
        from_alchemy = [n for n in nodes if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("sqlalchemy")]
        raw = {"text", "literal_column"} & {alias.name for node in from_alchemy for alias in node.names}
        raw |= {n.attr for n in nodes if isinstance(n, ast.Attribute)} & {"__table__", "exec_driver_sql"}
        wrong += [f"{module} uses {', '.join(sorted(raw))}"] if raw else []
    assert wrong == [], "write it with mapped classes, or do it in a module of WITHOUT_READER for a reason"


# Where the application looks beyond the rights of a reader, and why. A new line here is read twice.
BEYOND = {
    "rex.access.audiences": {"count the active accounts of an audience"},
    "rex.access.group_audiences": {"name those who read in a group"},
    "rex.access.hearing": {"know who among those concerned may read"},
    "rex.check": {"which files should be there", "which journals have trends"},
    "rex.chores": {"(why)", "which files still have a row"},
    "rex.collectifs.actions": {
        "create an account",
        "set a password",
        "create a collectif",
        "find a service by its name",
        "invite people",
        "an invitation makes a member",
        "seat the first member",
    },
    "rex.collectifs.recovery": {"recover an account whose address is lost", "stop the recovery of an address"},
    "rex.collectifs.cli": {
        "create an account from the console",
        "create a collectif from the console",
        "make the address of the first account",
        "whether the address of the first account was just given",
    },
    "rex.collectifs.entrance": {
        "recognise a device",
        "know what persons may read now",
        "a device was used",
        "a member came to their group",
        "sign a device in",
        "sign a device out",
        "sign devices out",
        "check a password",
    },
    "rex.collectifs.brake": {"count attempts", "forget attempts that ended well"},
    "rex.collectifs.links": {
        "make a one-time link",
        "open a one-time link",
        "know whether somebody administers the installation",
        "know whether the address of the first account was just given",
    },
    "rex.collectifs.link_views": {
        "know whose password this is",
        "see whether the other end agreed",
        "change an address that both ends confirmed",
    },
    "rex.collectifs.queries": {
        "open an invitation",
        "tell an invited person where they are invited",
        "know who is already a member",
        "find an account by its address",
    },
    "rex.departures.counts": {"a person counts what they wrote themselves"},
    "rex.departures.leaving": {"somebody leaves a collectif"},
    "rex.departures.mails": {"which accounts end", "an account ends"},
    "rex.departures.obstacles": {"whether somebody else looks after what a person leaves"},
    "rex.departures.own_account": {"a person takes along what is kept of them"},
    "rex.departures.own_asked": {"a person takes along what they were asked and answered"},
    "rex.departures.own_groups": {"which texts of a group are of several hands"},
    "rex.departures.own_reach": {"a person takes along what they wrote"},
    "rex.departures.own_recits": {"a person takes along what they wrote"},
    "rex.departures.own_words": {"a person takes along what they wrote"},
    "rex.departures.renaming": {"the name that somebody bears is written anew where REX wrote it"},
    "rex.demo.clearing": {"whether a demonstration is here", "empty the demonstration"},
    "rex.demo.loader": {"whether the base was ever used", "this base begins without a demonstration", "load the demonstration"},
    "rex.demo.loading_letters": {"the letters of the demonstration"},
    "rex.demo.loading_tensions": {"the collectifs of the demonstration"},
    "rex.demo.views": {"whether somebody real is left after the demonstration"},
    "rex.feeds.addresses": {"whose feed an address is"},
    "rex.peer_groups.creating": {"open a group"},
    "rex.peer_groups.deciding": {
        "who has a voice in a group",
        "hold a group while its members decide",
        "what a group is deciding",
        "put a question to a group",
        "count the answers of a group",
        "keep the answer of a member",
        "end a decision of a group",
        "a member who left has no voice",
        "a newcomer is asked what all members are asked",
    },
    "rex.peer_groups.dissolving": {
        "announce the end of a group",
        "stop the end of a group",
        "the last decision to end a group",
        "which groups end",
        "end a group",
    },
    "rex.peer_groups.framing": {
        "a group changes its frame",
        "members accept the frame of their group",
    },
    "rex.peer_groups.invitations": {
        "the members of a group invite somebody",
        "where an invited person is awaited",
        "an invited person reads name, pacte and names of the group, nothing else",
        "an invited person joins a group",
        "an invited person answers a group",
    },
    "rex.peer_groups.mails": {
        "the addresses of those who have something new in a group",
        "for whom a mail of a group was written, as they are now",
    },
    "rex.peer_groups.opening": {
        "the members of a group open it to read",
        "a member of a group ends an opening",
        "what was open to read for a person ends",
        "which groups are open to read for a person",
        "a person answers a group that is open for them to read",
    },
    "rex.peer_groups.own_queries": {"how many groups wait that a member vouches for a person"},
    "rex.peer_groups.visiting": {"a person for whom a group is open reads name, pacte and names before they accept them"},
    "rex.peer_groups.vouching": {
        "shut the groups of a person whose address was recovered",
        "a member of a group vouches for another",
    },
    "rex.peer_groups.places": {
        "the place of a person in a group",
        "the members of a group",
        "end a place in a group",
        "whose place in a group ends, by no name",
        "settle who is responsable of a group",
    },
    "rex.peer_groups.room_queries": {"name the members of a group to each other, with the collectif that they come from"},
    "rex.peer_groups.settling": {
        "who said yes to a decision of a group",
        "which decisions of groups are over",
        "end a decision whose date has come",
        "tell those for whom a group is open to read",
        "answers to what is over are kept no more",
    },
    "rex.archives.arriving": {
        "whether another command was quicker",
        "whether this archive was stopped on its way in",
        "whether an archive can come in",
        "an archive begins to come in",
        "how far an archive came",
        "lines of an archive come in",
        "an archive is all there",
        "an archive that does not come in leaves nothing",
    },
    "rex.archives.asking": {
        "whether an archive that waits may still be given",
        "archives that are over",
        "the archive that somebody asked for",
        "how far an archive went",
    },
    "rex.archives.gone": {"whether a text was taken back or corrected since an archive was looked at"},
    "rex.archives.cli": {"find the collectif of which the host asks the archive"},
    "rex.archives.reading": {"addresses go into an archive that the host asked for"},
    "rex.documents.cli": {"find by its address the person for whom a command acts"},
    "rex.digests.cli": {"the host composes a letter", "the host publishes a letter"},
    "rex.digests.choosing": {"when the letter that waits leaves"},  # an hour that the page says to all, no word
    "rex.digests.composing": {
        "one person at a time composes the letter of a space",
        "whether a letter of this hour was composed already, and when the next one leaves",
        "no other letter is composed for this hour",
        "which letters are to be composed",
        "what a letter could tell",
        "a letter is composed",
    },
    "rex.digests.following": {"what letters say of a text follows it"},
    "rex.digests.leaving": {"what somebody who leaves wanted of its letters goes with them"},
    "rex.digests.mails": {"for whom a letter leaves, as they are now"},
    "rex.digests.plain": {"for whom a letter is composed"},
    "rex.digests.planning": {"what the last letters told: ids and marks, no word of a text"},
    "rex.digests.publishing": {
        "a letter is about to leave: its space and itself are held",
        "a letter is published: it takes the next number of its space",
        "which letters leave by themselves now",
        "a letter leaves at its hour",
    },
    "rex.digests.queries": {"the number of the next letter"},
    "rex.digests.recipients": {"count those to whom a letter is sent", "whether somebody receives the letter of a collectif"},
    "rex.digests.refreshing": {
        "the questions of a letter that leaves: which ones wait still",
        "a question that got its answer leaves the letter",
    },
    "rex.digests.sending": {"which letters have mails to send", "the mails of a letter go to the outbox"},
    "rex.digests.told": {"which places of a letter are those of withdrawn texts"},
    "rex.digests.unsubscribing": {"stop the letters of whoever holds this address"},
    "rex.exchanges.mentions": {
        "find the persons that a message names among its readers",
    },
    "rex.exchanges.actions": {"nothing is left of a message taken back, even where its author does not read any more"},
    "rex.exchanges.out_of_sight": {
        "somebody takes back what they said where they read no more",
        "the key that seals somebody's own message",
    },
    "rex.exchanges.quotes": {"quotes of a text follow it, whoever wrote the messages"},
    "rex.idempotency": {"idempotency keys belong to no space"},
    "rex.journal.belonging": {"from where those who sign an entry speak", "name the members of a group to one of them"},
    "rex.journal.consents": {"who can still answer for an entry"},
    "rex.journal.leaving_groups": {"what nobody can open any more is erased"},
    "rex.journal.moving": {"a draft changes its space: what was kept of it in the former one is erased"},
    "rex.journal.co_authors": {
        "tell an invited person who asks them to sign, since they cannot read the draft",
        "an invited person becomes an author",
        "somebody who leaves a récit stops reading it in the middle of the act",
    },
    "rex.journal.deleting": {"an action that nobody tells any more goes with its last récit"},
    "rex.journal.former_authors": {
        "a signature ends, and is remembered for who judges",
        "who signed a text once, and does not judge it",
    },
    "rex.journal.inviting": {"whether a person was already asked for their récit, by whomever"},
    "rex.journal.passages_of_recits": {"the passages of a récit follow it"},
    "rex.journal.publishing": {"whether an action is still told, by anybody"},
    "rex.journal.recognition_following": {"a thank-you is never wider than its récit"},
    "rex.journal.recognition_people": {"the authors of a récit of the réseau who can still be thanked"},
    "rex.journal.recognitions": {
        "how widely the récit of a thank-you is read",
        "who may answer a thank-you",
        "whether the person thanked reads the journal in which it would appear",
    },
    "rex.journal.readers": {
        "name some readers of an audience to the person who publishes for it",
        "name the readers of an audience to the person who publishes for it",
        "leave out of those who are told whoever may not read",
        "find the names of members in a text, for one of its authors",
    },
    "rex.mail": {
        "the outbox belongs to nobody",
        "a mail has left",
        "look whether a mail waits",
        "claim one waiting mail",
        "a mail could not leave",
        "a mail that can never leave",
    },
    "rex.notices.listening": {
        "keep what persons should know",
        "who has something unseen about an entry",
        "nothing of a group waits for who leaves it",
        "know who among those concerned is still a member",
    },
    "rex.notices.asks": {"the address at which an invited person answers, since they cannot read the draft"},
    "rex.notices.queries": {"of what kind is the text that an animateur is shown, and where"},
    "rex.notices.rhythms": {"keep a person's rhythm", "whether a person wants mails for their groups"},
    "rex.notices.seeing": {
        "a person opened what they were told about",
        "what a person opened is seen",
        "nothing that may be read waits for a person",
    },
    "rex.notices.composing": {
        "whether it is an hour to write to people anywhere",
        "who has something to be told by mail",
        "nobody is left to be told",
    },
    "rex.notices.sending": {
        "for whom a mail was written, as they are now",
        "what is left of a mail is told in another",
    },
    "rex.notices.unsubscribing": {
        "a mail carries an address that stops the next ones",
        "stop the mails of whoever holds this address",
    },
    "rex.notices.news": {"say that something waits", "say that nothing waits any more"},
    "rex.opening": {"check the keys of every space", "whether somebody administers", "whether a sealed mail waits"},
    "rex.reports.actions": {
        "an animateur judges a thank-you that its recipient shows them",
        "an animateur restores a text that they do not read",
        "tell those who reported a text that the animateurs read it",
        "whether somebody wrote about a text that is judged",
    },
    "rex.reports.board": {
        "say to animateurs whose suspended text it is, without a word of it",
        "the suspended texts of a journal, without a word of them",
    },
    "rex.reports.pending": {"animateurs read the thank-yous that their recipients show them"},
    "rex.reports.queries": {
        "name those who would read a report",
        "tell authors why their text was taken back from the réseau",
        "what this person wrote to the animateurs about a text",
    },
    "rex.seances.judged": {
        "the text of a séance that somebody shows to those who judge it",
        "which texts of séances reports are about, none of their words",
        "hold the text of a séance that is judged",
        "a séance shows another text, or one less",
    },
    "rex.seances.leading": {"the situation that was kept is kept no more, whoever reads it"},
    "rex.seances.mails": {
        "which groups meet within a day",
        "remind the members of a group that they meet",
        "which collectifs meet in the week",
        "remind the members of a collectif that they may meet",
    },
    "rex.seances.said": {
        "whether a séance is of a group, none of its words",
        "which séances a page was about, none of their words",
    },
    "rex.seances.telling": {"the members of a collectif hear of its séances", "what cannot wait until tomorrow is told today"},
    "rex.seances.texts": {
        "the rows that reports on texts of séances name, none of their words",
        "who wrote the texts of a séance, none of their words",
    },
    "rex.seances.leaving": {"what somebody who leaves a group brought, unread, goes with them"},
    "rex.seances.next_queries": {"how many dépôts are sealed"},
    "rex.seances.queries": {
        "how many dépôts are sealed, and whether everybody brought one",
        "whether a situation is kept, and nothing of it",
    },
    "rex.search.indexing": {
        "the search follows what is told",
        "the search forgets what is deleted",
        "which récits tell an action that is named otherwise",
    },
    "rex.search.whole": {
        "the search takes in what is told",
        "what the search has not taken in yet",
        "the search is made again",
        "the search is made again: no word of before",
        "whether words left the search",
        "the search keeps no word that left it",
        "whether the search says what is told",
    },
    "rex.seed.load": {"seed a collectif", "seed récits"},
    "rex.seed.room": {"seed a peer group", "seed what is told in a peer group", "seed what waits in a peer group"},
    "rex.seed.tensions": {"the seeded difficulties", "seed tensions"},
    "rex.tensions.acts_ground": {
        "what people put in a tension, taken back since or not",
        "whether a difficulty is in a tension already",
        "a proposal goes with what it was made of",
        "the balises of a tension are those of its difficulties",
    },
    "rex.tensions.acts_merging": {
        "what people put in a tension, taken back since or not",
        "what was said and decided about a tension goes where it goes",
    },
    "rex.tensions.acts_undoing": {
        "whether a difficulty still exists, none of its words",
        "whether anything was said or decided about a tension, none of its words",
        "a tension that was merged comes back",
    },
    "rex.tensions.computing": {
        "in which collectifs something may come back",
        "what is told in a collectif, to be brought together",
        "what comes back in a collectif is proposed to people",
    },
    "rex.tensions.following": {"which tensions a difficulty is in"},
    "rex.tensions.near_index": {
        "whether what is compared with a text is still what is told",
        "what is told in a collectif, to be compared with what its members write",
    },
    "rex.tensions.page_queries": {
        "of which tensions the name was suspended, none of their words",
        "of which merged tension an address was, none of its words",
    },
    "rex.tensions.writers": {
        "in which services at least three people wrote, over their life",
        "in which collèges at least three people wrote, over their life",
    },
    "rex.trends.behind": {"what hangs from entries that the door lets this reader read"},
    "rex.trends.recount.rows": {"each text of a journal, to count it again"},
    "rex.trends.recount.work_rows": {"each text of a journal, to count it again"},
    "rex.trends.said": {
        "of which collectif a lecture is, none of its words",
        "which lectures a page was about, none of their words",
    },
    "rex.trends.units": {
        "in which collèges at least three people wrote, over their life",
        "in which territories at least three people opened something to the réseau",
    },
    "rex.versements.actions": {
        "the text that all members of a group let out, or not",
        "the texts on their way out go with who leaves a group",
    },
    "rex.versements.queries": {
        "the names that a text may not take out of a group",
        "the places and fonctions that would tell of a group, for one of its members who takes them out",
    },
    "rex.ticker": {"take a lease", "give a lease back"},
}


def test_whoever_looks_beyond_a_reader_says_why_and_is_listed():
    found: dict[str, set[str]] = {}
    for module in modules():
        for call in [*calls_of(tree_of(module), "as_system"), *calls_of(tree_of(module), "system")]:
            reason = call.args[0] if call.args else None
            said = reason.value if isinstance(reason, ast.Constant) else f"({ast.unparse(reason)})" if reason else "nothing"
            found.setdefault(module, set()).add(str(said))
    new = {module: sorted(reasons - BEYOND.get(module, set())) for module, reasons in found.items()}
    gone = {module: sorted(reasons - found.get(module, set())) for module, reasons in BEYOND.items()}
    assert {m: r for m, r in new.items() if r} == {}, "read it twice, then add its reason to BEYOND"
    assert {m: r for m, r in gone.items() if r} == {}, "take these reasons out of BEYOND"


def test_no_view_looks_beyond_its_reader():
    views = {module for module in BEYOND if module.endswith("views")}
    reason = "a page asks a query; the pages of secret addresses have no reader, and the demonstration takes its readers along"
    assert views == {"rex.collectifs.link_views", "rex.demo.views"}, reason
