"""`python3 -m rex …`: build the environment when it lacks, then hand over to the command line inside it.

This file, rex/__init__.py and rex/bootstrap.py run before anything is installed: they import the standard
library only, and still parse on Python 3.8, to be able to say that Python is too old.
"""

from __future__ import annotations

import os
import sys

OLDEST = (3, 11)
TEST_HELP = """Usage : rex test [OPTIONS DE PYTEST]

  Lance tous les contrôles : style, types, puis les tests, sur SQLite et sur
  PostgreSQL. Avec des options, ou le nom d’un fichier de tests, lance pytest
  seul, avec elles.

  Un test que cette machine ne permet pas est passé, et sa raison est dite à la
  fin ; REX_TEST_REQUIRE=browser,postgres le rend obligatoire."""
KNOWN = ("python3.14", "python3.13", "python3.12", "python3.11")


def main(arguments: list[str]) -> int:
    """Do what `arguments` (without the program’s name) ask: 0 done, 1 refused, 2 wrong usage."""
    problem = too_old(sys.version_info[:3]) or not_posix(os.name)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    from rex.bootstrap import Refusal

    try:
        return start(arguments)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
    except KeyboardInterrupt:
        print("Arrêté avant la fin. Vous pouvez relancer la même commande.", file=sys.stderr)
    return 1


def too_old(version: tuple[int, ...]) -> str | None:
    """The sentence for a Python before 3.11, naming a newer one of this machine; None when it will do."""
    if version >= OLDEST:
        return None
    import shutil

    better = next((name for name in KNOWN if shutil.which(name)), None)
    advice = "lancez" if better else "installez une version plus récente, puis lancez par exemple"
    running = ".".join(str(part) for part in version)
    return (
        f"REX a besoin de Python 3.11 ou plus récent, et celui-ci est Python {running} : "
        f"{advice} « {better or 'python3.11'} -m rex »."
    )


def not_posix(system: str) -> str | None:
    """The sentence for a system without the file locks that REX relies on (Windows); None elsewhere."""
    if system == "posix":
        return None
    return "REX s’installe sous Linux ou macOS : sous Windows, lancez-le dans WSL."


def start(arguments: list[str]) -> int:
    """Run `arguments` in the environment of the checkout, built first if need be."""
    from rex.bootstrap import ROOT, RUN, TEST, Environment

    environment = Environment(ROOT)
    testing = arguments[:1] == ["test"]
    if testing and arguments[1:] in (["--help"], ["-h"]):  # pytest would answer, in English
        print(TEST_HELP)
        return 0
    # Who keeps an environment of their own (a container, a developer) says so, and REX then builds none.
    own = bool(os.environ.get("REX_USE_THIS_PYTHON"))
    if not own:
        environment.ensure(TEST if testing else RUN)
    if testing:
        return run_tests(sys.executable if own else str(environment.python), arguments[1:])
    if not own and not environment.is_running_here():
        # The same process goes on, so that signals reach the application itself.
        os.execv(environment.python, [str(environment.python), str(environment.script), *arguments])
    from rex.cli import main as command_line

    return command_line(arguments)


def run_tests(python: str, arguments: list[str]) -> int:
    """Run every check with `python`, or pytest alone with `arguments`; the first failure gives the status.

    pytest comes last: its summary names what was skipped, with the reason, on the last lines.
    """
    from rex.bootstrap import ROOT

    pytest = ("Tests", ["pytest", *(arguments or ["-n", "auto"])])
    types = ("Types", ["ty", "check", "--python", os.path.dirname(os.path.dirname(python))])
    steps = [pytest] if arguments else [("Règles d’écriture du code", ["ruff", "check", "."]), types, pytest]
    failed = []
    for number, (name, command) in enumerate(steps, 1):
        print(f"\n— {number}/{len(steps)} · {name}", flush=True)
        status = follow([python, "-m", *command], ROOT)
        if status:
            failed.append((name, 2 if command[0] == "pytest" and status == 4 else 1))  # 4: wrong option
    if failed and len(steps) > 1:
        print("En échec : " + ", ".join(name for name, _ in failed) + ".", file=sys.stderr)
    return failed[0][1] if failed else 0


def follow(command: list[str], folder: os.PathLike[str]) -> int:
    """Run `command` in `folder` until it ends, leaving it the time to clean up when it is interrupted."""
    import signal
    import subprocess

    with subprocess.Popen(command, cwd=folder) as child:
        before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child got the same signal
            child.wait()
            raise
        finally:
            signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
