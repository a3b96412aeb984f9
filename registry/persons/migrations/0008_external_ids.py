"""Ids of people in the old system, behind the net."""

import django.db.models.deletion
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0007_former_names")]

    operations = [
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.CharField(max_length=64, unique=True, verbose_name="vanha tunnus"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "vanha tunnus",
                "verbose_name_plural": "vanhat tunnukset",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True),
                        name="persons_external_id_told",
                    )
                ],
            },
        ),
        ProtectTable(
            "registry_persons_externalid",
            subject="person_id",
            loggable=["id", "person_id", "recorded_at", "value"],
        ),
    ]
