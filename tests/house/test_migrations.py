"""The schema: what the migrations make is what the models say, upward and downward, over real rows, on both engines."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, select, text

from rex import migrate
from rex.db import Base, Database
from rex.journal.models import Audience, Stance
from rex.migrate import SchemaError
from tests.making import contents, make_recit
from tests.trends.beside import make_jalon


def set_revision(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def shape_of(engine: Engine) -> dict[str, tuple[list, ...]]:
    """Tables, columns, constraints and indexes as the engine tells them."""
    seen, found = inspect(engine), dict[str, tuple[list, ...]]()
    for table in sorted(seen.get_table_names()):
        columns = sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table))
        indexes = sorted((i["name"] or "", tuple(map(str, i["column_names"])), bool(i["unique"])) for i in seen.get_indexes(table))
        foreign = sorted((f["name"] or "", f["referred_table"], str(f.get("options"))) for f in seen.get_foreign_keys(table))
        unique = sorted(u["name"] or "" for u in seen.get_unique_constraints(table))
        checks = sorted(str(c["name"]) for c in seen.get_check_constraints(table))
        found[table] = (columns, indexes, foreign, unique, checks)
    return found


def test_the_models_are_what_the_migrations_made(database):
    assert migrate.differences(database) == [], "write a migration for what the models gained or lost"
    assert migrate.current(database) == migrate.head()


def test_a_difference_would_be_seen(database):
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE entry ADD COLUMN forgotten INTEGER"))
    assert any("forgotten" in difference for difference in migrate.differences(database))


def test_every_constraint_has_the_name_that_the_models_give_it(database):
    """A later migration points at it by this name."""
    for table, (_, indexes, foreign, unique, checks) in shape_of(database.engine).items():
        names = [*(index[0] for index in indexes), *(key[0] for key in foreign), *unique, *checks]
        assert all(name and name != "None" for name in names), f"{table} has a constraint without a name"


def test_one_revision_follows_another():
    from alembic.script import ScriptDirectory

    scripts = list(ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions())
    assert len([script for script in scripts if script.is_head]) == 1, "two migrations follow the same one: put them in line"
    assert all(script.doc for script in scripts), "say in one sentence what each migration is for"


def test_down_to_nothing_and_up_again_over_real_rows(database, cast):
    before = shape_of(database.engine)
    make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    make_recit(database, cast.bruno, audience=None)
    make_recit(database, cast.ines, audience=Audience.RESEAU)
    make_recit(database, cast.ana, withdrawn=True)
    migrate.downgrade(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(database)
    assert shape_of(database.engine) == before
    assert migrate.differences(database) == []
    with database.engine.connect() as connection:
        assert all(not connection.execute(select(table).limit(1)).all() for table in Base.metadata.sorted_tables)


def test_each_step_down_and_up_keeps_the_rows(database, cast):
    """Each migration but the first, undone and done again over rows that the application wrote."""
    make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    make_recit(database, cast.bruno, audience=None)
    from alembic.script import ScriptDirectory

    before = contents(database)
    for script in ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions():
        if script.down_revision:
            migrate.downgrade(database, str(script.down_revision))
            migrate.upgrade(database)
            after = contents(database)
            lost = [table for table in before if len(before[table]) != len(after[table])]
            assert lost == [], f"migration {script.revision}, down and up, loses rows"


def test_an_up_to_date_base_is_upgraded_to_itself(database, cast):
    made = make_recit(database, cast.camille)
    before = contents(database)
    migrate.upgrade(database)
    assert contents(database) == before and made.id


def test_a_base_from_a_newer_version_is_refused(database, cast):
    make_recit(database, cast.camille)
    set_revision(database, "9999")
    with pytest.raises(SchemaError) as refused:
        migrate.upgrade(database)
    assert str(refused.value) == (
        "La base vient d’une version plus récente de REX (révision 9999) : mettez le programme à jour."
    )
    assert migrate.current(database) == "9999", "a refused upgrade leaves the base as it was"


def test_a_migration_that_breaks_a_reference_changes_nothing(database, cast, tmp_path: Path, monkeypatch):
    if not database.is_sqlite:
        pytest.skip("PostgreSQL keeps its references by itself, during a migration too")
    make_recit(database, cast.camille)
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder)
    (folder / "versions" / "9000_broken.py").write_text(
        '"""A migration that forgets who leans on what."""\n\nfrom alembic import op\n\n'
        f'revision = "9000"\ndown_revision = "{migrate.head()}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("DELETE FROM collectif")\n\n\ndef downgrade() -> None:\n    pass\n'
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    before = contents(database)
    with pytest.raises(SchemaError, match="référence cassée"):
        migrate.upgrade(database)
    assert contents(database) == before
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1, "references are checked again"


def test_a_new_base_is_empty_until_it_is_upgraded(tmp_path: Path, database):
    engine = create_engine(f"sqlite:///{tmp_path / 'vide.db'}")
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    fresh = Database(f"sqlite:///{tmp_path / 'neuve.db'}", database.keyring)
    assert migrate.is_empty(fresh)
    migrate.upgrade(fresh)
    assert not migrate.is_empty(fresh) and migrate.differences(fresh) == []
    fresh.dispose()


def test_jalons_are_kept_under_their_new_name(database, cast):
    make_jalon(database, cast.ana, cast.valombre_id, "Le premier")
    make_jalon(database, cast.ana, cast.valombre_id, "Le second")
    before = contents(database)["jalon"]
    migrate.downgrade(database, "0007")
    migrate.upgrade(database)
    assert contents(database)["jalon"] == before
    make_jalon(database, cast.ana, cast.valombre_id, "Un de plus")
