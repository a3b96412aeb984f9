"""A PDF that somebody sent, drawn as one picture: what is looked at on the screen cannot act.

It is read by a process of its own, which may use only so much time and memory and writes nothing to
the disk (`drawing_process.py`); a file that fails there harms nothing here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

MIME: Final = "image/jpeg"
MOST_PAGES: Final = 12
"""How many pages are drawn; whoever needs more opens the file."""
SECONDS: Final = 30
PROCESS: Final = Path(__file__).with_name("drawing_process.py")


class NotDrawn(Exception):
    """The PDF cannot be drawn; nothing of what it holds is told."""


def drawn(pdf: bytes) -> bytes:
    """The first pages of a PDF under one another, as JPEG. Raises NotDrawn."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROCESS), str(MOST_PAGES)],
            input=pdf, capture_output=True, timeout=SECONDS, check=True, env={},
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        raise NotDrawn from None
    if not done.stdout:
        raise NotDrawn
    return done.stdout
