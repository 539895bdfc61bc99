"""A desktop of two screens side by side: a usual one, and one of twice the resolution.

Xorg without a graphics card, since Xvfb has one screen only.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from desktop import START_TIMEOUT, Desktop, openbox, x_server

WIDTH, HEIGHT = 1600, 1200  # px of each screen

# What Qt is told of the screens, as a desktop of this kind would.
SCALE_FACTORS = {"QT_SCREEN_SCALE_FACTORS": "DUMMY0=1;DUMMY1=2"}

_CONFIGURATION = f"""
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual {2 * WIDTH} {HEIGHT}
  EndSubSection
EndSection
"""


@contextlib.contextmanager
def two_screens(folder: Path) -> Iterator[Desktop]:
    """Run the desktop; its configuration and log are written into `folder`."""
    file = folder / "xorg.conf"
    file.write_text(_CONFIGURATION)
    log = str(folder / "xorg.log")
    with x_server("Xorg", "-config", str(file), "-logfile", log) as name:
        mode = f"{WIDTH}x{HEIGHT}"
        for arguments in (
            ["--output", "DUMMY0", "--mode", mode],
            ["--addmode", "DUMMY1", mode],
            ["--output", "DUMMY1", "--mode", mode, "--right-of", "DUMMY0"],
            ["--query"],  # without it Qt finds the first screen only
        ):
            subprocess.run(
                ["xrandr", "--display", name, *arguments],
                check=True,
                timeout=START_TIMEOUT,
                stdout=subprocess.DEVNULL,
            )
        with openbox(name):
            yield Desktop(name, virtual=True)
