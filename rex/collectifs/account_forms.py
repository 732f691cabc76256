"""The forms that ask for the current password."""

from wtforms import EmailField, PasswordField

from rex.collectifs.entrance_forms import Form, filled, is_address, is_new_password, stripped
from rex.collectifs.passwords import LONGEST

ASKED = "Donnez votre mot de passe actuel."


class ChangePasswordForm(Form):
    """Another password, for whoever knows the current one."""
    current_password = PasswordField("Mot de passe actuel", [filled(ASKED, LONGEST)])
    password = PasswordField("Nouveau mot de passe", [is_new_password])


class ChangeAddressForm(Form):
    """Another address, for whoever knows the current password."""
    email = EmailField("Nouvelle adresse", [is_address], filters=[stripped])
    current_password = PasswordField("Mot de passe actuel", [filled(ASKED, LONGEST)])
