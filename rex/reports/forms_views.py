"""What somebody types in the forms of the reports."""

from flask import request

from rex.french import number
from rex.text.marks import tidy


def typed(name: str) -> str:
    return tidy(request.form.get(name, "")).encode("utf-8", "replace").decode()


def fault_of(words: str, most: int, missing: str) -> str:
    """What is to be looked at; nothing when the words may be sent."""
    if not any(char.isprintable() and not char.isspace() for char in words):
        return missing
    return f"Raccourcissez : {number(most)} caractères au plus" if len(words.strip()) > most else ""
