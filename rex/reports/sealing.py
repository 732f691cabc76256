"""What people write to the animateurs, and what these answer, lies sealed with the key of the collectif."""

from rex.db import RexSession
from rex.reports.models import Report


def sealed_reason(session: RexSession, key_name: str, public_id: str, words: str) -> bytes:
    return session.keyring.seal(key_name, f"report|{public_id}|reason", words)


def opened_reason(session: RexSession, key_name: str, public_id: str, sealed: bytes) -> str:
    return session.keyring.open(key_name, f"report|{public_id}|reason", sealed)


def sealed_answer(session: RexSession, key_name: str, public_id: str, words: str) -> bytes:
    return session.keyring.seal(key_name, f"report|{public_id}|answer", words)


def opened_answer(session: RexSession, key_name: str, report: Report) -> str:
    """What the authors were told; empty when nothing was."""
    if report.answer is None:
        return ""
    return session.keyring.open(key_name, f"report|{report.public_id}|answer", report.answer)
