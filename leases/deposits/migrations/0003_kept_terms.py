"""What was agreed in a lease to be signed stays; a settlement follows the end of its lease."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

HERE = Path(__file__)
BACKWARD = """
DROP TRIGGER deposits_guard_end ON public.leases_contracts_lease;
DROP TRIGGER guard_end ON public.leases_deposits_settlement;
DROP TRIGGER guard_terms ON public.leases_deposits_deposit;
DROP FUNCTION public.leases_deposits_guard_lease_end();
DROP FUNCTION public.leases_deposits_guard_settled_end();
DROP FUNCTION public.leases_deposits_guard_terms();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_deposits", "0002_guards"),
        ("leases_contracts", "0010_kept_ends"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                name="deposits_settlement_interest",
                condition=Q(interest_eur__lte=F("received_eur")),
                violation_error_code="interest",
                violation_error_message="Korko on suurempi kuin vakuus.",
            ),
        ),
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
