"""The journal: actions, the récits that tell them, their drafts, balises, revisions.

An unpublished text is sealed with its space's key and lives in `Draft`; published, it lives in clear in `Entry` and `Section`,
where every reader of its audience, and search, can find it."""

from rex.journal import ceilings as ceilings
