"""Documents in and out of REX, on the web."""

from flask import Flask

from rex.documents import export_views, import_views, several_views


def register(app: Flask) -> None:
    """Add the pages of this room."""
    import_views.register(app)
    export_views.register(app)
    several_views.register(app)
