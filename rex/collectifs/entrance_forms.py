"""The forms of the entrance: addresses, passwords, names."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from rex.collectifs import passwords
from rex.collectifs.models import ADDRESS_LENGTH, NAME_LENGTH, normal_address

# Plain ASCII (RFC 5321): what every mail server takes, and nothing that could break a header.
ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Form(FlaskForm):
    """A form whose CSRF token is checked at the gate, with all the others."""

    class Meta(FlaskForm.Meta):
        csrf = False

    def refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong with a field, when only the base could know it."""
        self[field].errors = [sentence]


class Choice(SelectField):
    """A list; a value that is not in it gets a French sentence."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in [choice.value for choice in self.iter_choices()]:
            raise StopValidation("Choisissez dans la liste.")


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Values and what is read for each, as a list to choose from."""
    return [SelectChoice(value, label) for value, label in pairs]


def stripped(value: str | None) -> str:
    """One line of text without what cannot be seen."""
    return " ".join(CONTROL.sub(" ", value or "").split())


def filled(sentence: str, longest: int = NAME_LENGTH) -> Callable[[Any, Field], None]:
    """The field holds something, and not too much of it."""

    def check(_form: Any, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(sentence)
        at_most(longest)(_form, field)

    return check


def at_most(longest: int) -> Callable[[Any, Field], None]:
    """The field may be empty, and holds no more than what its column does."""
    def check(_form: Any, field: Field) -> None:
        if len(field.data or "") > longest:
            raise StopValidation(f"C’est trop long : {longest} caractères au plus.")

    return check


def address_fault(address: str) -> str | None:
    """What is wrong with an address, as the end of a sentence; None when it will do."""
    if not address:
        return "l’adresse manque"
    if "@" not in address:
        return "l’adresse n’a pas d’arobase"
    if len(address) > ADDRESS_LENGTH:
        return "l’adresse est trop longue"
    if not address.isascii():
        return "l’adresse contient un accent ou un signe inhabituel"
    return None if ADDRESS.fullmatch(normal_address(address)) else "l’adresse n’est pas complète"


def is_address(_form: Any, field: Field) -> None:
    """The field holds an address that a mail can be sent to."""
    fault = address_fault((field.data or "").strip())
    if fault:
        raise StopValidation(f"{fault[0].upper()}{fault[1:]}. Attendu : prenom.nom@exemple.fr")


def is_new_password(form: Any, field: Field) -> None:
    """The field holds a password that will do, and is not the address of the same form."""
    address = form["email"].data if "email" in form else ""
    fault = passwords.fault_of(field.data or "", (address or "").strip())
    if fault:
        raise StopValidation(fault)


class SignInForm(Form):
    """Who is it."""

    email = EmailField("Adresse électronique", [filled("Donnez votre adresse électronique.", ADDRESS_LENGTH)])
    password = PasswordField("Mot de passe", [filled("Donnez votre mot de passe.", passwords.LONGEST)])
    reste = BooleanField("Rester connecté sur cet appareil")


class ForgottenForm(Form):
    """Where to send a link that lets one choose a password."""
    email = EmailField("Adresse électronique", [is_address], filters=[stripped])


class NewPasswordForm(Form):
    """The password chosen from that link."""
    password = PasswordField("Nouveau mot de passe", [is_new_password])


class AccountForm(Form):
    """A new account: the first one, or an invited person's."""

    name = StringField("Prénom et nom", [filled("Donnez votre prénom et votre nom.")], filters=[stripped])
    email = EmailField("Adresse électronique", [is_address], filters=[stripped])
    password = PasswordField("Mot de passe", [is_new_password])
