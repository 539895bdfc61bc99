"""Matplotlib's own tests of interactive backends, run against this one.

Their bodies are Matplotlib's, but for the one line that asserts the name of the
canvas's module; with which backend they run is decided by `matplotlib_bodies`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from sources import BUILD

# As they are in the source distribution; the others need pictures that are not in it.
WHOLE = ("test_backend_registry.py", "test_backend_template.py", "test_pickle.py")
INTERACTIVE = "test_backends_interactive.py"

_ASSERTION = (
    'assert type(fig.canvas).__module__ == f"matplotlib.backends.backend_{backend}"'
)
_FORCED = '"MPLBACKEND": "Agg"'

_REPLACEMENTS = (
    (
        _ASSERTION,
        'assert type(fig.canvas).__module__ == "jlab_qtwindows.kernel.mpl.canvas"',
    ),
    # Of the helper that starts the tests of signals. `plt.switch_backend` finds
    # backends of other packages only when something has looked for them before.
    (_FORCED, '"MPLBACKEND": "qtwindows"'),
)


def run(source: Path) -> bool:
    """Run them in a folder of their own; returns whether all have passed."""
    folder = BUILD / "tests"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tests = source / "lib" / "matplotlib" / "tests"
    for name in (*WHOLE, "conftest.py"):
        shutil.copy(tests / name, folder)
    text = (tests / INTERACTIVE).read_text(encoding="utf-8")
    for theirs, ours in _REPLACEMENTS:
        if text.count(theirs) != 1:
            raise RuntimeError(f"{INTERACTIVE} does not have {theirs!r} once")
        text = text.replace(theirs, ours)
    (folder / "bodies.py").write_text(text, encoding="utf-8")
    module = "test_matplotlib_bodies.py"
    shutil.copy(Path(__file__).with_name("matplotlib_bodies.py"), folder / module)
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    print("\nMatplotlib's own tests", flush=True)
    environment = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    command = ["-m", "pytest", "-q", "-ra", "-p", "no:cacheprovider", *WHOLE, module]
    ended = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, check=False
    )
    return ended.returncode == 0
