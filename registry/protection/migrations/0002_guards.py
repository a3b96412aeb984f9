"""Puts the tables behind the net, and makes the database itself keep what a ban promises."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_name("0002_guards.sql").read_text()
DATED = ["recorded_at", "source", "valid_from", "valid_to", "verified_at"]
BACKWARD = """
DROP TRIGGER protection_flag_insert ON public.registry_persons_person;
DROP TRIGGER protection_flag_update ON public.registry_persons_person;
DROP TRIGGER protection_insert ON public.registry_persons_contactpoint;
DROP TRIGGER protection_update ON public.registry_persons_contactpoint;
DROP TRIGGER protection_insert ON public.registry_persons_address;
DROP TRIGGER protection_update ON public.registry_persons_address;
DROP TRIGGER protection_cover ON public.registry_protection_coverage;
DROP TRIGGER protection_retire ON public.registry_protection_coverage;
DROP TRIGGER protection_uncover ON public.registry_protection_coverage;
DROP TRIGGER guard_cover ON public.registry_protection_coverage;
DROP TRIGGER guard_ban ON public.registry_protection_turvakielto;
DROP POLICY vuokra_retire ON public.vuokra_access_payload;
DROP FUNCTION public.registry_protection_flag();
DROP FUNCTION public.registry_protection_no_open_contact();
DROP FUNCTION public.registry_protection_cover();
DROP FUNCTION public.registry_protection_uncover();
DROP FUNCTION public.registry_protection_retire();
DROP FUNCTION public.registry_protection_guard_ban();
DROP FUNCTION public.registry_protection_guard_cover();
DROP FUNCTION public.registry_protection_keeps(bigint, text[]);
DROP FUNCTION public.registry_protection_covered(bigint);
CREATE OR REPLACE FUNCTION public.vuokra_log_refuse_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'vuokra_retention' THEN
        RAISE EXCEPTION 'DELETE refused: % is emptied by the retention role alone', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_protection", "0001_tables"),
        ("registry_persons", "0004_protected"),
        ("vuokra_access", "0001_log_tables"),
        ("vuokra_accounts", "0002_guards"),
    ]

    operations = [
        ProtectTable(
            "registry_protection_turvakielto",
            subject="person_id",
            loggable=[
                "ended_at", "ended_by_id", "ending_proposed_at", "ending_proposed_by_id", "id",
                "noted_at", "noted_by_id", "person_id",
            ],
        ),
        ProtectTable(
            "registry_protection_coverage",
            subject="person_id",
            loggable=["ban_id", "began_at", "ended_at", "id", "person_id"],
        ),
        ProtectTable(
            "registry_protection_protecteddetail",
            subject="person_id",
            loggable=[*DATED, "id", "kind", "person_id", "uuid"],
        ),
        ProtectTable(
            "registry_protection_contactaddress",
            subject="person_id",
            loggable=[*DATED, "id", "person_id", "postal_code", "street", "town"],
        ),
        ProtectTable(
            "registry_protection_followup",
            subject="person_id",
            loggable=[
                "ban_id", "done_at", "done_by_id", "event_at", "event_by", "event_id", "id", "kind",
                "made_at", "person_id",
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip
