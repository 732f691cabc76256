"""The pages of this room."""

from flask import Flask

from rex.notices.listening import listen


def register(app: Flask) -> None:
    """Hear what the journal tells, and put the pages on the application."""
    listen()
