"""Nobody decides for somebody near by skips, a second account or an offer taken back, whoever writes.

Taken back, the guards are as they were before.
"""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BEFORE = (("0007_as_decided", "check_decision"), ("0011_set_aside", "guard_near"))


def function_before(migration: str, name: str) -> str:
    """A function as an earlier migration had it."""
    text = HERE.with_name(f"{migration}.sql").read_text("utf-8")
    start = text.index(f"FUNCTION public.applications_selection_{name}(")
    return f"CREATE OR REPLACE {text[start : text.index('$$;', start)]}$$;"


BACKWARD = "\n".join(
    (
        *(function_before(migration, name) for migration, name in BEFORE),
        "DROP TRIGGER guard_second ON public.applications_selection_decision;",
        "DROP TRIGGER guard_other ON public.applications_selection_decision;",
        "DROP FUNCTION public.applications_selection_guard_second();",
        "DROP FUNCTION public.applications_selection_guard_other();",
        "DROP FUNCTION public.applications_selection_tied_compared(bigint, bigint, date, date);",
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0012_judged"),
        ("vuokra_rules", "0003_value"),
        ("registry_persons", "0015_hold_reviewed"),
    ]  # fmt: skip

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
