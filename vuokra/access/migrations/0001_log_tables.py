"""Log tables: partitions, INSERT-only triggers, row-level security, the functions of the log.

The tables are made by the SQL files beside this module, because Django knows neither partitions nor
triggers; the models are told to Django as state only.
"""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from vuokra.access.clock import ClockTimestamp

MODELS: list[migrations.CreateModel] = [
    migrations.CreateModel(
        name="SealQueue",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("table_name", models.TextField()),
            ("row_id", models.BigIntegerField()),
            ("at", models.DateTimeField()),
        ],
        options={
            "db_table": "vuokra_access_seal_queue",
        },
    ),
    migrations.CreateModel(
        name="AccessEvent",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("at", models.DateTimeField(db_default=ClockTimestamp())),
            ("access_id", models.UUIDField()),
            ("kind", models.TextField()),
            ("actor_id", models.BigIntegerField(null=True)),
            ("actor", models.TextField()),
            ("role", models.TextField(db_default="")),
            ("purpose", models.TextField(db_default="")),
            ("case_kind", models.TextField(db_default="")),
            ("case_id", models.BigIntegerField(null=True)),
            ("action", models.TextField()),
            ("surface", models.TextField(db_default="")),
            ("route", models.TextField(db_default="")),
            ("method", models.TextField(db_default="")),
            ("outcome", models.TextField()),
            ("status", models.SmallIntegerField(null=True)),
            ("address", models.GenericIPAddressField(null=True)),
            ("session", models.TextField(db_default="")),
            (
                "subjects",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.BigIntegerField(), default=list, size=None
                ),
            ),
            ("subject_count", models.IntegerField(db_default=0)),
            ("detail", models.JSONField(default=list)),
            ("alarm", models.BooleanField(db_default=False)),
            ("payload_digest", models.BinaryField(null=True)),
        ],
        options={
            "db_table": "vuokra_access_event",
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(
                    fields=["subjects"], name="access_event_subjects"
                ),
                models.Index(fields=["actor_id", "at"], name="access_event_actor"),
                models.Index(fields=["at"], name="access_event_at"),
                models.Index(fields=["access_id"], name="access_event_access"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Payload",
        fields=[
            ("digest", models.BinaryField(primary_key=True, serialize=False)),
            ("salt", models.BinaryField()),
            ("body", models.TextField()),
            ("subject", models.BigIntegerField(null=True)),
            ("at", models.DateTimeField(db_default=ClockTimestamp())),
        ],
        options={
            "db_table": "vuokra_access_payload",
            "indexes": [models.Index(fields=["subject"], name="access_payload_subject")],
        },
    ),
    migrations.CreateModel(
        name="RowChange",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("at", models.DateTimeField(db_default=ClockTimestamp())),
            ("access_id", models.UUIDField()),
            ("actor", models.TextField()),
            ("table_name", models.TextField()),
            ("row_id", models.BigIntegerField()),
            (
                "operation",
                models.TextField(choices=[("I", "Insert"), ("U", "Update"), ("D", "Delete")]),
            ),
            ("subject", models.BigIntegerField(null=True)),
            ("bulk", models.BooleanField(db_default=False)),
            ("payload_digest", models.BinaryField(null=True)),
        ],
        options={
            "db_table": "vuokra_access_rowchange",
            "indexes": [
                models.Index(fields=["table_name", "row_id"], name="access_rowchange_row"),
                models.Index(
                    condition=models.Q(("subject__isnull", False)),
                    fields=["subject", "at"],
                    name="access_rowchange_subject",
                ),
                models.Index(fields=["at"], name="access_rowchange_at"),
                models.Index(fields=["access_id"], name="access_rowchange_access"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Seal",
        fields=[
            ("number", models.BigIntegerField(primary_key=True, serialize=False)),
            ("kind", models.TextField(choices=[("rows", "Rows"), ("reanchor", "Reanchor")])),
            ("origin", models.TextField()),
            ("at", models.DateTimeField()),
            ("month", models.DateField(null=True)),
            (
                "tables",
                django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
            ),
            (
                "versions",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.IntegerField(), size=None
                ),
            ),
            (
                "counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.IntegerField(), size=None
                ),
            ),
            (
                "starts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.DateTimeField(), size=None
                ),
            ),
            (
                "row_ids",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.BigIntegerField(), size=None
                ),
            ),
            ("leaves", models.BinaryField()),
            ("total", models.BigIntegerField()),
            ("root", models.BinaryField()),
            ("previous", models.BinaryField()),
            ("head", models.BinaryField()),
            ("note", models.TextField(db_default="")),
            ("signature", models.BinaryField()),
        ],
        options={
            "db_table": "vuokra_access_seal",
            "indexes": [models.Index(fields=["at"], name="access_seal_at")],
        },
    ),
    migrations.CreateModel(
        name="ChangeEntry",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            (
                "timestamp",
                models.DateTimeField(db_column="at", db_default=ClockTimestamp()),
            ),
            ("access_id", models.UUIDField()),
            ("actor_id", models.BigIntegerField(null=True)),
            ("actor", models.TextField()),
            ("object_pk", models.CharField(max_length=255)),
            ("object_id", models.BigIntegerField(null=True)),
            ("object_repr", models.TextField()),
            (
                "action",
                models.PositiveSmallIntegerField(
                    choices=[(0, "create"), (1, "update"), (2, "delete"), (3, "access")]
                ),
            ),
            ("cid", models.CharField(max_length=255, null=True)),
            ("subject", models.BigIntegerField(null=True)),
            ("payload_digest", models.BinaryField(null=True)),
            (
                "content_type",
                models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="contenttypes.contenttype",
                ),
            ),
        ],
        options={
            "db_table": "vuokra_access_change",
            "ordering": ["-timestamp"],
            "get_latest_by": "timestamp",
            "indexes": [
                models.Index(fields=["content_type", "object_id"], name="access_change_object"),
                models.Index(fields=["subject", "timestamp"], name="access_change_subject"),
                models.Index(fields=["timestamp"], name="access_change_at"),
                models.Index(fields=["access_id"], name="access_change_access"),
            ],
        },
    ),
]


def run_file(name: str) -> migrations.RunSQL:
    """The statements of an SQL file in this folder. The log has no way back."""
    return migrations.RunSQL((Path(__file__).parent / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    initial = True
    dependencies = [("contenttypes", "0002_remove_content_type_name")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                run_file("0001_tables.sql"),
                run_file("0001_functions.sql"),
                run_file("0001_protection.sql"),
            ],
            state_operations=MODELS,
        )
    ]
