"""Tables of the access log. Their SQL (partitions, triggers, rights) is in the first migration.

Rows are INSERT-only and hold ids and codes, never values; values and reasons lie in `Payload`,
which the retention role may empty. Nothing here may be updated or deleted through a model either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from vuokra.access.clock import ClockTimestamp
from vuokra.access.payloads import store_payload
from vuokra.policy.catalogue import lookup


class AppendOnly(RuntimeError):
    """A log row was to be changed or deleted."""


class LogModel(models.Model):
    """A log row: it can be written once, and stays."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises AppendOnly for a row that is there already."""
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly, always."""
        raise AppendOnly(f"{type(self).__name__} rows are never deleted.")


class AccessEvent(LogModel):
    """Access event (käyttölokitapahtuma): who saw whose data, when, why and where."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=ClockTimestamp())
    access_id = models.UUIDField()
    kind = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.TextField()
    role = models.TextField(db_default="")
    purpose = models.TextField(db_default="")
    case_kind = models.TextField(db_default="")
    case_id = models.BigIntegerField(null=True)
    action = models.TextField()
    surface = models.TextField(db_default="")
    route = models.TextField(db_default="")
    method = models.TextField(db_default="")
    outcome = models.TextField()
    status = models.SmallIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    session = models.TextField(db_default="")
    subjects = ArrayField(models.BigIntegerField(), default=list)
    subject_count = models.IntegerField(db_default=0)
    detail = models.JSONField(default=list)
    alarm = models.BooleanField(db_default=False)
    payload_digest = models.BinaryField(null=True)

    class Meta:
        db_table = "vuokra_access_event"
        indexes = [
            GinIndex(fields=["subjects"], name="access_event_subjects"),
            models.Index(fields=["actor_id", "at"], name="access_event_actor"),
            models.Index(fields=["at"], name="access_event_at"),
            models.Index(fields=["access_id"], name="access_event_access"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ChangeManager(LogEntryManager):
    """Fills in the person a change is about, while the changed row is still at hand."""

    def log_create(self, instance: models.Model, force_log: bool = False, **kwargs: Any) -> Any:
        kwargs.setdefault("subject", subject_of(instance))
        return super().log_create(instance, force_log=force_log, **kwargs)

    def log_m2m_changes(
        self,
        changed_queryset: Any,
        instance: models.Model,
        operation: str,
        field_name: str,
        **kwargs: Any,
    ) -> Any:
        kwargs.setdefault("subject", subject_of(instance))
        return super().log_m2m_changes(changed_queryset, instance, operation, field_name, **kwargs)


class ChangeEntry(AbstractLogEntry):
    """Change (muutos): django-auditlog's log entry without its values.

    The values live in a payload; `changes` reads them from there and gives {} when they have been
    erased. Who acted comes from the open access context, never from the caller.
    """

    changes_text = None
    remote_addr = None
    remote_port = None
    actor_email = None

    id = models.BigAutoField(primary_key=True)
    timestamp = models.DateTimeField(db_column="at", db_default=ClockTimestamp())
    access_id = models.UUIDField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.TextField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    object_pk = models.CharField(max_length=255)
    object_id = models.BigIntegerField(null=True)
    object_repr = models.TextField()
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    cid = models.CharField(max_length=255, null=True)  # noqa: DJ001  (auditlog gives None)
    subject = models.BigIntegerField(null=True)
    payload_digest = models.BinaryField(null=True)

    objects = ChangeManager()

    class Meta:
        db_table = "vuokra_access_change"
        get_latest_by = "timestamp"
        ordering = ["-timestamp"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="access_change_object"),
            models.Index(fields=["subject", "timestamp"], name="access_change_subject"),
            models.Index(fields=["timestamp"], name="access_change_at"),
            models.Index(fields=["access_id"], name="access_change_access"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def changes(self) -> dict[str, Any]:
        """Old and new values by field; {} when there were none or they have been erased."""
        pending = self.__dict__.get("_changes")
        if pending is None:
            pending = self._stored_changes()
            self.__dict__["_changes"] = pending
        return pending

    @changes.setter
    def changes(self, value: Mapping[str, Any] | str | None) -> None:
        self.__dict__["_changes"] = json.loads(value) if isinstance(value, str) else value

    @property
    def serialized_data(self) -> None:
        """Never kept: a whole row in the log would hold every value of it."""
        return None

    @serialized_data.setter
    def serialized_data(self, value: object) -> None:
        _refuse("serialized_data", value)

    @property
    def additional_data(self) -> None:
        """Never kept: the log row holds ids and codes alone."""
        return None

    @additional_data.setter
    def additional_data(self, value: object) -> None:
        _refuse("additional_data", value)

    def _stored_changes(self) -> dict[str, Any]:
        if self.payload_digest is None:
            return {}
        body = Payload.objects.filter(digest=self.payload_digest).values_list("body", flat=True)
        text = body.first()
        return {} if text is None else json.loads(text)["changes"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row and its payload, named by the open access context.

        Raises NoAccessContext outside one, AppendOnly for a row that is there already.
        """
        from vuokra.access.context import current

        if not self._state.adding:
            raise AppendOnly("ChangeEntry rows are never changed.")
        context = current()
        self.access_id = context.id
        self.actor, self.actor_id = context.actor.key, context.actor.user_id
        if self.changes:
            self.payload_digest = store_payload({"changes": self.changes}, self.subject)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly, always."""
        raise AppendOnly("ChangeEntry rows are never deleted.")


class RowChange(LogModel):
    """Row change (rivimuutos): written by trigger for every changed row of a personal table."""

    class Operation(models.TextChoices):
        INSERT = "I"
        UPDATE = "U"
        DELETE = "D"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=ClockTimestamp())
    access_id = models.UUIDField()
    actor = models.TextField()
    table_name = models.TextField()
    row_id = models.BigIntegerField()
    operation = models.TextField(choices=Operation)
    subject = models.BigIntegerField(null=True)
    bulk = models.BooleanField(db_default=False)
    payload_digest = models.BinaryField(null=True)

    class Meta:
        db_table = "vuokra_access_rowchange"
        indexes = [
            models.Index(fields=["table_name", "row_id"], name="access_rowchange_row"),
            models.Index(
                fields=["subject", "at"],
                name="access_rowchange_subject",
                condition=models.Q(subject__isnull=False),
            ),
            models.Index(fields=["at"], name="access_rowchange_at"),
            models.Index(fields=["access_id"], name="access_rowchange_access"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Payload(models.Model):
    """Values or a reason of one log row, erasable without breaking a seal."""

    digest = models.BinaryField(primary_key=True)
    salt = models.BinaryField()
    body = models.TextField()
    subject = models.BigIntegerField(null=True)

    class Meta:
        db_table = "vuokra_access_payload"
        indexes = [models.Index(fields=["subject"], name="access_payload_subject")]

    def __str__(self) -> str:
        return bytes(self.digest).hex()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises AppendOnly for a row that is there already."""
        if not self._state.adding:
            raise AppendOnly("Payload rows are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})


class SealQueue(models.Model):
    """Log rows that wait for the sealer; filled by trigger."""

    id = models.BigAutoField(primary_key=True)
    table_name = models.TextField()
    row_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "vuokra_access_seal_queue"

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"


class Seal(LogModel):
    """Seal (sinetti): a signed Merkle root over log rows of one month, chained to the last."""

    class Kind(models.TextChoices):
        ROWS = "rows"
        REANCHOR = "reanchor"

    number = models.BigIntegerField(primary_key=True)
    kind = models.TextField(choices=Kind)
    origin = models.TextField()
    at = models.DateTimeField()
    month = models.DateField(null=True)
    tables = ArrayField(models.TextField())
    versions = ArrayField(models.IntegerField())
    counts = ArrayField(models.IntegerField())
    starts = ArrayField(models.DateTimeField())
    row_ids = ArrayField(models.BigIntegerField())
    leaves = models.BinaryField()
    total = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    head = models.BinaryField()
    note = models.TextField(db_default="")
    signature = models.BinaryField()

    class Meta:
        db_table = "vuokra_access_seal"
        indexes = [models.Index(fields=["at"], name="access_seal_at")]

    def __str__(self) -> str:
        return f"{self.number}"


def subject_of(instance: models.Model) -> int | None:
    """The person a row is about by the catalogue, or None when it is about nobody or several."""
    described = lookup(instance._meta.db_table)
    if described is None or described.subject is None:
        return None
    if described.subject.column:
        for field in instance._meta.concrete_fields:
            if field.column == described.subject.column:
                value: int | None = getattr(instance, field.attname)
                return value
        return None
    return _subject_by_path(described.subject.sql, instance.pk)


def _subject_by_path(statement: str, row_id: Any) -> int | None:
    from django.db import connection

    from vuokra.access.stated import raw_sql

    with raw_sql("subject of a change"), connection.cursor() as cursor:
        cursor.execute(statement, [[row_id]])
        found = {row[0] for row in cursor.fetchall() if row[0] is not None}
    return found.pop() if len(found) == 1 else None


def _refuse(name: str, value: object) -> None:
    if value is not None:
        raise AppendOnly(f"{name} is not kept in the change log.")
