"""Several choose at once."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
END = "END $$;"


def before() -> str:
    """The function as an earlier migration makes it."""
    text = HERE.with_name("0007_as_decided.sql").read_text("utf-8")
    begins = text.index("FUNCTION public.applications_selection_follow_household()")
    return f"CREATE OR REPLACE {text[begins : text.index(END, begins) + len(END)]}"


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0009_own_day")]
    operations = [
        migrations.RunSQL(HERE.with_name("0010_many_choose.sql").read_text("utf-8"), before())
    ]
