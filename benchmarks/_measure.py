"""How the benchmarks measure: interleaved rounds, medians, ratios.

Times depend on the machine, ratios much less: the candidates of one table take turns, in one
process or in fresh processes, and each ratio is the median of the ratios of the rounds.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version


def timed(function: Callable[[], object], repeat: int) -> float:
    """Seconds of processor time for one call, over *repeat* calls."""
    start = time.process_time()
    for _ in range(repeat):
        function()
    return (time.process_time() - start) / repeat


def interleaved(
    candidates: dict[str, Callable[[], object]], *, rounds: int = 9, repeat: int = 1
) -> dict[str, list[float]]:
    """Seconds a call of every candidate in every round, the order shuffled in each."""
    seen: dict[str, list[float]] = {name: [] for name in candidates}
    for function in candidates.values():
        function()
    gc.collect()
    for _ in range(rounds):
        for name in random.sample([*candidates], len(candidates)):
            seen[name].append(timed(candidates[name], repeat))
    return seen


def processes(scripts: dict[str, str], *, rounds: int = 15) -> dict[str, list[float]]:
    """Seconds of processor time of fresh interpreters that run *scripts*, shuffled."""
    seen: dict[str, list[float]] = {name: [] for name in scripts}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONWARNINGS": "ignore"}
    for round_ in range(-1, rounds):
        for name in random.sample([*scripts], len(scripts)):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", scripts[name]], check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if round_ >= 0:
                seen[name].append(
                    after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                )
    return seen


def ratio(seen: dict[str, list[float]], name: str, base: str) -> float:
    """The median over the rounds of how *name* compares with *base*."""
    pairs = zip(seen[name], seen[base], strict=True)
    return statistics.median(one / other for one, other in pairs if other)


def unit(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.2f} µs" if seconds < 1e-5 else f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms"


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print(f"\n### {title}\n")
    print("|", " | ".join(header), "|")
    print("|", " | ".join("---" for _ in header), "|")
    for row in rows:
        print("|", " | ".join(row), "|")


def compared(title: str, seen: dict[str, list[float]], base: str, budget: str = "") -> None:
    """Print a table of medians, each with its ratio to *base*."""
    rows = [
        (name, unit(statistics.median(values)), f"{ratio(seen, name, base):.2f}")
        for name, values in seen.items()
    ]
    table(f"{title}{f' (budget: {budget})' if budget else ''}", ("", "median", "ratio"), rows)


def versions(*names: str) -> str:
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (not installed)")
    return f"Python {sys.version.split()[0]}, " + ", ".join(found)
