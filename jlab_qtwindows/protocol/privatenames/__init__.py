"""Private names of other packages: what they are used for, and what is without them.

Any of them may be gone in the next version of its package. Each is read so that its
absence costs what stands here and no more; the doctor says which are missing, and
`docs/private-names.md` is written from this list. Any process; standard library only.
"""

from __future__ import annotations

from .entry import FRAMES, PrivateName
from .host import HOST
from .kernel import KERNEL
from .lookup import lacking, reason_for_frames

__all__ = ["FRAMES", "HOST", "KERNEL", "PrivateName", "lacking", "reason_for_frames"]
