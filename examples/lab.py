"""A JupyterLab of one's own for as long as a `with` block lasts."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

START_TIMEOUT = 90.0  # s, a cold start on a slow machine
STOP_TIMEOUT = 20.0  # s
REQUEST_TIMEOUT = 30.0  # s


@dataclass(frozen=True)
class Lab:
    """A running server; `token` opens it."""

    url: str
    token: str
    process: subprocess.Popen[bytes]
    runtime_dir: Path

    def page(self, notebook: str = "") -> str:
        """Return the address of JupyterLab, freshly laid out, with a notebook open."""
        tree = f"/tree/{notebook}" if notebook else ""
        return f"{self.url}/lab{tree}?token={self.token}&reset"

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Call the REST API; returns decoded JSON, bytes, or None for no content."""
        content, kind = self.fetch(method, path, body)
        if not content:
            return None
        return json.loads(content) if "json" in kind else content

    def fetch(self, method: str, path: str, body: Any = None) -> tuple[bytes, str]:
        """Call the REST API; returns the bytes and their content type."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {self.token}"}
        request = Request(f"{self.url}/{path}", data, headers, method=method)
        with urlopen(request, timeout=REQUEST_TIMEOUT) as answer:
            return answer.read(), answer.headers.get_content_type()


@contextlib.contextmanager
def running_lab(
    root: Path,
    home: Path,
    environment: Mapping[str, str],
    *,
    port: int | None = None,
    token: str | None = None,
    log: Path | None = None,
    options: tuple[str, ...] = (),
    application: str = "jupyterlab",
    python: str = sys.executable,
) -> Iterator[Lab]:
    """Start JupyterLab over the folder `root`, wait until it answers, end it after.

    Another `application` is "notebook", another `python` that of another environment.
    What it remembers (connection files, settings, workspaces, where windows were) goes
    to the folder `home`.
    """
    token = token or secrets.token_hex(16)
    port = port or free_port()
    geometry = {"JLAB_QTWINDOWS_GEOMETRY": str(home / "geometry.ini")}
    env = {**geometry, **environment, "JUPYTER_TOKEN": token, **folders(home)}
    _answer_questions(home)
    command = [
        python,
        *("-m", application, "--no-browser", "--allow-root"),
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        *options,
    ]
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("ab")) if log else subprocess.DEVNULL
        process = subprocess.Popen(
            command, env=env, cwd=root, stdout=output, stderr=output
        )
        lab = Lab(
            f"http://127.0.0.1:{port}",
            token,
            process,
            Path(env["JUPYTER_RUNTIME_DIR"]),
        )
        try:
            _wait_until_it_answers(lab)
            yield lab
        finally:
            stop(process)


def folders(home: Path) -> dict[str, str]:
    """Return the environment that keeps all of Jupyter's own files in `home`."""
    return {
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
    }


def _answer_questions(home: Path) -> None:
    """Answer JupyterLab's question about news beforehand: it covers the page."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    answer = settings / "notification.jupyterlab-settings"
    answer.write_text(json.dumps({"fetchNews": "false"}))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server as Ctrl-C twice would; may be called twice."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(lab: Lab) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            lab.request("GET", "api/status")
        except (OSError, HTTPError) as error:
            if lab.process.poll() is not None:
                raise RuntimeError(
                    f"JupyterLab ended with exit code {lab.process.returncode}"
                ) from error
            if time.monotonic() > deadline:
                raise RuntimeError("JupyterLab did not answer in time") from error
            time.sleep(0.1)
        else:
            return


def connection_environment() -> dict[str, str]:
    """Return this environment without what a kernel or server around has set."""
    foreign = ("JLAB_QTWINDOWS_", "JPY_", "MPLBACKEND")
    return {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
