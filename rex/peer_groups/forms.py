"""The forms of a group: its frame, whom it asks about, why."""

import re
from datetime import date
from typing import Any

from wtforms import BooleanField, EmailField, Field, IntegerField, StringField, TextAreaField
from wtforms.validators import StopValidation

from rex.collectifs.entrance_forms import Choice, Form, address_fault, at_most, choices, filled, is_address, stripped
from rex.collectifs.group_models import MOST_MEMBERS, Rule
from rex.collectifs.models import ADDRESS_LENGTH, normal_address
from rex.french import date_long, typo
from rex.peer_groups.creating import Charter
from rex.text.marks import tidy

PACTE_LENGTH = 8000
WHY_LENGTH = 1000
RULE_LABELS = {Rule.TOUS: "Tous, sans exception", Rule.DEUX_TIERS: "Les deux tiers", Rule.MAJORITE: "Plus de la moitié"}
FEWEST_DAYS, MOST_DAYS = 3, 30

PROPOSED_PACTE = """- Ce qui se dit ici reste ici.
- On parle de soi, à la première personne.
- On questionne avant de conseiller.

# Entre nous

Nous venons avec ce qui résiste, pas avec ce qui brille. Personne n’est là pour juger, ni pour rendre compte.

On peut se taire. On peut dire « je passe ». On peut partir, sans avoir à dire pourquoi.

On ne nomme ni agent ni habitant : la situation suffit.

# Ce qui sort du groupe

Rien ne sort tout seul. Un texte ne quitte le groupe que réécrit, sans rien qui désigne quelqu’un, et avec l’accord de chacun.

# Quand cela ne va plus

Si une règle n’est pas tenue, on en parle d’abord à la personne, puis ensemble, en séance.
"""


def _days(_form: Form, field: Any) -> None:
    """A whole number of days within its bounds; WTForms' own sentence about what is no number is in English."""
    if field.data is None or not FEWEST_DAYS <= field.data <= MOST_DAYS:
        field.errors = []
        raise StopValidation(f"Écrivez un nombre de jours, de {FEWEST_DAYS} à {MOST_DAYS}.")


class FrameForm(Form):
    """What the members of a group agree on."""

    called = StringField("Nom du groupe", [filled("Donnez un nom au groupe.")], filters=[stripped])
    engagement = StringField("Ce que vous avez en commun", [at_most(300)], filters=[stripped])
    pacte = TextAreaField("Pacte", [filled("Écrivez le pacte, même en une phrase.", PACTE_LENGTH)])
    shows_history = BooleanField("Qui arrive lit aussi ce qui a été écrit avant")
    exclusion_rule = Choice("Pour mettre fin à la place d’une personne, il faut le oui de", default=Rule.DEUX_TIERS.value)
    dissolution_rule = Choice("Pour dissoudre le groupe, il faut le oui de", default=Rule.TOUS.value)
    versement_days = IntegerField("Jours pour répondre quand un texte veut sortir du groupe", [_days], default=14)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.exclusion_rule.choices = choices((rule.value, label) for rule, label in RULE_LABELS.items())
        self.dissolution_rule.choices = choices((rule.value, label) for rule, label in RULE_LABELS.items())

    @property
    def charter(self) -> Charter:
        """What was agreed on; of a form that has no fault."""
        return Charter(
            called=tidy(self.called.data or ""),
            engagement=tidy(self.engagement.data or ""),
            pacte=tidy(self.pacte.data or "").strip(),
            shows_history=bool(self.shows_history.data),
            exclusion_rule=Rule(self.exclusion_rule.data),
            dissolution_rule=Rule(self.dissolution_rule.data),
            versement_days=self.versement_days.data or 0,
        )


class NewGroupForm(FrameForm):
    """A new group, and those who found it."""

    founders = TextAreaField("Les personnes qui fondent le groupe avec vous")

    @property
    def addresses(self) -> list[str]:
        """As they are looked up, each once, in the order in which they were typed."""
        words = re.split(r"[\s,;]+", self.founders.data or "")
        return list(dict.fromkeys(normal_address(word) for word in words if word))

    def validate_founders(self, field: Field) -> None:
        if len(self.addresses) > MOST_MEMBERS - 1:
            raise StopValidation("Un groupe compte quinze personnes au plus, vous comprise ou compris.")
        for address in self.addresses:
            fault = address_fault(address)
            if fault:
                raise StopValidation(typo(f"« {address[:60]} » : {fault}. Attendu : une adresse par ligne"))


class PersonForm(Form):
    """Whom the members are asked about: a name, and the address that the account has, typed exactly."""

    name = StringField("Prénom et nom", [filled(typo("Donnez le nom de la personne : les membres le liront."))], filters=[stripped])
    email = EmailField("Adresse électronique", [is_address, at_most(ADDRESS_LENGTH)], filters=[stripped])


def _day(form: Any, field: Any) -> None:
    """A day as the browser's calendar writes it, within the bounds of the form."""
    try:
        form.day = date.fromisoformat((field.data or "").strip())
    except ValueError:
        raise StopValidation(typo("Choisissez un jour. Attendu : 2026-12-03")) from None
    if not form.first_day <= form.day <= form.last_day:
        first, last = (date_long(day) for day in (form.first_day, form.last_day))
        raise StopValidation(typo(f"Choisissez un jour du {first} au {last}."))


class OpeningForm(PersonForm):
    """For whom the group would be open to read, until when, why, and how far back."""

    until = StringField("Dernier jour de lecture", [_day], filters=[stripped])
    shows_past = BooleanField("La personne lit aussi ce qui a déjà été dit")
    why = TextAreaField("Pourquoi", [filled("Écrivez pourquoi, en une phrase ou deux.", WHY_LENGTH)])
    day = first_day = last_day = date.max


class WhyForm(Form):
    """A question that asks for a reason."""

    why = TextAreaField("Pourquoi", [filled("Écrivez pourquoi, en une phrase ou deux.", WHY_LENGTH)])
