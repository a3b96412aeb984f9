"""Puts decisions behind the net, and makes the database itself keep them as they were written."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_name("0002_guards.sql").read_text()
BACKWARD = """
DROP TRIGGER keep ON public.registry_consents_consenttext;
DELETE FROM public.registry_consents_consenttext;
DROP TRIGGER guard ON public.registry_consents_decision;
DROP TRIGGER check_new ON public.registry_consents_decision;
DROP FUNCTION public.registry_consents_guard();
DROP FUNCTION public.registry_consents_check();
DROP FUNCTION public.registry_consents_keep_text();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_consents", "0001_consents"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable(
            "registry_consents_decision",
            subject="person_id",
            loggable=[
                "channel", "corrects_id", "decided_on", "expires", "id", "kind", "manner",
                "notice_id", "person_id", "proof", "reason", "recorded_at", "recorded_by_id",
                "repeated_back", "source", "text_id", "use",
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip
