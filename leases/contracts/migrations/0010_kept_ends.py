"""What was agreed of the end is kept beside a notice; nothing goes round drafts and signatures."""

from pathlib import Path

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

HERE = Path(__file__)
TABLE = "leases_contracts_lease"
LOGGED = [
    "cancel_reason", "cancelled_on", "clauses", "concluded_on", "delivery", "due_day",
    "first_notice_on", "flat_id", "id", "kind", "last_day", "made_at", "made_by_id", "number",
    "pets", "previous_id", "ready_at", "smoking", "starts_on", "term_ends_on", "water",
]  # fmt: skip
LATER = "ARRAY['cancelled_on', 'cancel_reason', 'last_day', 'delivery']"
WITH_AGREED = LATER.replace("'last_day'", "'last_day', 'agreed_end'")
UNDO = """
DROP TRIGGER guard_way_concluded ON public.leases_contracts_lease;
DROP TRIGGER guard_way ON public.leases_contracts_lease;
DROP FUNCTION public.leases_contracts_guard_way();
"""


def _between(name: str, begin: str, end: str) -> str:
    whole = HERE.with_name(name).read_text("utf-8")
    return whole[whole.index(begin) : whole.index(end)]


def _guard_lease(later: str) -> str:
    """The guard of a lease, with what is written after its conclusion."""
    begin = "CREATE OR REPLACE FUNCTION public.leases_contracts_guard_lease"
    return _between("0003_signed_stays.sql", begin, "-- Who is in a lease").replace(LATER, later)


def _follow_person() -> str:
    begin = "CREATE FUNCTION public.leases_contracts_follow_person"
    before = _between("0002_guards.sql", begin, "CREATE TRIGGER occupy")
    return before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0009_deposit_ground"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="lease",
            name="agreed_end",
            field=models.DateField(
                editable=False, null=True, verbose_name="sovittu viimeinen päivä"
            ),
        ),
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "", LOGGED).sql),
        ProtectTable(TABLE, subject="", loggable=[*LOGGED, "agreed_end"]),
        migrations.RunSQL(_guard_lease(WITH_AGREED), _guard_lease(LATER)),
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), UNDO + _follow_person()),
    ]
