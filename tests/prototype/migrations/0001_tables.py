import uuid

from django.db import migrations, models

import vuokra.crypto.blind
import vuokra.crypto.fields
import vuokra.crypto.files
from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("vuokra_access", "0001_log_tables")]

    operations = [
        migrations.CreateModel(
            name="PrototypeNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("person_id", models.BigIntegerField()),
                (
                    "text",
                    vuokra.crypto.fields.SubjectEncryptedTextField(blank=True, subject="person_id"),
                ),
                (
                    "file",
                    vuokra.crypto.files.EncryptedFileField(
                        blank=True, own_key=True, subject="person_id"
                    ),
                ),
                (
                    "ring_file",
                    vuokra.crypto.files.EncryptedFileField(
                        blank=True, own_key=False, subject="person_id"
                    ),
                ),
            ],
            options={
                "db_table": "prototype_note",
            },
        ),
        migrations.CreateModel(
            name="PrototypeSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("person_id", models.BigIntegerField()),
                (
                    "hetu",
                    vuokra.crypto.fields.EncryptedTextField(
                        blank=True, blind_index="hetu_index", max_length=11, null=True
                    ),
                ),
                ("hetu_index", vuokra.crypto.blind.BlindIndexField(null=True, unique=True)),
                ("plain", models.CharField(blank=True, default="", max_length=11)),
            ],
            options={
                "db_table": "prototype_secret",
            },
        ),
        ProtectTable(table="prototype_note", subject="person_id", loggable=[]),
        ProtectTable(table="prototype_secret", subject="person_id", loggable=["plain"]),
    ]
