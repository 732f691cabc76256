"""The mails that tell what waits: who, what, and the title of what is told to their reader; of anything unpublished, neither
title nor text. Each carries the address that stops them in one click."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.access import Reader
from rex.collectifs.mails import write
from rex.french import typo
from rex.journal.models import EntryKind
from rex.journal.moment_models import What
from rex.mail import Letter
from rex.notices.ask import Ask
from rex.notices.bundles import Bundle
from rex.notices.sentences import NEW_IN_GROUP, UNTOLD, answer_label, sentence_of_ask, subject_of_ask

MOST_ENTRIES = 30  # a mail that nobody reads to its end tells nothing; the page has the rest
PAGE = "/ce-qui-vous-attend"
GROUPS = "Vos groupes de pairs"  # names none of them
# What follows the sentence of an ask, when a word more is owed.
MORE = {
    What.CONSENT_ASKED: (
        "Rien ne paraît tant que vous n’avez pas dit oui. Sans réponse pendant sept jours, un récit qui n’a pas encore été lu "
        "pourra paraître sans votre nom ni vos sections."
    ),
    What.CO_AUTHOR_ASKED: "Vous lirez le texte après avoir accepté. Dire non ne demande aucune raison.",
    What.DELETION_ASKED: "Un seul auteur qui s’y oppose suffit pour le garder.",
    What.RECIT_ASKED: "Des récits d’une même action peuvent se contredire. Dire non ne demande aucune raison.",
}


@dataclass(frozen=True)
class To:
    """Who is written to, and from where: the public address of the journal, the token that stops its mails."""

    reader: Reader
    address: str
    root: str
    token: str
    groups_path: str = ""  # where one click stops the mails of groups, when a mail may speak of one

    def url(self, path: str) -> str:
        return self.root + path


def grouped_letter(to: To, key: str, check: str, asks: Sequence[Ask], bundles: Sequence[Bundle]) -> Letter:
    """All that waits, entry by entry, one address for each."""
    told = [bundle for bundle in bundles if not bundle.is_in_group]
    parts = [_ask_part(to, ask) for ask in asks if not ask.is_in_group] + [_bundle_part(to, bundle) for bundle in told]
    in_groups = len(told) < len(bundles) or any(ask.is_in_group for ask in asks)
    parts += [_group_part(to)] if in_groups else []
    alone = bundles[0] if len(parts) == 1 and bundles else None
    return _letter(
        "notices",
        key,
        to,
        in_groups=in_groups,
        is_of_groups=in_groups and len(parts) == 1,
        check=check,
        thread=thread_of(alone.entry_public_id if alone else asks[0].public_id if len(parts) == 1 else ""),
        subject=NEW_IN_GROUP if in_groups and len(parts) == 1 else _subject(alone),
        parts=parts[:MOST_ENTRIES],
        has_more=len(parts) > MOST_ENTRIES,
        all_url=to.url(PAGE),
    )


def ask_letter(to: To, key: str, check: str, ask: Ask) -> Letter:
    """Somebody waits for this person's answer: it leaves at once, alone. In a group: that something is new, and no address that
    holds a name of what it is."""
    return _letter(
        "asked",
        key,
        to,
        in_groups=ask.is_in_group,
        is_of_groups=ask.is_in_group,
        check=check,
        thread=thread_of(ask.public_id),
        subject=typo(subject_of_ask(ask)),
        sentence=typo(sentence_of_ask(ask)),
        title=typo(ask.title),
        more="" if ask.is_in_group else typo(MORE.get(ask.what, "")),
        url=to.url(PAGE if ask.is_in_group else ask.path),
        label=answer_label(ask),
    )


def thread_of(public_id: str) -> str:
    """The word that mails about one entry share."""
    return f"{public_id}.entree" if public_id else ""


def _letter(
    template: str, key: str, to: To, *, check: str, thread: str, in_groups: bool, is_of_groups: bool, **context: object
) -> Letter:
    """`in_groups`: it speaks of groups too, and has their own address to stop; `is_of_groups`: of nothing else."""
    groups_stop = to.url(to.groups_path) if in_groups and to.groups_path else ""
    stop = groups_stop if is_of_groups and groups_stop else to.url(f"/desinscription/{to.token}")
    letter = write(
        template,
        key,
        to.address,
        name=to.reader.name,
        rhythm_url=to.url("/compte/rythme"),
        stop_url="" if stop == groups_stop else stop,
        groups_stop_url=groups_stop,
        **context,
    )
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Letter(letter.key, letter.to, letter.subject, letter.text, letter.html, headers, thread, check)


def _subject(alone: Bundle | None) -> str:
    """The same for all that is told of one entry, since some mailboxes gather by subject too."""
    title = alone.title if alone and alone.is_told else ""
    return typo(f"Du nouveau : {title}" if title else "Ce qui vous attend dans le journal")


def _ask_part(to: To, ask: Ask) -> dict[str, object]:
    name = ask.title or UNTOLD[EntryKind.RECOGNITION]
    return {"name": typo(name), "lines": [typo(sentence_of_ask(ask))], "url": to.url(ask.path), "label": answer_label(ask)}


def _group_part(to: To) -> dict[str, object]:
    """All that is new in all of one's groups: neither which, nor how many, nor what."""
    return {"name": GROUPS, "lines": [NEW_IN_GROUP], "url": to.url(PAGE), "label": "Lire"}


def _bundle_part(to: To, bundle: Bundle) -> dict[str, object]:
    return {
        "name": typo(bundle.title if bundle.is_told and bundle.title else bundle.untold),
        "lines": [typo(line.sentence) for line in bundle.lines],
        "url": to.url(bundle.lines[0].path if len(bundle.lines) == 1 else bundle.path),
        "label": "Lire",
    }
