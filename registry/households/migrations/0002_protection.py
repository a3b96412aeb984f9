"""Puts the tables of households behind the net."""

from django.db import migrations

from vuokra.db.protect import ProtectTable

DATED = ["recorded_at", "source", "valid_from", "valid_to", "verified_at"]


class Migration(migrations.Migration):
    dependencies = [
        ("registry_households", "0001_households"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable("registry_households_household", subject="", loggable=["created_at", "id"]),
        ProtectTable(
            "registry_households_membership",
            subject="person_id",
            loggable=[*DATED, "household_id", "id", "person_id"],
        ),
        ProtectTable(
            "registry_households_hetuground",
            subject="person_id",
            loggable=["code", "id", "person_id", "recorded_at", "situation", "uuid"],
        ),
    ]
