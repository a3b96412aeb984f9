"""One installation on this machine: its folder `var`, its keys and where its data are.

var/            0700, made by us
  instance.json   number of the installation, whose it is, where the data are
  passwords.json  database passwords                             0600
  keys.json       key ring                                       0600
  secret-key      Django's SECRET_KEY                            0600
  pg/             the data of an ordinary user's server; root's are in /var/lib/vuokra/<number>
  log/            postgres.log
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from vuokra.db.binaries import SYSTEM_DIR, make_reachable
from vuokra.db.errors import ServerError
from vuokra.db.roles import ROLES
from vuokra.db.server import SUPERUSER

DATA_WITH_KEYS = "keyed"  # beside the data once keys exist that may have encrypted some of them


@dataclass(frozen=True)
class Instance:
    """The installation whose files lie in `var` and whose data lie in `home`."""

    number: str
    var: Path
    home: Path

    @classmethod
    def open(cls, var: Path) -> Instance:
        """The installation in `var`; a new one is recorded when there is none.

        Raises ServerError when it belongs to another user.
        """
        private_dir(var)
        private_dir(var / "log")
        record_file = var / "instance.json"
        try:
            record = json.loads(record_file.read_text())
        except FileNotFoundError:
            record = _new_record()
            try:
                write_private(record_file, json.dumps(record), exclusive=True)
            except FileExistsError:  # a second starter was faster
                record = json.loads(record_file.read_text())
        except PermissionError:
            raise ServerError(f"{var} belongs to another user; start as that user.") from None
        if record["uid"] != os.geteuid():
            raise ServerError(
                f"{var} was made by user number {record['uid']} and you are {os.geteuid()}; "
                "start as that user."
            )
        return cls(number=record["number"], var=var, home=var / record["home"])

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.var / "log" / "postgres.log"

    @property
    def keyring(self) -> Path:
        return self.var / "keys.json"

    @property
    def passwords_file(self) -> Path:
        return self.var / "passwords.json"

    @property
    def secret_key_file(self) -> Path:
        return self.var / "secret-key"

    def make_home(self) -> None:
        """The folder of the data: closed under var, passable under /var/lib."""
        if self.home.is_relative_to(SYSTEM_DIR):
            make_reachable(SYSTEM_DIR)
            make_reachable(self.home)
            (self.home / "belongs-to").write_text(f"{self.var}\n")
        else:
            private_dir(self.home)

    def check(self) -> None:
        """Refuse keys without their data and data without their keys (ServerError)."""
        has_data = self.data.exists()
        needed = [self.passwords_file]
        if (self.home / DATA_WITH_KEYS).exists():
            needed.append(self.keyring)
        missing = [file for file in needed if not file.exists()]
        start_over = f"To start over with nothing: rm -r {self.var}" + (
            "" if self.home.is_relative_to(self.var) else f" {self.home}"
        )
        if has_data and missing:
            raise ServerError(
                f"{' and '.join(map(str, missing))} missing, but the data in {self.data} need it.\n"
                f"Put it back from its backup. {start_over}"
            )
        if not has_data and self.keyring.exists():
            raise ServerError(
                f"{self.keyring} is there, but its data are not in {self.data}.\n"
                f"Put the data back from their backup. {start_over}"
            )

    def passwords(self) -> dict[str, str]:
        """The passwords of the database roles; made when there are none yet."""
        if not self.passwords_file.exists():
            made = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, *ROLES)}
            write_private(self.passwords_file, json.dumps(made, indent=1))
        passwords: dict[str, str] = json.loads(self.passwords_file.read_text())
        return passwords

    def secret_key(self) -> str:
        """Django's SECRET_KEY; made when there is none yet."""
        if not self.secret_key_file.exists():
            write_private(self.secret_key_file, secrets.token_urlsafe(48))
        return self.secret_key_file.read_text()

    def make_keys(self) -> None:
        """The key ring, made once, and the mark that the data may depend on it."""
        from vuokra.crypto import keyring

        if not self.keyring.exists():
            keyring.create(self.keyring)
        (self.home / DATA_WITH_KEYS).touch(mode=0o600)


def _new_record() -> dict[str, str | int]:
    number = secrets.token_hex(6)
    home = str(SYSTEM_DIR / number) if os.geteuid() == 0 else "pg"
    return {"number": number, "uid": os.geteuid(), "home": home}


def private_dir(path: Path) -> None:
    """Make a folder that is closed to others; an existing one is left as it is."""
    path.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, text: str, *, exclusive: bool = False) -> None:
    """Write a 0600 file so that it is there whole or not at all.

    Raises FileExistsError when `exclusive` and it is there already.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if not exclusive:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
