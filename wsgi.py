"""For a WSGI server: `gunicorn wsgi:app`, settings from the environment.

The demonstration is served on loopback alone: with a public REX_BASE_URL, a base that holds it stops the start."""

from rex import create_app
from rex.serve import is_local, refuse_public_demo, settle

app = create_app()
_rex = app.extensions["rex"]
refuse_public_demo(_rex.database, is_local(_rex.config.base_url))
settle()
