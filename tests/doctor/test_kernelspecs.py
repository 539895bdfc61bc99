"""Kernelspecs: whose Python a kernel is that a script starts, or variables lead to."""

from __future__ import annotations

import os
import sys

from jlab_qtwindows.doctor.kernelspecs import look_at

ARGUMENTS = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


def test_a_script_that_is_called_python_is_asked(kernels, add_kernel, script):
    wrapper = script(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "python-with-gpu")
    add_kernel("wrapped", wrapper, *ARGUMENTS)

    kernel = look_at("wrapped")

    assert kernel.environment.interpreter == wrapper
    assert "ipykernel" in kernel.environment.packages


def test_another_script_is_named_and_not_run(kernels, add_kernel, script, tmp_path):
    wrapper = script(f"#!/bin/sh\ntouch {tmp_path}/run\n", "start-kernel.sh")
    add_kernel("wrapped", wrapper, *ARGUMENTS)

    kernel = look_at("wrapped")

    assert kernel.environment is None
    assert not kernel.broken
    assert kernel.unknown == f"started by {wrapper}: not looked at"
    assert not (tmp_path / "run").exists()


def test_variables_may_refer_to_those_around(kernels, add_kernel, script, tmp_path):
    # Its own folder is not enough: env looks for sh in the others.
    script(f'#!/usr/bin/env sh\nexec {sys.executable} "$@"\n', "python-of-its-own")
    path = f"{tmp_path}:${{PATH}}"
    add_kernel("led", "python-of-its-own", *ARGUMENTS, env={"PATH": path, "A": "$$1"})

    kernel = look_at("led")

    assert kernel.environment is not None, kernel.unknown
    assert kernel.variables == {"PATH": f"{tmp_path}:{os.environ['PATH']}", "A": "$1"}
