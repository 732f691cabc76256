"""The first start, in its parts without network: what is recognised, and what is said when it must stop."""

from __future__ import annotations

import ast
import errno
import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rex import __main__ as door
from rex import bootstrap
from rex.bootstrap import ROOT, RUN, TEST, Environment, Refusal

BEFORE_INSTALLATION = ["rex/__init__.py", "rex/__main__.py", "rex/bootstrap.py"]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A checkout with two locks and nothing built."""
    (tmp_path / RUN).write_text("flask==3.1.3\n")
    (tmp_path / TEST).write_text("flask==3.1.3\npytest==9.2.0\n")
    return Environment(tmp_path)


@pytest.fixture
def built(environment: Environment) -> Environment:
    """The same, once the run lock is installed."""
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(os.path.realpath(sys.executable))
    environment._write_ready(RUN)
    return environment


@pytest.fixture
def no_command(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Nothing is run: each step succeeds without output, and the steps asked for are listed."""
    asked: list[list[str]] = []

    def run(self: Environment, command: list[str], held: int) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        if "venv" in command:
            self.python.parent.mkdir(parents=True)
            self.python.symlink_to(os.path.realpath(sys.executable))
        return subprocess.CompletedProcess(command, 0, stdout="")

    monkeypatch.setattr(Environment, "_run", run)
    return asked


@pytest.mark.parametrize("path", BEFORE_INSTALLATION)
def test_what_runs_first_parses_on_an_old_python(path: str) -> None:
    ast.parse((ROOT / path).read_text(encoding="utf-8"), path, feature_version=(3, 8))


def test_what_runs_first_needs_nothing_installed() -> None:
    command = "import sys; sys.path.insert(0, sys.argv[1]); import rex.__main__, rex.bootstrap"
    # -S: without site-packages, hence without any installed package.
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", command, str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"import packages inside functions in {BEFORE_INSTALLATION}: {done.stderr}"


@pytest.mark.parametrize(
    ("version", "refused"), [((3, 8, 18), True), ((3, 10, 13), True), ((3, 11, 0), False)]
)
def test_an_old_python_is_refused_in_one_sentence(version: tuple[int, ...], refused: bool) -> None:
    said = door.too_old(version)
    assert (said is not None) is refused
    if said:
        assert "3.11" in said
        assert ".".join(map(str, version)) in said
        assert "\n" not in said


def test_the_run_lock_is_recognised_and_the_test_lock_is_not(built: Environment) -> None:
    assert built.is_ready(RUN)
    assert not built.is_ready(TEST)


def test_the_test_lock_holds_the_run_lock(built: Environment) -> None:
    built._write_ready(TEST)
    assert built.is_ready(RUN)
    assert built.is_ready(TEST)


def test_a_ready_environment_runs_nothing_and_writes_nothing(
    built: Environment, no_command: list[list[str]]
) -> None:
    built.ensure(RUN)
    assert no_command == []
    assert not (built.root / ".venv.lock").exists()


def test_a_changed_lock_is_installed_without_beginning_again(
    built: Environment, no_command: list[list[str]]
) -> None:
    (built.root / RUN).write_text("flask==3.1.4\n")
    built.ensure(RUN)
    assert built.is_ready(RUN)
    assert not any("venv" in command for command in no_command)
    assert "--require-hashes" in no_command[-1]


def test_an_interrupted_installation_is_begun_again(built: Environment, no_command: list[list[str]]) -> None:
    built.building.touch()
    leftover = built.folder / "half.py"
    leftover.touch()
    assert not built.is_ready(RUN)
    built.ensure(RUN)
    assert built.is_ready(RUN)
    assert not leftover.exists()


def test_a_state_cut_short_is_not_taken_for_ready(built: Environment) -> None:
    built.ready.write_text('{"root": ')
    assert not built.is_ready(RUN)


