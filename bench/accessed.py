"""The web as it would be with django-auditlog's `accessed` signal for every instance shown.

A signal is sent for each row about a person that a query gives, no fewer and no more: the bench
holds their number against the rows that the one event of the same page tells of. Names of staff,
which a card shows beside its looks, are left out on both sides.

Each signal writes a log entry, and each entry is committed at once, as Django commits by default:
in the request's own transaction the entries of a request that is rolled back would be lost, and
what it read would have left no trace. Inside one transaction a signal costs a third of that.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from auditlog.signals import accessed
from django.db import models

from registry.persons.models import Person
from vuokra.access import events
from vuokra.access.context import AccessContext, peek
from vuokra.access.middleware import AccessMiddleware, GetResponse
from vuokra.access.models import ChangeEntry
from vuokra.db.models import PersonalModel

LOG = "log"  # another connection to the same database, outside the request's transaction
_shown: dict[uuid.UUID, list[models.Model]] = defaultdict(list)


def _watch_instances() -> None:
    """Note every personal instance that a query gives, by the context it was read in."""
    make = PersonalModel.from_db.__func__  # type: ignore[attr-defined]  # of the classmethod

    def from_db(cls: type[models.Model], *args: Any) -> models.Model:
        instance: models.Model = make(cls, *args)
        ctx = peek()
        if ctx is not None:
            _shown[ctx.id].append(instance)
        return instance

    PersonalModel.from_db = classmethod(from_db)  # type: ignore[assignment]


def send_for_each(ctx: AccessContext) -> None:
    """In the place of `events.write`: one signal, and one log entry, per instance.

    The log entry names the person by `str`. Persons read in the same context are put in place
    first, so that the variant pays for its log and not for reading each person once more.
    """
    instances = _shown.pop(ctx.id, [])
    persons = {one.pk: one for one in instances if isinstance(one, Person)}
    for instance in instances:
        person = persons.get(getattr(instance, "person_id", None))
        if person is not None:
            instance.person = person  # type: ignore[attr-defined]
        accessed.send(type(instance), instance=instance)


def entries(session: str, path: str) -> int:
    """How many log entries the signals write for a page."""
    from bench import web

    sent: list[type] = []

    def count(sender: type, **more: Any) -> None:
        sent.append(sender)

    accessed.connect(count)
    try:
        web.fetch(session, path)
    finally:
        accessed.disconnect(count)
    return len(sent)


class LogRouter:
    """Log entries go their own way."""

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        return LOG if model is ChangeEntry else None

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool | None:
        return True if isinstance(other, ChangeEntry) or isinstance(one, ChangeEntry) else None


class AccessedMiddleware(AccessMiddleware):
    """The same transaction and actor; a log entry per instance instead of one event."""

    def __init__(self, get_response: GetResponse) -> None:
        _watch_instances()
        events.write = send_for_each
        super().__init__(get_response)
