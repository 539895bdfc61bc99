"""What all messages have in common; any thread, any process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:  # in `typing` since Python 3.11; only type checkers need it

    def dataclass_transform(**_: object) -> Any:
        return lambda cls: cls


__all__ = ["HOST", "KERNEL", "MESSAGE_TYPES", "SERVER", "Message"]

# The processes that speak with each other, as `Hello` names them.
KERNEL, SERVER, HOST = "kernel", "server", "host"

MESSAGE_TYPES: dict[str, type[Message]] = {}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Message:
    """Base of all messages; a subclass is a dataclass, registered by its name.

    Nothing changes a message: type checkers see to it. At run time it is not forbidden,
    and only `__init__` is written for each class: with all that `dataclass` writes, the
    four dozen were a third of what importing the backend takes.
    """

    type: ClassVar[str]
    senders: ClassVar[tuple[str, ...]]  # from others it is dropped

    def __init_subclass__(cls, senders: tuple[str, ...]) -> None:
        cls.type, cls.senders = cls.__name__, senders
        MESSAGE_TYPES[cls.__name__] = dataclass(eq=False, repr=False)(cls)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{self.type}({fields})"
