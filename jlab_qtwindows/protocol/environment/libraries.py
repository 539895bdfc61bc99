"""What the system's loader says about shared libraries, and what brings them.

Any process; standard library only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["DEBIAN_PACKAGES", "named_library", "remedy_for"]

# Libraries that Qt's xcb plugin needs and a fresh Debian lacks, by package.
DEBIAN_PACKAGES = {
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}


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
