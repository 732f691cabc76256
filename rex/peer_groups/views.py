"""The pages of the peer groups."""

from flask import Flask

from rex.collectifs.recovery import after_recovery
from rex.peer_groups import decision_views, doorstep_views, mails, member_views, opening_views
from rex.peer_groups.parts import before_going
from rex.peer_groups.places import forget_forms
from rex.peer_groups.room_views import bp
from rex.peer_groups.vouching import shut_places

__all__ = ["decision_views", "doorstep_views", "member_views", "opening_views", "register"]


def register(app: Flask) -> None:
    mails.answer_for_mails()
    before_going("forms", forget_forms)
    after_recovery("peer_groups", shut_places)
    app.register_blueprint(bp)
