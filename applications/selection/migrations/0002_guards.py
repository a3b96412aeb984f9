"""Puts the tables of selection behind the net; what was decided and offered stays as it was."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
TRIGGERS = (
    ("guard_offer", "offer"),
    ("guard_compared", "compared"),
    ("check_decision", "decision"),
    ("guard_decision", "decision"),
    ("guard_skip", "skip"),
    ("guard_round", "round"),
    ("guard_limit", "wealthlimit"),
    ("guard_bounds", "exemptionpermit"),
    ("guard_bounds", "wealthtable"),
)
FUNCTIONS = (
    "guard_offer()", "guard_compared()", "check_decision()", "guard_decision()",
    "tied(bigint, bigint, date)", "guard_skip()", "guard_round()", "guard_limit()",
    "guard_bounds()", "refuse(text, text, text)",
)  # fmt: skip
BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER {name} ON public.applications_selection_{on};" for name, on in TRIGGERS),
        *(f"DROP FUNCTION public.applications_selection_{name};" for name in FUNCTIONS),
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0001_selection"),
        ("applications_intake", "0002_guards"),
        ("registry_persons", "0015_hold_reviewed"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "applications_selection_assessment",
            subject="",
            loggable=[
                "adults", "age", "age_reason", "application_id", "children", "good_until",
                "id", "income_eur", "income_missing", "limit_eur",
                "limit_missing", "made_at", "made_on", "moved_for_work", "persons", "residence",
                "residence_reason", "rule_versions", "situations", "urgency", "wealth_eur",
                "wealth_missing",
            ],
        ),
        ProtectTable(
            "applications_selection_skip",
            subject="",
            loggable=[
                "application_id", "id", "made_at", "made_by_id", "reason", "round_id",
                "taken_back_at", "taken_back_by_id", "text",
            ],
        ),
        ProtectTable(
            "applications_selection_decision",
            subject="",
            loggable=[
                "application_id", "approved_at", "approved_by_id", "chosen", "compared_count",
                "decided_at", "decided_by_id", "deviation", "digest", "id", "needs_approval", "on",
                "out_of_order", "permit_id", "place", "reason", "round_id", "uuid",
            ],
        ),
        ProtectTable(
            "applications_selection_compared",
            subject="",
            loggable=["application_id", "decision_id", "id", "token"],
        ),
        ProtectTable(
            "applications_selection_offer",
            subject="",
            loggable=[
                "answer_by", "answered_on", "application_id", "channel", "closed_by_id",
                "decision_id", "id", "note", "offered_at", "offered_by_id", "offered_on",
                "refusal", "round_id", "state",
            ],
        ),
    ]  # fmt: skip
