"""Where somebody lives or works is taken out of the open when a turvakielto comes."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable, unprotect_sql

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_part ON public.applications_intake_work;
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_work
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
DROP TRIGGER guard_work ON public.applications_intake_work;
DROP TRIGGER hide ON public.applications_intake_member;
DROP TRIGGER applications_hide ON public.registry_persons_person;
DROP FUNCTION public.applications_intake_guard_work();
DROP FUNCTION public.applications_intake_follow_member();
DROP FUNCTION public.applications_intake_follow_person();
DROP FUNCTION public.applications_intake_hide(bigint);
"""
HOME, WORK = (f"applications_intake_{name}" for name in ("presenthome", "work"))
HOME_KEPT = [
    "application_id", "area_m2", "condition", "conveniences", "corrected", "cost_eur", "id",
    "moved_in", "residents", "rooms", "tenure", "uuid",
]  # fmt: skip
WORK_KEPT = [
    "corrected", "employer", "employment", "id", "member_id", "occupation", "since", "until",
]  # fmt: skip


def again(table: str, subject: str, before: list[str], now: list[str]) -> list[migrations.RunSQL]:
    """A table's protection made anew, with the columns whose values the log may keep."""
    return [
        migrations.RunSQL(unprotect_sql(table), ProtectTable(table, subject, before).sql),
        ProtectTable(table, subject=subject, loggable=now),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("applications_intake", "0003_told"),
        ("registry_persons", "0015_hold_reviewed"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        *again(HOME, "", [*HOME_KEPT, "landlord", "municipality"], HOME_KEPT),
        *again(WORK, "", [*WORK_KEPT, "place"], WORK_KEPT),
    ]