def test_a_moved_checkout_is_built_again(
    built: Environment, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "rex"
    built.root.rename(elsewhere)
    moved = Environment(elsewhere)
    assert moved.ready.exists()
    assert not moved.is_ready(RUN)


def test_a_python_that_is_gone_is_noticed(built: Environment) -> None:
    built.python.unlink()
    built.python.symlink_to(built.root / "gone")
    assert not built.is_ready(RUN)


def test_an_environment_of_somebody_else_is_left_alone(environment: Environment) -> None:
    theirs = environment.folder / "pyvenv.cfg"
    theirs.parent.mkdir()
    theirs.touch()
    with pytest.raises(Refusal, match="n’a pas été créé par REX"):
        environment.ensure(RUN)
    assert theirs.exists()


def test_a_second_start_waits_for_the_first(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds: list[int] = []

    def flock(descriptor: int, kind: int) -> None:
        kinds.append(kind)
        if kind & fcntl.LOCK_NB:
            raise BlockingIOError

    monkeypatch.setattr(bootstrap.fcntl, "flock", flock)
    with environment._alone():
        assert kinds == [fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_EX]
    assert "attend" in capsys.readouterr().err


def test_without_ensurepip_the_pip_of_the_machine_fills_the_environment(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(self: Environment, command: list[str], held: int) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        fails = "venv" in command and "--without-pip" not in command
        fails = fails or command[:3] == [str(self.python), "-m", "pip"]
        if "venv" in command and not fails:
            self.python.parent.mkdir(parents=True)
            self.python.symlink_to(os.path.realpath(sys.executable))
        return subprocess.CompletedProcess(command, int(fails), stdout="ensurepip is not available")

    monkeypatch.setattr(Environment, "_run", run)
    environment.ensure(RUN)
    assert environment.is_ready(RUN)
    assert asked[-1][:6] == [sys.executable, "-m", "pip", "--python", str(environment.python), "install"]


def test_without_ensurepip_nor_pip_the_package_to_install_is_named(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Environment, "_run", lambda self, command, held: subprocess.CompletedProcess(command, 1, stdout="")
    )
    with pytest.raises(Refusal, match=r"sudo apt install python3(\.\d+)?-venv"):
        environment.ensure(RUN)
    assert environment.building.exists()  # so that the next start begins again


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "WARNING: Retrying (… NewConnectionError(…))\nERROR: No matching distribution found for x==1\n\n",
            r"réseau.*pip.: ERROR: No matching distribution found for x==1$",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n  noise\n", r"a échoué.*DO NOT MATCH THE HASHES$"),
        ("", r"a échoué.*aucun$"),
    ],
)
def test_what_pip_said_last_is_told_in_one_sentence(output: str, expected: str) -> None:
    said = bootstrap.why_pip_failed(output)
    assert re.search(expected, said), said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EROFS, "ne peut pas écrire"), (errno.EACCES, "ne peut pas écrire"), (errno.ENOSPC, "plein")],
)
def test_a_folder_that_refuses_is_explained(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(bootstrap.os, "open", refuse)
    with pytest.raises(Refusal, match=expected):
        environment.ensure(RUN)


def test_a_refusal_is_one_line_on_stderr_and_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(arguments: list[str]) -> int:
        raise Refusal("Une phrase.")

    monkeypatch.setattr(door, "start", refuse)
    assert door.main([]) == 1
    assert capsys.readouterr() == ("", "Une phrase.\n")


@pytest.mark.parametrize(
    ("statuses", "arguments", "expected"),
    [
        ([0, 0, 0], [], 0),
        ([1, 0, 0], [], 1),
        ([0, 0, 5], [], 1),
        ([0, 0, 4], [], 2),
        ([4], ["--no-such-option"], 2),
        ([0], ["-k", "recit"], 0),
    ],
)
def test_the_first_failure_gives_the_status_and_every_step_runs(
    monkeypatch: pytest.MonkeyPatch, statuses: list[int], arguments: list[str], expected: int
) -> None:
    left = list(statuses)
    monkeypatch.setattr(door, "follow", lambda command, folder: left.pop(0))
    assert door.run_tests("/usr/bin/python3", arguments) == expected
    assert left == []


@pytest.mark.parametrize("name", [RUN, TEST])
def test_locks_are_hashed_and_name_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    requirements = re.findall(r"^[a-z0-9].*", lock, flags=re.MULTILINE)
    assert requirements
    assert all("==" in line and line.endswith("\\") for line in requirements)
    assert not re.search(r"https?:|file:|^-", lock, flags=re.MULTILINE)


def test_the_test_lock_keeps_the_versions_of_the_run_lock() -> None:
    run, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
        for name in (RUN, TEST)
    )
    assert run < test
