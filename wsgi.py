"""For a WSGI server: `gunicorn wsgi:app`, settings from the environment."""

from rex import create_app

app = create_app()
