"""What changes of an application is told with the change, whoever writes it; a choice that waits is
not overtaken.

Taken back, the guards are as they were before.
"""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

HERE = Path(__file__)
JUDGED = {
    "intake_need": "application",
    "intake_presenthome": "application",
    "intake_ground": "application",
    "intake_member": "application",
    "intake_permit": "member",
    "intake_income": "member",
    "intake_asset": "member",
    "intake_debt": "member",
}
CHANGES = [
    ("heads", "ruokakunnan koko"), ("income", "tulot"), ("wealth", "varallisuus"),
    ("need", "asunnontarve"), ("residence", "oleskelun peruste"), ("age", "hakijan ikä"),
]  # fmt: skip
IDENTITY = "registry_persons_identity"


def _trigger(table: str, way: str) -> str:
    """A change of a row that changes nothing is none."""
    return f"""
CREATE TRIGGER selection_judged AFTER INSERT OR DELETE ON public.{table}
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_judged('{way}');
CREATE TRIGGER selection_judged_anew AFTER UPDATE ON public.{table}
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION public.applications_selection_judged('{way}');
"""


TABLES = {f"applications_{table}": way for table, way in JUDGED.items()} | {IDENTITY: "person"}
FORWARD = "".join(_trigger(table, way) for table, way in TABLES.items())
BACKWARD = "".join(
    f"DROP TRIGGER {name} ON public.{table};"
    for table in TABLES
    for name in ("selection_judged", "selection_judged_anew")
)
BACK = """
DROP TRIGGER guard_waiting ON public.applications_selection_decision;
DROP FUNCTION public.applications_selection_guard_waiting();
DROP TRIGGER selection_lapse ON public.applications_intake_application;
CREATE TRIGGER selection_lapse AFTER UPDATE OF state ON public.applications_intake_application
    FOR EACH ROW WHEN (public.applications_intake_is_open(OLD.state)
        AND NOT public.applications_intake_is_open(NEW.state))
    EXECUTE FUNCTION public.applications_selection_lapse('id');
DROP TRIGGER guard_due ON public.applications_selection_assessmentdue;
DROP FUNCTION public.applications_selection_guard_due();
DROP TRIGGER selection_judged ON public.applications_intake_application;
DROP FUNCTION public.applications_selection_judged_application();
DROP FUNCTION public.applications_selection_judged();
DROP FUNCTION public.applications_selection_mark_due_by(text, jsonb);
DROP FUNCTION public.applications_selection_mark_due(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0011_set_aside"),
        ("applications_intake", "0006_consent_notice"),
        ("registry_persons", "0015_hold_reviewed"),
    ]  # fmt: skip

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACK),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AlterField(
            model_name="offer",
            name="changed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=CHANGES, max_length=9),
                default=list,
                editable=False,
                size=None,
                verbose_name="muuttunut valinnan jälkeen",
            ),
        ),
    ]
