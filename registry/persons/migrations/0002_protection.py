"""Puts the tables behind the net, and keeps an official former code for its holder."""

from django.db import migrations

from vuokra.db.protect import ProtectTable

CODE = ["artificial", "id", "person_id", "uuid"]
DATED = ["recorded_at", "source", "valid_from", "valid_to", "verified_at"]

# AFTER, not BEFORE: whoever waited for the unique index sees what the other transaction committed.
RESERVED = """
CREATE FUNCTION public.registry_persons_code_reserved() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.active AND EXISTS (
        SELECT 1 FROM public.registry_persons_formercode
        WHERE hetu_index = NEW.hetu_index AND reason = 'changed' AND person_id <> NEW.person_id
    ) THEN
        RAISE EXCEPTION 'the code is reserved' USING
            ERRCODE = 'unique_violation', CONSTRAINT = 'persons_identity_code_reserved',
            TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER code_reserved AFTER INSERT OR UPDATE OF hetu_index, active
    ON public.registry_persons_identity FOR EACH ROW WHEN (NEW.hetu_index IS NOT NULL)
    EXECUTE FUNCTION public.registry_persons_code_reserved();
ALTER TABLE public.registry_persons_identity ENABLE ALWAYS TRIGGER code_reserved;
"""
UNRESERVED = """
DROP TRIGGER code_reserved ON public.registry_persons_identity;
DROP FUNCTION public.registry_persons_code_reserved();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0001_persons"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable(
            "registry_persons_person",
            subject="id",
            loggable=[
                "call_name", "changed_at", "created_at", "customer_number", "customer_since",
                "given_names", "id", "language", "public_id", "sort_key", "surname", "uuid",
            ],
        ),
        ProtectTable(
            "registry_persons_identity",
            subject="person_id",
            loggable=[*CODE, "active", "birth_date", "changed_at", "kind"],
        ),
        ProtectTable(
            "registry_persons_formercode",
            subject="person_id",
            loggable=[*CODE, "ended_at", "reason"],
        ),
        ProtectTable(
            "registry_persons_contactpoint",
            subject="person_id",
            loggable=[*DATED, "id", "kind", "person_id", "search_value", "value"],
        ),
        ProtectTable(
            "registry_persons_address",
            subject="person_id",
            loggable=[
                *DATED, "country", "id", "kind", "person_id", "postal_code", "street", "town",
            ],
        ),
        migrations.RunSQL(RESERVED, UNRESERVED),
    ]  # fmt: skip
