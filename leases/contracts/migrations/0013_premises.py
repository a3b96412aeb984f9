"""A lease keeps what it told of its flat when it was made ready to be signed."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

TABLE = "leases_contracts_lease"
LOGGED = [
    "agreed_end", "cancel_reason", "cancelled_on", "clauses", "concluded_on", "delivery", "due_day",
    "first_notice_on", "flat_id", "id", "kind", "last_day", "made_at", "made_by_id", "number",
    "pets", "previous_id", "ready_at", "smoking", "starts_on", "term_ends_on", "water",
]  # fmt: skip
BACKWARD = """
DROP TRIGGER guard ON public.leases_homes_premises;
DROP FUNCTION public.leases_homes_guard_premises();
DROP TRIGGER agreed_premises ON public.leases_contracts_lease;
DROP FUNCTION public.leases_contracts_premises();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0012_late_days"),
        ("leases_homes", "0005_premises"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.AddField(
            "lease",
            "premises",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leases_homes.premises",
            ),
        ),
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "", LOGGED).sql),
        ProtectTable(TABLE, subject="", loggable=[*LOGGED, "premises_id"]),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
