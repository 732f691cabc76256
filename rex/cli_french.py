"""click's own words in French: it asks for each of its sentences through a function `_`, which its modules keep.

What it says without asking anybody is said here too: numbers between two bounds, titles of a help, a question."""

from collections.abc import Sequence
from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

WORDS = {
    "Usage:": "Usage\u00a0:",
    "Options": "Options",
    "Commands": "Commandes",
    "Aborted!": "Arrêté.",
    "Missing command.": "Il manque une commande.",
    "default: {default}": "par défaut\u00a0: {default}",
    "required": "nécessaire",
    "Error: {message}": "{message}",
    "Try '{command} {option}' for help.": "Pour de l’aide\u00a0: {command} {option}",
    "Invalid value: {message}": "Valeur refusée\u00a0: {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint}\u00a0: {message}",
    "Missing argument": "Il manque",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque",
    "No such option {name!r}.": "L’option «\u00a0{name}\u00a0» n’existe pas.",
    "No such command {name!r}.": "La commande «\u00a0{name}\u00a0» n’existe pas.",
    "{value!r} is not a valid {number_type}.": "«\u00a0{value}\u00a0» n’est pas un nombre entier.",
    "{value} is not in the range {range}.": "{value} n’est pas un nombre {range}.",
    "Choose from:\n\t{choices}": "À choisir parmi\u00a0:\n\t{choices}",
    "file": "le fichier",
    "directory": "le dossier",
    "path": "le fichier",
    "{name} {filename!r} does not exist.": "{name} «\u00a0{filename}\u00a0» n’existe pas.",
    "{name} {filename!r} is a file.": "«\u00a0{filename}\u00a0» est un fichier.",
    "{name} {filename!r} is a directory.": "«\u00a0{filename}\u00a0» est un dossier.",
    "{name} {filename!r} is not readable.": "{name} «\u00a0{filename}\u00a0» ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} «\u00a0{filename}\u00a0» ne peut pas être écrit.",
    "Could not open file {filename!r}: {message}": "Le fichier «\u00a0{filename}\u00a0» ne s’ouvre pas\u00a0: {message}",
    "Option {name!r} does not take a value.": "L’option «\u00a0{name}\u00a0» ne prend pas de valeur.",
    "%(prog)s, version %(version)s": "REX %(version)s",
    "Show the version and exit.": "Dit la version.",
    "Show this message and exit.": "Affiche cette aide.",
}
PLURALS = {
    "{value!r} is not {choice}.": (
        "«\u00a0{value}\u00a0» n’est pas {choice}.",
        "«\u00a0{value}\u00a0» n’est pas l’un de ceux-ci\u00a0: {choices}.",
    ),
    "Got unexpected extra argument ({args})": ("Un mot de trop\u00a0: {args}", "Des mots de trop\u00a0: {args}"),
    "Option {name!r} requires an argument.": (
        "L’option «\u00a0{name}\u00a0» demande une valeur.",
        "L’option «\u00a0{name}\u00a0» demande {nargs} valeurs.",
    ),
    "Did you mean {possibility}?": ("Peut-être {possibility}\u202f?", "Peut-être {possibility}\u202f?"),
    "Did you mean {possibilities}?": ("Peut-être {possibilities}\u202f?", "Peut-être {possibilities}\u202f?"),
    "(Possible options: {possibilities})": ("(Proches\u00a0: {possibilities})", "(Proches\u00a0: {possibilities})"),
}


SOMETHING = "COMMANDE …"  # what follows the name of a group of commands


class Between(click.IntRange):
    """A whole number between two bounds."""

    def _describe_range(self) -> str:
        return f"de {self.min} à {self.max}"


class OneOf(click.Choice):
    """One of a few words, named without the quotes of Python."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return super().get_invalid_choice_message(value, ctx).replace("'", "")


class FrenchHelp(click.HelpFormatter):
    """A help with the spaces of French before its colons and semicolons."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}\u00a0:\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *places: Any, **named: Any) -> None:
        super().write_dl([(term, words.replace("; ", "\u202f; ")) for term, words in rows], *places, **named)


def agrees(question: str) -> bool:
    """Ask on the terminal; nothing but a whole yes is one."""
    return click.prompt(f"{question} [oui/non]", default="non", show_default=False).strip().lower() in ("o", "oui")


def speak_french() -> None:
    """Give click its French sentences; what is not listed here stays as click says it."""
    click.Context.formatter_class = FrenchHelp
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        ours = {"_": _one, "ngettext": _plural}
        vars(module).update({name: function for name, function in ours.items() if name in vars(module)})


def _one(words: str) -> str:
    return WORDS.get(words, words)


def _plural(one: str, many: str, count: int) -> str:
    singular, plural = PLURALS.get(one, (one, many))
    return singular if count == 1 else plural
