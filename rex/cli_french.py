"""click's own words in French: it asks for each of its sentences through a function `_`, which its modules keep."""

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
    "{value} is not in the range {range}.": "{value} n’est pas dans {range}.",
    "Option {name!r} does not take a value.": "L’option «\u00a0{name}\u00a0» ne prend pas de valeur.",
    "%(prog)s, version %(version)s": "REX %(version)s",
    "Show the version and exit.": "Dit la version.",
    "Show this message and exit.": "Affiche cette aide.",
}
PLURALS = {
    "Got unexpected extra argument ({args})": ("Un mot de trop\u00a0: {args}", "Des mots de trop\u00a0: {args}"),
    "Option {name!r} requires an argument.": (
        "L’option «\u00a0{name}\u00a0» demande une valeur.",
        "L’option «\u00a0{name}\u00a0» demande {nargs} valeurs.",
    ),
    "Did you mean {possibility}?": ("Peut-être {possibility}\u202f?", "Peut-être {possibility}\u202f?"),
    "Did you mean {possibilities}?": ("Peut-être {possibilities}\u202f?", "Peut-être {possibilities}\u202f?"),
    "(Possible options: {possibilities})": ("(Proches\u00a0: {possibilities})", "(Proches\u00a0: {possibilities})"),
}


def speak_french() -> None:
    """Give click its French sentences; what is not listed here stays as click says it."""
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        ours = {"_": _one, "ngettext": _plural}
        vars(module).update({name: function for name, function in ours.items() if name in vars(module)})


def _one(words: str) -> str:
    return WORDS.get(words, words)


def _plural(one: str, many: str, count: int) -> str:
    singular, plural = PLURALS.get(one, (one, many))
    return singular if count == 1 else plural
