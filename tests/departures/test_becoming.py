"""Every column that leads to a person has its line in the table of departures, and the base does what the line says."""

import re

from rex import migrate
from rex.db import Base
from rex.departures.becoming import BECOMING, NAMES, Fate

migrate.import_models()
# Columns that hold a person otherwise than by a key of the base: each is looked at by `rex.departures.erasing`.
WITHOUT_KEY = {"IdempotencyKey.person", "Invitation.address", "Invitation.name", "OneTimeLink.new_address", "Recognition.to_name"}


def columns_to_persons() -> dict[tuple[str, str], str]:
    """(class, attribute) → what the base does with the row when the account goes."""
    found = {}
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            for key in column.foreign_keys:
                if key.column.table.name == "user":
                    owner = next(one for one in mapper.iterate_to_root() if column in one.local_table.columns.values())
                    found[owner.class_.__name__, owner.get_property_by_column(column).key] = key.ondelete or "nothing"
    return found


def test_each_column_that_names_a_person_says_what_becomes_of_it():
    lacking = set(columns_to_persons()) - set(BECOMING)
    assert lacking == set(), "say in rex/departures/becoming.py what becomes of it, and where the archive of one's own data has it"
    assert set(BECOMING) - set(columns_to_persons()) == set(), "these lines of rex/departures/becoming.py name nothing any more"


def test_the_base_does_what_is_said():
    """What goes goes by the base itself; what stays loses the person, whatever code forgets."""
    does = {Fate.GOES: "CASCADE", Fate.NAMELESS: "SET NULL", Fate.CHOSEN: "SET NULL"}
    wrong = {key: how for key, how in columns_to_persons().items() if how != does[BECOMING[key].fate]}
    assert wrong == {}


def test_the_archive_has_it_or_there_is_a_reason():
    """What is in it is looked for in `test_own_data`, in an archive of somebody who has one of each."""
    neither = [key for key, one in BECOMING.items() if bool(one.archive) == bool(one.why_not)]
    assert neither == [], "one of the two: where the archive has it, or why not"


def test_columns_that_may_hold_an_address_are_known():
    named = {
        f"{mapper.class_.__name__}.{attribute.key}"
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if re.search(r"address|person$|(^|_)name$", attribute.key)
    }
    told = {
        "Credential.address": "goes with the account",
        "User.name": "goes with the account",
        "Authorship.service_name": "a service", "Echo.service_name": "a service", "ActionNote.service_name": "a service",
        "TensionTrial.service_name": "a service", "CounterReading.service_name": "a service",
        "CounterReading.subject_name": "what a figure is about: a service, a balise, a month", "Jalon.name": "a day",
        "ArbitrageParty.name": "a service, a structure, a collège",
        "Service.name": "a service", "Service.folded_name": "a service",
        "Attachment.key_name": "a space",
        "Lease.name": "a piece of work",
        "ArchiveArrival.by_address": "yes or no",
        **dict.fromkeys((f"{kind}.name" for kind in ("Space", "Collectif", "PeerGroup", "ArrivingCollectif")), "a space"),
    }  # fmt: skip
    assert named - set(told) - WITHOUT_KEY == set(), "does it name a person? Then rex/departures/erasing.py looks at it"


def test_columns_that_may_hold_a_name_say_what_becomes_of_it():
    columns = {
        (mapper.class_.__name__, attribute.key)
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if attribute.columns[0].table is mapper.local_table
    }
    assert set(NAMES) - columns == set(), "these lines of rex/departures/becoming.py name nothing any more"
    named = {one for one in columns if re.search(r"teller|byline|signature|to_name$|called$", one[1])}
    assert named - set(NAMES) - {("PeerGroup", "called")} == set(), "may it hold somebody's name? Then departures look at it"
