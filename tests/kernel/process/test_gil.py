"""Whether threads take turns is looked up once, and may be denied from outside."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from jlab_qtwindows.kernel.process import gil


@pytest.mark.parametrize("said", [True, False])
def test_the_interpreter_is_asked(monkeypatch, said):
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: said, raising=False)

    assert gil._look_up() is said


def test_an_interpreter_that_does_not_know_has_it(monkeypatch):
    monkeypatch.delattr(sys, "_is_gil_enabled", raising=False)

    assert gil._look_up()


@pytest.mark.parametrize(("value", "is_on"), [("0", False), ("1", True), (None, True)])
def test_the_environment_may_only_deny_it(value, is_on):
    env = {k: v for k, v in os.environ.items() if k != gil.GIL_VARIABLE}
    if value is not None:
        env[gil.GIL_VARIABLE] = value
    code = "from jlab_qtwindows.kernel.process.gil import gil_is_on; print(gil_is_on())"

    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True
    )

    assert done.stdout.strip() == str(is_on), done.stderr


def test_the_environment_cannot_bring_it_back(monkeypatch):
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: False, raising=False)
    monkeypatch.setenv(gil.GIL_VARIABLE, "1")

    assert not gil._look_up()
