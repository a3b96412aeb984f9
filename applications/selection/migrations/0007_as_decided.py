"""What was decided stays as it was decided, whoever writes, and is told when its household changes;
times are the database's own.

Taken back, the guards are as they were before.
"""

from pathlib import Path

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

HERE = Path(__file__)
DECISION = "applications_selection_decision"
LOGGED = [
    "application_id", "approved_at", "approved_by_id", "chosen", "compared_count", "decided_at",
    "decided_by_id", "deviation", "digest", "id", "needs_approval", "on", "out_of_order",
    "permit_id", "place", "reason", "round_id", "uuid",
]  # fmt: skip
TRIGGERS = (
    ("guard_offered_state", "selection_offer"),
    ("guard_offered", "selection_offer"),
    ("guard_skipped", "selection_skip"),
    ("guard_forgotten", "selection_compared"),
    ("selection_household_part", "intake_member"),
    ("selection_household", "intake_member"),
    ("guard_terms", "selection_round"),
    ("at_now", "selection_wealthtable"),
    ("at_now", "selection_offer"),
    ("at_now_approved", "selection_decision"),
    ("at_now", "selection_decision"),
    ("at_now_back", "selection_skip"),
    ("at_now", "selection_skip"),
    ("at_now", "selection_round"),
)
FUNCTIONS = (
    "guard_offered()", "guard_skipped()", "guard_forgotten()", "follow_household()",
    "guard_terms()", "pending(bigint)",
)  # fmt: skip
BEFORE = (
    ("0002_guards", "guard_limit"),
    ("0002_guards", "guard_decision"),
    ("0004_many_compared", "check_decision"),
    ("0004_many_compared", "guard_new_compared"),
)


def function_before(migration: str, name: str) -> str:
    """A function as an earlier migration had it."""
    text = HERE.with_name(f"{migration}.sql").read_text("utf-8")
    start = text.index(f"FUNCTION public.applications_selection_{name}(")
    return f"CREATE OR REPLACE {text[start : text.index('$$;', start)]}$$;"


BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER {name} ON public.applications_{on};" for name, on in TRIGGERS),
        *(f"DROP FUNCTION public.applications_selection_{name};" for name in FUNCTIONS),
        *(function_before(migration, name) for migration, name in BEFORE),
        "DROP FUNCTION public.applications_selection_last_day();",
        "DROP FUNCTION public.applications_selection_at_now();",
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0006_own_name"),
        ("applications_intake", "0006_consent_notice"),
        ("leases_homes", "0001_homes"),
    ]

    operations = [
        migrations.RunSQL(
            unprotect_sql(DECISION), ProtectTable(DECISION, subject="", loggable=LOGGED).sql
        ),
        migrations.AddField(
            model_name="decision",
            name="household_changed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="ruokakunta muuttunut"
            ),
        ),
        ProtectTable(DECISION, subject="", loggable=[*LOGGED, "household_changed_at"]),
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
