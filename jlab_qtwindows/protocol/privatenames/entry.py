"""What is known of one private name, or of a few that belong together.

Any thread, any process.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FRAMES", "PrivateName"]

# What is without a name that decides whether the copy of a figure is a true one.
FRAMES = "all figures are shown as pictures, which is slower"

Version = tuple[int, ...]


@dataclass(frozen=True)
class PrivateName:
    """Names of one class or module of another package."""

    owner: str  # the class or module, as it is imported
    names: tuple[str, ...]
    used_for: str
    without: str
    since: Version = ()  # the first version of the package that has them
    until: Version = ()  # the first that has them no more

    @property
    def package(self) -> str:
        """The package whose they are."""
        return self.owner.partition(".")[0]

    @property
    def short_owner(self) -> str:
        """The class or module without the way to it."""
        return self.owner.rpartition(".")[2]

    def is_of(self, version: Version) -> bool:
        """Return whether this version of the package should have them."""
        return self.since <= version and (not self.until or version < self.until)
