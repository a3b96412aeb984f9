"""Lists at 200,000 people: orders and filters by index; who lacks a contact detail by the search
table, which leaves out records merged into another."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F

FORWARD = Path(__file__).with_name("0010_lists.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0009_marks")]

    operations = [
        migrations.AddIndex(
            "person",
            models.Index(fields=["language", "sort_key", "id"], name="persons_by_language"),
        ),
        migrations.AddIndex(
            "person", models.Index(fields=["customer_since", "id"], name="persons_by_start")
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                F("customer_since").desc(nulls_last=True), F("id").desc(), name="persons_newest"
            ),
        ),
        migrations.RunSQL(FORWARD),
    ]
