"""The forms about people's places: seats, invitations, services, settings."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, StringField, TextAreaField
from wtforms.validators import StopValidation

from rex.collectifs.entrance_forms import Choice, Form, at_most, choices, filled, is_address, stripped
from rex.collectifs.models import ADDRESS_LENGTH, Collectif, College, Role, Service, ServiceKind, Theme

PARTNERS = frozenset({College.OPERATEUR, College.HABITANT})  # who sits only where the journal is open to partners
ABOUT_LENGTH = 2000


def colleges_of(collectif: Collectif, kept: College | None = None) -> list[tuple[str, str]]:
    """The collèges that may sit in a collectif; `kept` is one that already does."""
    open_ones = [c for c in College if collectif.is_open_to_partners or c not in PARTNERS or c is kept]
    return [(college.value, college.label) for college in open_ones]


def _address_if_any(form: Form, field: Field) -> None:
    if field.data:
        is_address(form, field)


class SeatForm(Form):
    """From where a person speaks in a collectif."""

    college = Choice("Collège", default=College.SERVICE.value)
    service = Choice("Service ou structure", default="")
    title = StringField("Fonction", [at_most(120)], filters=[stripped])
    role = Choice("Rôle", choices=choices((role.value, role.label) for role in Role), default=Role.MEMBRE.value)

    def offer(self, colleges: list[tuple[str, str]], services: Iterable[Service]) -> None:
        """Fill the lists of this collectif in."""
        self.college.choices = choices(colleges)
        self.service.choices = choices([("", "Aucun"), *((service.public_id, service.name) for service in services)])


class InvitationForm(SeatForm):
    """Whom one invites, to which place; without address, a link is made to hand over."""
    name = StringField("Prénom et nom", [at_most(120)], filters=[stripped])
    email = EmailField("Adresse électronique", [_address_if_any, at_most(ADDRESS_LENGTH)], filters=[stripped])


class ServiceForm(Form):
    """A service or a structure."""
    name = StringField("Nom du service ou de la structure", [filled("Donnez un nom.")], filters=[stripped])
    kind = Choice("Nature", choices=choices((k.value, k.label) for k in ServiceKind), default=ServiceKind.SERVICE.value)


class CollectifForm(Form):
    """A new collectif: its name is all that its opening asks."""
    name = StringField("Nom du collectif", [filled("Donnez un nom au collectif.")], filters=[stripped])


class FirstStepsForm(CollectifForm):
    """The first collectif, and the place of the person who opens it."""

    college = Choice("Votre collège", choices=choices((c.value, c.label) for c in College), default=College.SERVICE.value)
    service = StringField("Votre service ou structure", [at_most(120)], filters=[stripped])
    title = StringField("Votre fonction", [at_most(120)], filters=[stripped])


class SettingsForm(CollectifForm):
    """What the animation of a journal decides for it."""
    about = TextAreaField("Présentation", [at_most(ABOUT_LENGTH)])
    timezone = StringField("Fuseau horaire", filters=[stripped])
    is_open_to_partners = BooleanField("Les habitants, les opérateurs et les associations peuvent être membres")

    def validate_timezone(self, field: Field) -> None:
        if field.data not in available_timezones():
            raise StopValidation("Choisissez un fuseau de la liste, par exemple Europe/Paris.")


class ImportForm(Form):
    """The file of a list of people; its faults are told by `roster`."""
    file = FileField("Fichier CSV")


THEMES = [(Theme.SYSTEME.value, "Comme votre appareil"), (Theme.CLAIR.value, "Clair"), (Theme.SOMBRE.value, "Sombre")]


class MeForm(Form):
    """What one decides of oneself: the name that others read, the appearance of the pages."""
    name = StringField("Prénom et nom", [filled("Donnez votre prénom et votre nom.")], filters=[stripped])
    theme = Choice("Apparence", choices=choices(THEMES))
