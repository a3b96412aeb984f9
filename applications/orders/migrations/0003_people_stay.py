"""Who was ordered is neither taken out nor moved to somebody else, but by a merge of records."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_gone ON public.applications_orders_orderperson;
DROP TRIGGER check_person ON public.applications_orders_orderperson;
DROP FUNCTION public.applications_orders_guard_gone();
DROP FUNCTION public.applications_orders_check_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_orders", "0002_guards"),
        ("registry_duplicates", "0001_duplicates"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
