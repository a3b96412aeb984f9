"""The row log of writes in bulk, worked out within its statement."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_name("0013_row_log.sql")
BEFORE = Path(__file__).with_name("0001_functions.sql")
NAME = "FUNCTION public.vuokra_log_rows()"


def before() -> str:
    """The function as the first migration makes it."""
    text = BEFORE.read_text("utf-8")
    begins = text.index(f"CREATE {NAME}")
    body = text[begins : text.index("END $$;", begins) + len("END $$;")]
    return body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0012_first_seal")]
    operations = [migrations.RunSQL(FORWARD.read_text("utf-8"), before())]
