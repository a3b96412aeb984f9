"""How fast somebody opens what concerns people, counted from the event log (DP-A9).

Each function runs one statement, by a database function that checks the access context and reads
one range of the index by actor and time: an hour or a day of one clerk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from vuokra.access.stated import raw_sql
from vuokra.policy import catalogue
from vuokra.policy.catalogue import Table
from vuokra.policy.groups import Group


@dataclass(frozen=True, slots=True)
class Pace:
    """How many different objects were opened; `stopped`: the alarm was raised in that time."""

    opened: int
    stopped: bool


def opened_since(user_id: int, since: datetime) -> Pace:
    """Cards opened and values revealed by a member of staff since the moment."""
    opened, stopped = _ask("SELECT * FROM vuokra_access_pace(%s, %s)", [user_id, since])
    return Pace(opened, stopped)


def revealed_since(user_id: int, since: datetime, group: Group) -> int:
    """How many times a member of staff has opened a sealed value of the group since the moment."""
    patterns = reveal_patterns(lambda table, name: table.column_group(name) is group)
    row = _ask("SELECT vuokra_access_revealed(%s, %s, %s)", [user_id, since, patterns])
    count: int = row[0]
    return count


def reveal_patterns(wanted: Callable[[Table, str], bool]) -> str:
    """What `detail` of an event holds when one of the wanted sealed columns was opened: a list of
    JSON documents, any of which the detail contains."""
    return json.dumps(
        [
            [{"table": table.name, "kind": "reveal", "columns": [name]}]
            for table in catalogue.tables()
            for name, column in table.columns.items()
            if column.encrypted and wanted(table, name)
        ]
    )


def _ask(statement: str, parameters: list[Any]) -> tuple[Any, ...]:
    with raw_sql("access log: a function that checks the context"), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
