"""Every page of one object counts for the pace, whatever its action (DP-A9)."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
FUNCTION = "CREATE FUNCTION public.vuokra_access_pace"


def _before() -> str:
    """The function as migration 0007 made it."""
    whole = HERE.with_name("0007_pace.sql").read_text("utf-8")
    made = whole[whole.index(FUNCTION) :]
    return made[: made.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0007_pace")]
    operations = [
        migrations.RunSQL(HERE.with_name("0008_pace_of_pages.sql").read_text("utf-8"), _before()),
    ]
