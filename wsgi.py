"""For a WSGI server: `gunicorn wsgi:app`, settings from the environment.

The demonstration is served to this machine alone: with a public REX_BASE_URL, a base that holds it stops the start; without one,
whoever asks from elsewhere is refused. A refusal is one sentence, and the status by which gunicorn knows that it is of no use to
start again."""

import sys

from rex.refusals import sentence_of
from rex.serve import for_a_server

APP_LOAD_ERROR = 4

try:
    app = for_a_server()
except Exception as error:
    sentence = sentence_of(error)
    if sentence is None:
        raise
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(APP_LOAD_ERROR) from None
