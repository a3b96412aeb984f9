"""Nobody is passed over for a flat that is offered to him."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_skip_offered ON public.applications_selection_skip;
DROP FUNCTION public.applications_selection_guard_skip_offered();
"""


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0002_guards")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
