"""What the system's loader says about shared libraries, and what brings them.

Any process; standard library only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .display import DEBIAN_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["named_library", "remedy_for"]


def named_library(words: str) -> str:
    """Return the shared library that the loader says it has not found, or ""."""
    match = re.search(r"(\S+\.so[.\d]*): cannot open shared object", words)
    return match[1] if match else ""


def remedy_for(missing: Collection[str]) -> str:
    """Say how to get these shared libraries."""
    packages = sorted({DEBIAN_PACKAGES[n] for n in missing if n in DEBIAN_PACKAGES})
    others = sorted(name for name in missing if name not in DEBIAN_PACKAGES)
    remedies = [f"apt install {' '.join(packages)}"] if packages else []
    if others:
        remedies.append(f"install the packages that bring {', '.join(others)}")
    return " and ".join(remedies)
