"""The pace of one member of staff, whatever the others do."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
END = "END $$;"


def _made(migration: str, name: str) -> str:
    """A function as an earlier migration makes it."""
    text = HERE.with_name(migration).read_text("utf-8")
    begins = text.index(f"FUNCTION public.{name}(")
    body = text[begins : text.index(END, begins) + len(END)]
    return f"CREATE OR REPLACE {body}"


def before() -> str:
    """Both functions as they were."""
    return "\n".join(
        (
            _made("0011_lookers.sql", "vuokra_access_pace"),
            _made("0007_pace.sql", "vuokra_access_revealed"),
        )
    )


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0013_row_log")]
    operations = [
        migrations.RunSQL(HERE.with_name("0014_own_pace.sql").read_text("utf-8"), before()),
    ]
