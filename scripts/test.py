"""Test the project on every Python from 3.11 up that this machine has.

Each interpreter gets a virtual environment of its own, with the project installed in it;
the static checks (types, lint, documentation) run once, on the first of them. Whatever
fails, the command fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
TESTS = ("pytest", "-n", "auto", "--dist", "loadfile")
STATIC = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("mypy", "tests/static", "--no-namespace-packages"),
    ("pyright",),
    ("sphinx-build", "-n", "-W", "-q", "-b", "html", "docs", "docs/_build"),
)


def version_of(python: str) -> tuple[int, int] | None:
    code = "import sys, venv; print(*sys.version_info[:2], sys.implementation.name)"
    try:
        done = subprocess.run(
            [python, "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError:
        return None
    major, minor, name = (done.stdout.split() or ["0", "0", ""])[:3]
    return (int(major), int(minor)) if name == "cpython" else None


def interpreters() -> dict[tuple[int, int], str]:
    """The first interpreter found of each version: this one, those on the path, pyenv's."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], OLDEST[1] + 10)]
    folders = [*os.environ.get("PATH", "").split(os.pathsep)]
    folders += sorted(map(str, Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(
        "versions/*/bin")))  # fmt: skip
    candidates = [sys.executable]
    candidates += [
        path for folder in folders for name in names if (path := shutil.which(name, path=folder))
    ]
    found: dict[tuple[int, int], str] = {}
    for candidate in candidates:
        version = version_of(candidate)
        if version and version >= OLDEST:
            found.setdefault(version, candidate)
    return dict(sorted(found.items()))


def run(*command: object, **environment: str) -> None:
    print("$", *command, flush=True)
    subprocess.run([*map(str, command)], check=True, cwd=ROOT, env={**os.environ, **environment})


def prepared(version: tuple[int, int], python: str) -> Path:
    """The folder of commands of a virtual environment with the project installed."""
    home = ROOT / f".venv-{version[0]}.{version[1]}"
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    if not (commands / "pip").exists():
        if Path(python) == Path(sys.executable):
            venv.create(home, with_pip=True, clear=True)
        else:
            run(python, "-m", "venv", "--clear", home)
    run(commands / "python", "-m", "pip", "install", "-q", "-U", "pip")
    run(commands / "python", "-m", "pip", "install", "-q", "-e", ".[test]")
    return commands


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="3.N", help="test this version alone")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest")
    options = parser.parse_args()
    found = interpreters()
    if options.only:
        found = {v: p for v, p in found.items() if f"{v[0]}.{v[1]}" == options.only}
    if not found:
        sys.exit("no Python 3.11 or later was found")
    for number, (version, python) in enumerate(found.items()):
        commands = prepared(version, python)
        environment = {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
        if number == 0:
            for command in STATIC:
                run(commands / command[0], *command[1:], **environment)
            run(commands / "coverage", "erase")
            run(commands / "coverage", "run", "-m", *TESTS, *options.pytest, **environment)
            if not options.pytest:
                run(commands / "coverage", "combine", "-q")
                run(commands / "coverage", "report")
        else:
            run(commands / "python", "-m", *TESTS, *options.pytest, **environment)


if __name__ == "__main__":
    main()
