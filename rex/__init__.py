"""REX: a collaborative journal of retour d'expérience for the people of a territory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from rex.config import Config

__version__ = "0.2.0"


def create_app(config: Config | Mapping[str, str] | None = None) -> Flask:
    """The application. `config`: a `Config`, a mapping of REX_* variables, or None for the process's environment.

    Raises `rex.config.ConfigError` (one French sentence) when a setting is wrong. The base must be up to date
    (`rex.migrate.upgrade`, which `rex serve` calls)."""
    from rex import assets, dev_pages, errors, gate, pages, web
    from rex.archives import views as archives
    from rex.collectifs import views as collectifs
    from rex.demo import views as demo
    from rex.departures import views as departures
    from rex.digests import views as digests
    from rex.documents import views as documents
    from rex.exchanges import views as exchanges
    from rex.feeds import views as feeds
    from rex.journal import views as journal
    from rex.notices import views as notices
    from rex.peer_groups import views as peer_groups
    from rex.referentiel import views as referentiel
    from rex.reports import views as reports
    from rex.seances import views as seances
    from rex.search import views as search
    from rex.tensions import views as tensions
    from rex.trends import views as trends
    from rex.versements import views as versements

    app = web.new_app(config)
    assets.register(app)
    gate.register(app)
    errors.register(app)
    rooms = (collectifs, referentiel, peer_groups, journal, exchanges, reports, notices, seances, versements, search, tensions)
    for room in (*rooms, documents, digests, trends, archives, feeds, departures, demo, pages, dev_pages):
        room.register(app)
    return app
