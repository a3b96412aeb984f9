"""A choice that came to nothing is set aside for good, nobody is chosen while the flat is offered,
and what whoever chooses goes by is written by nobody of the staff.

Taken back, the guards are as they were before.
"""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

HERE = Path(__file__)
DECISION, OFFER = "applications_selection_decision", "applications_selection_offer"
DECIDED = [
    "application_id", "approved_at", "approved_by_id", "chosen", "compared_count", "decided_at",
    "decided_by_id", "deviation", "digest", "household_changed_at", "id", "needs_approval", "on",
    "out_of_order", "permit_id", "place", "reason", "round_id", "uuid",
]  # fmt: skip
OFFERED = [
    "answer_by", "answered_on", "application_id", "channel", "closed_by_id", "decision_id", "id",
    "note", "offered_at", "offered_by_id", "offered_on", "refusal", "round_id", "state",
]  # fmt: skip
CHANGES = [
    ("heads", "ruokakunnan koko"), ("income", "tulot"), ("wealth", "varallisuus"),
    ("need", "asunnontarve"), ("residence", "oleskelun peruste"),
]  # fmt: skip
TRIGGERS = (
    ("selection_lapse", "selection_skip"),
    ("selection_lapse", "intake_application"),
    ("guard_gone", "selection_skip"),
    ("guard_assessment", "selection_assessment"),
    ("guard_permit_sites", "selection_exemptionpermit_sites"),
    ("at_now", "selection_exemptionpermit"),
    ("guard_near_answer", "selection_offer"),
)
FUNCTIONS = (
    "lapse()", "guard_gone()", "guard_assessment()", "guard_permit_sites()",
    "near_compared(bigint, bigint)",
)  # fmt: skip
BEFORE = (
    ("0002_guards", "guard_bounds"),
    ("0006_own_name", "guard_near"),
    ("0007_as_decided", "pending"),
    ("0007_as_decided", "guard_decision"),
)
ANSWERED = """
CREATE TRIGGER guard_near_answer BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW WHEN (NEW.state <> 'withdrawn')
    EXECUTE FUNCTION public.applications_selection_guard_near();
"""


def function_before(migration: str, name: str) -> str:
    """A function as an earlier migration had it."""
    text = HERE.with_name(f"{migration}.sql").read_text("utf-8")
    start = text.index(f"FUNCTION public.applications_selection_{name}(")
    return f"CREATE OR REPLACE {text[start : text.index('$$;', start)]}$$;"


BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER {name} ON public.applications_{on};" for name, on in TRIGGERS),
        *(function_before(migration, name) for migration, name in BEFORE),
        *(f"DROP FUNCTION public.applications_selection_{name};" for name in FUNCTIONS),
        ANSWERED,
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0010_many_choose"),
        ("applications_intake", "0006_consent_notice"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="muuttunut")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+",
                        to="applications_intake.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "arvioitava hakemus", "verbose_name_plural": "arvioitavat hakemukset",
            },
        ),
        migrations.RunSQL(
            unprotect_sql(DECISION), ProtectTable(DECISION, subject="", loggable=DECIDED).sql
        ),
        migrations.AddField(
            model_name="decision",
            name="lapsed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="rauennut"),
        ),
        ProtectTable(DECISION, subject="", loggable=[*DECIDED, "lapsed_at"]),
        migrations.RunSQL(
            unprotect_sql(OFFER), ProtectTable(OFFER, subject="", loggable=OFFERED).sql
        ),
        migrations.AddField(
            model_name="offer",
            name="changed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=CHANGES, max_length=9), default=list,
                editable=False, size=None, verbose_name="muuttunut valinnan jälkeen",
            ),
        ),
        ProtectTable(OFFER, subject="", loggable=[*OFFERED, "changed"]),
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]  # fmt: skip
