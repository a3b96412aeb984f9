"""Days on which parts and leases end follow from the acts that end them; a place goes to one."""

from pathlib import Path

from django.db import migrations, models

BACKWARD = """
DROP TRIGGER guard_last_day ON public.leases_contracts_notice;
DROP TRIGGER guard_last_day ON public.leases_contracts_lease;
DROP TRIGGER guard_end ON public.leases_contracts_component;
DROP TRIGGER guard_end ON public.leases_contracts_party;
DROP TRIGGER guard_comes ON public.leases_contracts_party;
DROP FUNCTION public.leases_contracts_guard_last_day();
DROP FUNCTION public.leases_contracts_guard_price_end();
DROP FUNCTION public.leases_contracts_guard_party_end();
"""


class Migration(migrations.Migration):
    dependencies = [("leases_contracts", "0007_places")]

    operations = [
        migrations.AddConstraint(
            model_name="personchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("effective_on__isnull", False)),
                fields=("leaving",),
                name="contracts_change_one",
                violation_error_code="leaving",
                violation_error_message="Henkilö ei ole enää sopimuksen vuokralainen.",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
