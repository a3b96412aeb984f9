"""Whether collectstatic has anything to do: a digest over the files it reads."""

from __future__ import annotations

import hashlib
from pathlib import Path


def changed(root: Path, var: Path) -> bool:
    """True when static files or the locked packages differ from the last collection."""
    return not (var / "static").is_dir() or _stamp(var) != _digest(root)


def remember(root: Path, var: Path) -> None:
    """Note that the present files have been collected."""
    (var / "static-collected").write_text(_digest(root))


def _stamp(var: Path) -> str:
    file = var / "static-collected"
    return file.read_text() if file.exists() else ""


def _digest(root: Path) -> str:
    digest = hashlib.sha256((root / "requirements" / "base.txt").read_bytes())
    for wing in ("vuokra", "registry", "leases", "applications"):
        for path in sorted((root / wing).glob("**/static/**/*")):
            if path.is_file():
                digest.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return digest.hexdigest()
