"""Members of staff decide in their own name, about nobody near; an exception takes another."""

from pathlib import Path

from django.db import migrations, models

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_near_answer ON public.applications_selection_offer;
DROP TRIGGER guard_near ON public.applications_selection_offer;
DROP TRIGGER guard_near ON public.applications_selection_skip;
DROP TRIGGER guard_approver ON public.applications_selection_decision;
DROP TRIGGER guard_name ON public.applications_selection_decision;
DROP FUNCTION public.applications_selection_guard_near();
DROP FUNCTION public.applications_selection_guard_name();
DROP FUNCTION public.applications_selection_near(bigint, bigint);
DROP FUNCTION public.applications_selection_acting();
"""


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0005_unsecured")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                name="selection_decision_second",
                condition=models.Q(("deviation", ""), ("needs_approval", True), _connector="OR"),
                violation_error_code="deviation",
                violation_error_message="Poikkeamisen hyväksyy toinen henkilö.",
            ),
        ),
    ]
