"""Management commands that read personal data: who runs them, for what purpose."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError, CommandParser

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.policy.roles import Purpose

SHORTEST_REASON = 10
"""Characters of a stated reason that can say something."""


def operator(command: str) -> Actor:
    """Whoever runs a command on the server: named in the log by the operating system's account."""
    return Actor(key=f"command:{command}:{getpass.getuser()}", everything=True)


def demand_purpose(parser: CommandParser) -> None:
    """Add the options without which an interactive command does not start."""
    parser.add_argument(
        "--purpose",
        required=True,
        choices=[purpose.value for purpose in Purpose],
        help="Käyttötarkoitus; "
        + ", ".join(f"{purpose.value} {purpose.label}" for purpose in Purpose),
    )
    parser.add_argument(
        "--reason", required=True, help="Syy omin sanoin; tallennetaan käyttölokiin."
    )


@contextmanager
def shell_access(command: str, purpose: str, reason: str) -> Iterator[AccessContext]:
    """The context of an interactive command.

    That it was opened is recorded before the first line is read, so that a killed shell has left
    its trace; what it read is recorded at its end. Raises CommandError for a reason too short.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise CommandError(f"--reason needs at least {SHORTEST_REASON} characters.")
    actor = operator(command)
    with opened(actor, purpose, reason) as ctx:
        ctx.note("opened", command)
    with opened(actor, purpose, reason) as ctx:
        yield ctx


def opened(actor: Actor, purpose: str, reason: str) -> Any:
    return open_access(
        actor,
        purpose=Purpose(purpose),
        action=Action.VIEW,
        surface=Surface.SHELL,
        kind=Kind.COMMAND,
        reason=reason,
    )
