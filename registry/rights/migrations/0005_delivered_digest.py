"""The digest of what was given stands beside the proof of delivery."""

import django.contrib.postgres.fields
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

DELIVERY = "registry_rights_delivery"
BEFORE = [
    "at", "by_id", "confirmed_on", "delivered_on", "id", "missent_at", "missent_by_id",
    "missent_note", "proof", "receiver", "request_id", "way",
]  # fmt: skip
# A proof of delivery is not made better afterwards: that it went wrong is all that may be added.
GUARD = """
CREATE OR REPLACE FUNCTION public.registry_rights_guard_delivery() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    added text[] := ARRAY['missent_at', 'missent_note', 'missent_by_id'];
BEGIN
    IF OLD.missent_at IS NOT NULL
       OR to_jsonb(NEW) - added IS DISTINCT FROM to_jsonb(OLD) - added THEN
        PERFORM public.registry_rights_refuse('rights_delivery_stays', 'a proof stays as it was');
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_rights", "0004_untold"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="digests",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                blank=True,
                default=list,
                size=None,
                verbose_name="annetun tiiviste",
            ),
        ),
        migrations.RunSQL(unprotect_sql(DELIVERY), ProtectTable(DELIVERY, "", BEFORE).sql),
        ProtectTable(DELIVERY, subject="", loggable=[*BEFORE, "digests"]),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
