"""`rex tick` runs without any page: rooms hear each other there as they do beside the pages."""

import subprocess
import sys

import pytest

from rex.peer_groups import parts, settling

ASK = """
from rex import chores
from rex.peer_groups import parts, settling
chores.hear()
print(*sorted(parts._before_going), *sorted(kind.value for kind in settling._ends))
"""
OF_PAGES = {"search"}  # what a server keeps in memory for a while: `rex tick` keeps nothing


@pytest.mark.usefixtures("app")
def test_what_pages_register_is_heard_without_them():
    wanted = {*parts._before_going, *(kind.value for kind in settling._ends)} - OF_PAGES
    answer = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, timeout=60, check=True)
    assert wanted <= set(answer.stdout.split()), "say it in rex.chores.hear"
