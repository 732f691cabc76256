"""Another process than the one that serves ends a group, as `rex tick` does on the day that was announced."""

import os
import sys
from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.cli import main as rex
from rex.collectifs.group_models import PeerGroup
from rex.config import config_from
from rex.opening import open_database


def main() -> int:
    database = open_database(config_from(os.environ))
    with database.system("its day has come", write=True) as session:
        group = session.scalars(select(PeerGroup).where(PeerGroup.public_id == sys.argv[1])).one()
        group.dissolves_at = clock.now() - timedelta(minutes=1)
    database.dispose()
    status = rex(["tick"])
    with database.system("it is gone") as session:
        assert session.scalars(select(PeerGroup).where(PeerGroup.public_id == sys.argv[1])).all() == []
    database.dispose()
    return status


if __name__ == "__main__":
    sys.exit(main())
