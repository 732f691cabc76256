"""The installation that the environment names, opened for one command."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rex.config import Config
    from rex.db import Database


@contextmanager
def opened(*, prepared: bool = True) -> Generator[tuple["Config", "Database"], None, None]:
    """The installation that the environment names; `prepared`: its base is brought to this version first."""
    from rex import opening
    from rex.config import config_from

    config = config_from(os.environ)
    database = opening.open_database(config)
    try:
        if prepared:
            for sentence in opening.prepare(database):
                print(f"Attention\u00a0: {sentence}", file=sys.stderr)
        yield config, database
    finally:
        database.dispose()


def root_of(config: "Config") -> str:
    """The public address of this installation, else the one that the embedded server takes by itself."""
    from rex.config import DEFAULT_ROOT

    return config.base_url or DEFAULT_ROOT
