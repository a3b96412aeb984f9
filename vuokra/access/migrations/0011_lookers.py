"""Who has looked at a person, by a function whose plan is kept."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BACK = "DROP FUNCTION public.vuokra_access_lookers(bigint[], bigint, integer);"


def _before() -> str:
    """The pace function as migration 0008 made it."""
    return HERE.with_name("0008_pace_of_pages.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0010_merged_subjects")]
    operations = [
        migrations.RunSQL(
            HERE.with_name("0011_lookers.sql").read_text("utf-8"), f"{BACK}\n{_before()}"
        ),
    ]
