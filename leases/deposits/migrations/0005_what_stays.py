"""Days of deposits follow their steps, commitments stay, and each acts in his own name."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
NAMES = ("own_name", "paid_day", "told_day", "moved", "commitment")
BACKWARD = """
CREATE OR REPLACE FUNCTION public.leases_deposits_guard_deposit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.leases_deposits_state(OLD.id) = 'closed'
        OR (TG_OP = 'UPDATE' AND NEW.lease_id <> OLD.lease_id) THEN
        RAISE EXCEPTION 'a deposit that is settled does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
""" + "\n".join(f"DROP FUNCTION public.leases_deposits_guard_{name}() CASCADE;" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("leases_deposits", "0004_own_account")]

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
