"""A fast sample of `make fidelity`: sixty figures of Matplotlib's gallery."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
LIMIT = 300.0  # s, also for fetching Matplotlib's source the first time


@pytest.mark.timeout(LIMIT + 10)
def test_sixty_figures_of_the_gallery_look_as_matplotlib_draws_them() -> None:
    run = subprocess.run(
        [sys.executable, "benchmarks/fidelity/run.py", "--sample"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    (figures,) = (
        int(line.split()[1])
        for line in run.stdout.splitlines()
        if line.startswith("figures ")
    )
    assert figures >= 60


def environment() -> dict[str, str]:
    """Return an environment in which the helpers of the tests are found."""
    from lab import connection_environment

    folders = [str(ROOT / "examples"), str(ROOT / "tests" / "e2e")]
    return {**connection_environment(), "PYTHONPATH": ":".join(folders)}
