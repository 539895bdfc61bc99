"""The connection file: where the host listens, and the secret that opens it.

Written once by whoever starts hosts (the server, or a lone kernel), before any kernel
runs; the host binds what it says. File 0600 in a fresh 0700 directory, so that only
this user can read the token.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import stat
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import ConnectionFileError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "CONNECTION_FILE_NAME",
    "CONNECTION_VARIABLE",
    "KEEP_PICTURES_VARIABLE",
    "ConnectionInfo",
    "CurveKeys",
    "new_connection",
    "read_connection_file",
    "write_connection_file",
]

CONNECTION_VARIABLE = "JLAB_QTWINDOWS_CONNECTION"
# "1": of the figures of all cells; "0": of none, and windows are opened for everybody.
KEEP_PICTURES_VARIABLE = "JLAB_QTWINDOWS_KEEP_PICTURES"
CONNECTION_FILE_NAME = "connection.json"


@dataclass(frozen=True)
class CurveKeys:
    """Z85 key pairs for endpoints that other users of the machine can reach (tcp)."""

    host_public: str = ""
    host_secret: str = ""
    peer_public: str = ""
    peer_secret: str = ""

    @classmethod
    def made_by(cls, make_pair: Callable[[], tuple[bytes, bytes]]) -> CurveKeys:
        """Return new keys for host and peers; `make_pair` is `zmq.curve_keypair`."""
        host, peer = make_pair(), make_pair()
        return cls(*(key.decode() for key in (*host, *peer)))

    def secure_peer(self, sock: Any) -> None:
        """Have a zmq socket that connects use its keys, where there are any."""
        if self.host_public:
            sock.curve_serverkey = self.host_public.encode()
            sock.curve_publickey = self.peer_public.encode()
            sock.curve_secretkey = self.peer_secret.encode()

    def secure_host(self, sock: Any) -> None:
        """Have a zmq socket that binds use its keys, where there are any.

        It then admits who has any keys: whose, an authenticator must say.
        """
        if self.host_secret:
            sock.curve_server = True
            sock.curve_publickey = self.host_public.encode()
            sock.curve_secretkey = self.host_secret.encode()


@dataclass(frozen=True)
class ConnectionInfo:
    """Content of a connection file."""

    endpoint: str  # the host's ROUTER
    doorbell: str  # the server's PULL, "" where there is no server
    token: str
    curve: CurveKeys = CurveKeys()


def new_connection(
    directory: Path, *, doorbell: bool, curve: CurveKeys | None = None
) -> ConnectionInfo:
    """Return endpoints inside `directory` and a new token.

    With `curve` keys the endpoints are loopback tcp ports, for systems without ipc.
    """
    if curve is None:
        return ConnectionInfo(
            endpoint=f"ipc://{directory}/host",
            doorbell=f"ipc://{directory}/doorbell" if doorbell else "",
            token=secrets.token_hex(32),
        )
    return ConnectionInfo(
        endpoint=f"tcp://127.0.0.1:{_free_port()}",
        doorbell=f"tcp://127.0.0.1:{_free_port()}" if doorbell else "",
        token=secrets.token_hex(32),
        curve=curve,
    )


def write_connection_file(directory: Path, info: ConnectionInfo) -> Path:
    """Write the file for this user's eyes only and return its path."""
    path = directory / CONNECTION_FILE_NAME
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        json.dump(asdict(info), file)
    return path


def read_connection_file(path: str | os.PathLike[str]) -> ConnectionInfo:
    """Return the content of a connection file.

    Raises
    ------
    ConnectionFileError
        The file is missing, is readable by others, or is not a connection file; the
        text says which and names the path.
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if sys.platform != "win32" and mode & 0o077:
                raise ConnectionFileError(
                    f"other users may read the connection file {path} (mode {mode:o}); "
                    "it is not used. Restart the Jupyter server to get a new one"
                )
            data = json.load(file)
    except OSError as error:
        raise ConnectionFileError(
            f"the connection file {path} cannot be read: {error.strerror}"
        ) from error
    except ValueError as error:
        raise ConnectionFileError(
            f"{path} is not a connection file: {error}"
        ) from error
    return _parse(data, path)


def _parse(data: object, path: str | os.PathLike[str]) -> ConnectionInfo:
    try:
        if not isinstance(data, dict):
            raise TypeError("not a JSON object")
        curve = CurveKeys(**data.get("curve", {}))
        texts = {
            f.name: data[f.name] for f in fields(ConnectionInfo) if f.name != "curve"
        }
        if not all(
            isinstance(v, str) for v in (*texts.values(), *vars(curve).values())
        ):
            raise TypeError("a field is no text")
    except (KeyError, TypeError) as error:
        raise ConnectionFileError(
            f"{path} is not a connection file: {error}"
        ) from error
    return ConnectionInfo(**texts, curve=curve)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
