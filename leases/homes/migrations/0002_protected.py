"""Puts the hand-over of keys behind the net."""

from django.db import migrations

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("leases_homes", "0001_homes"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable(
            "leases_homes_handover",
            subject="person_id",
            loggable=["given_by_id", "given_on", "id", "key_id", "person_id", "returned_on"],
        ),
    ]
