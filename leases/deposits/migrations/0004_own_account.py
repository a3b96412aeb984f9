"""Whoever recorded an account does not pay to it alone."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BACKWARD = """
DROP TRIGGER guard_own_account ON public.leases_deposits_settlement;
DROP FUNCTION public.leases_deposits_guard_own_account();
"""


class Migration(migrations.Migration):
    dependencies = [("leases_deposits", "0003_kept_terms")]

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
