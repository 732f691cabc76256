"""The pages of this room: the entrance, secret addresses, one's account, the people of a collectif, the administration."""

from flask import Flask

from rex.collectifs import (
    account_views,
    administration_views,
    capabilities,
    entrance_views,
    import_views,
    inviting_views,
    joining_views,
    link_views,
    people_views,
    recovery_views,
    service_views,
    settings_views,
)

# These put their pages on the blueprint of another module: importing them is what registers them.
PARTS = (import_views, inviting_views, joining_views, link_views, recovery_views, service_views, settings_views)


def register(app: Flask) -> None:
    """Put all of them on the application."""
    for module in (entrance_views, capabilities, account_views, people_views, administration_views):
        app.register_blueprint(module.bp)
