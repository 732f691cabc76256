"""The pages of this room: the entrance, one's account, the people of a collectif, the administration."""

from flask import Flask

from rex.collectifs import account_views, entrance_views


def register(app: Flask) -> None:
    for blueprint in (entrance_views.bp, account_views.bp):
        app.register_blueprint(blueprint)
