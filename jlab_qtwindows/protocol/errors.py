"""Exceptions and the warning category of this package.

QtWindowsError
├── ProtocolError
│   ├── MalformedMessage      bytes that are no message of ours
│   └── HandshakeRefused      the host turned this peer away, and says why
├── ConnectionFileError       missing, unreadable, open to others, or not ours
├── HostUnavailable           no host process, and the reason
├── DoctorFailed              the doctor could not be run, or did not finish
├── WindowNotFound            no window of this id
├── ExportFailed              the host could not make the picture asked for
└── FigureNotTransferable     a rung of the snapshot ladder cannot carry a figure
    └── FigureTooLarge        nor any other but a picture

UserWarning
└── QtWindowsWarning          shown to the user, once per cause
"""

from __future__ import annotations

__all__ = [
    "ConnectionFileError",
    "DoctorFailed",
    "ExportFailed",
    "FigureNotTransferable",
    "FigureTooLarge",
    "HandshakeRefused",
    "HostUnavailable",
    "MalformedMessage",
    "ProtocolError",
    "QtWindowsError",
    "QtWindowsWarning",
    "WindowNotFound",
]


class QtWindowsError(Exception):
    """Base of every exception that this package raises on purpose."""


class ProtocolError(QtWindowsError):
    """A peer broke the protocol."""


class MalformedMessage(ProtocolError):
    """The bytes received are no message of this protocol."""


class HandshakeRefused(ProtocolError):
    """The host turned this peer away; the text says why."""


class ConnectionFileError(QtWindowsError):
    """The connection file is missing, unreadable, open to others, or not ours."""


class HostUnavailable(QtWindowsError):
    """There is no window host, and none could be started; the text says why."""


class DoctorFailed(QtWindowsError):
    """The doctor could not be run or did not finish; the text says why."""


class WindowNotFound(QtWindowsError):
    """No window has the id that was asked for, which is nothing to a user."""

    def __init__(self) -> None:
        super().__init__("this window is closed; run its cell again to bring it back")


class ExportFailed(QtWindowsError):
    """The host could not make the picture that was asked for."""


class FigureNotTransferable(QtWindowsError):
    """This way of sending cannot carry the figure; the text says why."""


class FigureTooLarge(FigureNotTransferable):
    """Only a picture of the figure is small enough to be sent; the text says why."""


class QtWindowsWarning(UserWarning):
    """Something about the windows that the user should know."""
