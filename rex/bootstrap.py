"""The environment of the checkout: `.venv`, filled once from a hashed lock, then only recognised.

Standard library only. When all is there, a start costs one small file to read and one hash. `rex-building`
enters `.venv` before anything else and leaves when all is installed: an interrupted installation is thus seen
and begun again.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUN = "requirements.lock"
TEST = "requirements-test.lock"  # holds all of RUN, in the same versions
BASE_PYTHON: str = getattr(sys, "_base_executable", "") or sys.executable
PIP_OPTIONS = [
    "--require-hashes",
    "--disable-pip-version-check",
    "--no-input",
    "--no-user",
    "--progress-bar=off",
    "--retries=2",
]
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}  # would send pip to another Python’s modules
OFFLINE = ("ConnectionError", "NameResolution", "Max retries exceeded", "TimeoutError", "timed out")


class Refusal(Exception):
    """What stops the start, as the one French sentence that the person reads."""


class Environment:
    """The `.venv` of the checkout at `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.script = self.folder / "bin" / "rex"
        self.ready = self.folder / "rex-ready.json"
        self.building = self.folder / "rex-building"

    def is_running_here(self) -> bool:
        """Whether this very process runs on the environment’s Python."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def is_ready(self, lock: str) -> bool:
        """Whether all that `lock` names is installed, in an environment that stands."""
        return self.is_sound() and self._read().get("locks", {}).get(lock) == self._digest(lock)

    def is_sound(self) -> bool:
        """Whether the environment was finished and still stands: not moved, its Python still there."""
        found = self._read()
        return (
            not self.building.exists()
            and found.get("root") == str(self.root)
            and found.get("python") == os.path.realpath(self.python)
            and self.python.exists()
        )

    def is_ours(self) -> bool:
        """Whether REX made the folder, and so may empty it."""
        return self.ready.exists() or self.building.exists() or not any(self.folder.iterdir())

    def ensure(self, lock: str) -> None:
        """Make the environment hold what `lock` names; does nothing when it already does."""
        if self.is_ready(lock):
            return
        try:
            with self._alone() as held:
                if not self.is_ready(lock):  # another start may have finished it while this one waited
                    self._build(lock, held)
        except OSError as error:
            raise Refusal(cannot_write(self.root, error)) from error

    @contextmanager
    def _alone(self) -> Generator[int]:
        """Hold the lock of installations, and give it so that pip keeps it if this process is killed."""
        held = os.open(self.root / ".venv.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Une autre installation est en cours : REX attend qu’elle se termine.")
                fcntl.flock(held, fcntl.LOCK_EX)
            yield held
        finally:
            os.close(held)

    def _build(self, lock: str, held: int) -> None:
        if self.is_sound():
            say("REX met à jour ses composants…")
            self.building.touch()
        else:
            if self.folder.exists() and not self.is_ours():
                raise Refusal(
                    f"Le dossier {self.folder} n’a pas été créé par REX : déplacez-le ou supprimez-le, "
                    "puis relancez la même commande."
                )
            say("REX prépare son environnement : une à deux minutes, une seule fois…")
            self._create(held)
        command = [*self._pip(held), "install", *PIP_OPTIONS, "-r", str(self.root / lock)]
        done = self._run(command, held)
        if done.returncode:
            raise Refusal(why_pip_failed(done.stdout))
        self._write_script()
        self._write_ready(lock)
        self.building.unlink()

    def _create(self, held: int) -> None:
        """Make the virtual environment anew, without its own pip where Debian sells `ensurepip` apart."""
        output = ""
        for options in ([], ["--without-pip"]):
            self._empty()
            done = self._run([BASE_PYTHON, "-m", "venv", *options, str(self.folder)], held)
            if done.returncode == 0:
                return
            output = output or done.stdout
        raise Refusal(why_no_environment(output))

    def _empty(self) -> None:
        """Begin again from a folder that says whose it is, even if this is interrupted half-way."""
        old = self.root / ".venv.old"
        if old.exists():
            shutil.rmtree(old)
        if self.folder.exists():
            self.folder.rename(old)
            shutil.rmtree(old)
        self.folder.mkdir()
        self.building.touch()

    def _pip(self, held: int) -> list[str]:
        """The pip that fills the environment: its own, else the machine’s (which PEP 668 allows)."""
        own = [str(self.python), "-m", "pip"]
        machine = [sys.executable, "-m", "pip", "--python", str(self.python)]
        for command in (own, machine):
            if self._run([*command, "--version"], held).returncode == 0:
                return command
        raise Refusal(why_no_environment(""))

    def _run(self, command: list[str], held: int) -> subprocess.CompletedProcess[str]:
        """Run one step away from the checkout’s modules, its words kept for the explanation."""
        kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=kept,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=(held,),
            check=False,
        )

    def _write_script(self) -> None:
        """Write `rex`, which sh starts, since a path may be too long or hold spaces for `#!`."""
        self.script.write_text(
            "#!/bin/sh\n"
            f"'''exec' {shlex.quote(str(self.python))} \"$0\" \"$@\"\n"
            "' '''\n"
            "import sys\n\n"
            f"sys.path[0] = {str(self.root)!a}\n"
            "from rex.cli import main\n\n"
            "sys.exit(main(sys.argv[1:]))\n",
            encoding="utf-8",
        )
        self.script.chmod(0o755)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.ready.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # absent or cut short: not ready
            return {}
        return found if isinstance(found, dict) else {}

    def _write_ready(self, lock: str) -> None:
        locks = {name: self._digest(name) for name in ((RUN, TEST) if lock == TEST else (lock,))}
        state = {"root": str(self.root), "python": os.path.realpath(self.python), "locks": locks}
        new = self.ready.with_suffix(".new")
        new.write_text(json.dumps(state, indent=1), encoding="utf-8")
        new.replace(self.ready)

    def _digest(self, lock: str) -> str:
        return hashlib.sha256((self.root / lock).read_bytes()).hexdigest()


def say(line: str) -> None:
    """Tell progress beside the command’s own output."""
    print(line, file=sys.stderr, flush=True)


def cannot_write(root: Path, error: OSError) -> str:
    """The sentence for a checkout where nothing can be installed."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"REX ne peut pas écrire dans {root} : copiez-le dans un dossier qui vous appartient, "
            "puis relancez la même commande."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Le disque de {root} est plein : libérez 500 Mo, puis relancez la même commande."
    return f"REX ne peut pas s’installer dans {root} ({error})."


def why_no_environment(output: str) -> str:
    """The sentence when Python cannot make an environment, or no pip can fill it."""
    lacking = any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip"))
    if lacking or not output:
        system = os.path.realpath(BASE_PYTHON) == os.path.realpath("/usr/bin/python3")
        package = "python3-venv" if system else "python{}.{}-venv".format(*sys.version_info)
        return (
            "Il manque à Python de quoi créer un environnement : sous Debian ou Ubuntu, lancez "
            f"« sudo apt install {package} », puis relancez la même commande."
        )
    return f"Python n’a pas pu créer l’environnement de REX. Dernier message : {last_words(output)}"


def why_pip_failed(output: str) -> str:
    """The sentence when pip gave up: the network, or what it said last."""
    if any(sign in output for sign in OFFLINE):
        said = "REX n’a pas pu télécharger ses composants : vérifiez l’accès au réseau, puis recommencez."
    else:
        said = "L’installation des composants de REX a échoué : vous pouvez recommencer."
    return f"{said} Dernier message de pip : {last_words(output)}"


def last_words(output: str) -> str:
    """The last line that says something in what a tool printed: its last error if it named one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["aucun"])[-1]
