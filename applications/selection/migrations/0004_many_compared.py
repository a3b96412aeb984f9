"""The guards of a decision ask of all who were compared at once."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BEFORE = Path(__file__).with_name("0002_guards.sql").read_text("utf-8")


def function_before(name: str) -> str:
    """A function as the guards first had it."""
    start = BEFORE.index(f"CREATE FUNCTION public.applications_selection_{name}(")
    text = BEFORE[start : BEFORE.index("$$;", start)] + "$$;"
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


BACKWARD = "\n".join(
    (
        "DROP TRIGGER guard_new_compared ON public.applications_selection_compared;",
        "DROP FUNCTION public.applications_selection_guard_new_compared();",
        "DROP TRIGGER guard_compared ON public.applications_selection_compared;",
        *(function_before(name) for name in ("tied", "check_decision", "guard_compared")),
        "CREATE TRIGGER guard_compared BEFORE INSERT OR UPDATE "
        "ON public.applications_selection_compared "
        "FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_compared();",
    )
)


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0003_skip_offered")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
