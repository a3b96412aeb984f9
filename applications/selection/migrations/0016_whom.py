"""Whom a flat may go to, and by which exception, whoever writes.

Taken back, the guards are as they were before.
"""

from pathlib import Path

from django.db import migrations, models

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
TRIGGERS = (
    ("guard_permit", "decision"),
    ("guard_broken", "round"),
    ("guard_whom_accepted", "offer"),
    ("guard_whom", "offer"),
    ("guard_whom_approved", "decision"),
    ("guard_whom", "decision"),
)
FUNCTIONS = (
    "guard_permit()", "guard_broken()", "guard_whom()", "refuse_whom(bigint, date, text)",
)  # fmt: skip
BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER {name} ON public.applications_selection_{on};" for name, on in TRIGGERS),
        *(f"DROP FUNCTION public.applications_selection_{name};" for name in FUNCTIONS),
    )
)
SINGLE_CASE = models.Q(("out_of_order__in", ["circumstances", "market", "structure"]))


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0015_marked"),
        ("applications_intake", "0006_consent_notice"),
        ("leases_homes", "0001_homes"),
        ("registry_persons", "0015_hold_reviewed"),
    ]  # fmt: skip

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                name="selection_decision_single",
                condition=SINGLE_CASE & ~models.Q(deviation="")
                | ~SINGLE_CASE & models.Q(place=1) & ~models.Q(deviation="P10"),
                violation_error_code="out_of_order",
                violation_error_message="Valitse, miksi etusijajärjestyksestä poiketaan.",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
