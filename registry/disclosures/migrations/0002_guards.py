"""Puts the tables behind the net, and makes the database itself keep what a disclosure promises."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_name("0002_guards.sql").read_text()
BACKWARD = """
DROP TRIGGER append_only ON public.registry_disclosures_disclosure;
DROP TRIGGER append_only ON public.registry_disclosures_disclosedperson;
DROP TRIGGER append_only ON public.registry_disclosures_disclosedcopy;
DROP TRIGGER guard_disclosure ON public.registry_disclosures_disclosure;
DROP TRIGGER count_people ON public.registry_disclosures_disclosure;
DROP TRIGGER no_more_people ON public.registry_disclosures_disclosedperson;
DROP TRIGGER guard_basis ON public.registry_disclosures_disclosurebasis;
DROP TRIGGER guard_export ON public.registry_disclosures_exportrequest;
DROP TRIGGER guard_request ON public.registry_disclosures_authorityrequest;
DROP FUNCTION public.registry_disclosures_append_only();
DROP FUNCTION public.registry_disclosures_guard_disclosure();
DROP FUNCTION public.registry_disclosures_count_people();
DROP FUNCTION public.registry_disclosures_no_more_people();
DROP FUNCTION public.registry_disclosures_guard_basis();
DROP FUNCTION public.registry_disclosures_guard_export();
DROP FUNCTION public.registry_disclosures_guard_request();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_disclosures", "0001_tables"),
        ("registry_protection", "0002_guards"),
    ]

    operations = [
        ProtectTable(
            "registry_disclosures_askedperson",
            subject="person_id",
            loggable=["id", "person_id", "request_id"],
        ),
        ProtectTable(
            "registry_disclosures_authorityrequest",
            subject="",
            loggable=[
                "approved_at",
                "approved_by_id",
                "asked",
                "authority",
                "caller",
                "channel",
                "codes",
                "decided_at",
                "decided_by_id",
                "decision_reason",
                "disclosure_id",
                "id",
                "received_at",
                "received_by_id",
                "recipient_id",
                "section",
                "state",
                "statute",
                "switchboard",
                "their_reference",
                "verification",
                "verified_at",
                "verified_by_id",
                "verified_note",
            ],
        ),
        ProtectTable(
            "registry_disclosures_disclosedperson",
            subject="person_id",
            loggable=["disclosure_id", "id", "person_id"],
        ),
        ProtectTable(
            "registry_disclosures_disclosure",
            subject="",
            loggable=[
                "approved_by_id",
                "as_protected",
                "asked_by",
                "at",
                "basis_id",
                "by_id",
                "call_back",
                "channel",
                "codes",
                "corrects_id",
                "id",
                "irregular",
                "note",
                "origin",
                "person_count",
                "purpose",
                "recipient_id",
                "recorded_at",
                "reference",
                "restriction",
                "section",
                "statute",
                "void",
            ],
        ),
        ProtectTable(
            "registry_disclosures_exportrequest",
            subject="",
            loggable=[
                "asked_at",
                "asked_by_id",
                "codes",
                "decided_at",
                "decided_by_id",
                "decision_note",
                "disclosure_id",
                "expires_at",
                "form",
                "id",
                "origin",
                "person_count",
                "persons",
                "purpose",
                "reason",
                "recipient_id",
                "reference",
                "state",
            ],
        ),
        ProtectTable(
            "registry_disclosures_notification",
            subject="person_id",
            loggable=[
                "codes",
                "done_at",
                "done_by_id",
                "id",
                "made_at",
                "note",
                "person_id",
                "reason",
                "recipient_id",
                "reference",
                "state",
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
