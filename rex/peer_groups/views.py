"""The pages of the peer groups."""

from flask import Flask

from rex.peer_groups import decision_views, doorstep_views, mails, member_views, opening_views
from rex.peer_groups.room_views import bp

__all__ = ["decision_views", "doorstep_views", "member_views", "opening_views", "register"]


def register(app: Flask) -> None:
    mails.answer_for_mails()
    app.register_blueprint(bp)
