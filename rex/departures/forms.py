"""The forms that end something: the password is asked again, and each choice is said whole."""

from wtforms import PasswordField, StringField
from wtforms.validators import StopValidation

from rex.collectifs.account_forms import ASKED
from rex.collectifs.entrance_forms import Form, filled
from rex.collectifs.passwords import LONGEST
from rex.departures.chosen import Chosen

STAY, GO = "restent", "partent"


class PasswordForm(Form):
    """Who asks is who has the password."""

    current_password = PasswordField("Mot de passe actuel", [filled(ASKED, LONGEST)])


def _is_chosen(_form: Form, field: StringField) -> None:
    if field.data not in (STAY, GO):
        raise StopValidation("Choisissez l’une des deux réponses.")


class DeletionForm(PasswordForm):
    """What stays and what goes."""

    recits = StringField("Vos récits", [_is_chosen], default=STAY)  # the page draws the two answers of each
    words = StringField("Vos autres textes", [_is_chosen], default=STAY)
    groups = StringField("Vos textes dans des groupes", [_is_chosen], default=GO)

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.recits.data == STAY, self.words.data == STAY, self.groups.data == STAY)
