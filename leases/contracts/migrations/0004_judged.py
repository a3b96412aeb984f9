"""By what a rescission was judged; each kind of paper is in force once at a time."""

from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

GUARD = """
CREATE OR REPLACE FUNCTION public.leases_contracts_guard_notice() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY[{later}];
BEGIN
    IF OLD.served_on IS NOT NULL AND (TG_OP = 'DELETE' OR OLD.withdrawn_on IS NOT NULL
        OR to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later) THEN
        RAISE EXCEPTION 'a served notice does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_notice_kept';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
NOTICE = "leases_contracts_notice"
BEFORE = [
    "breach", "document", "ends_on", "ground", "id", "lease_id", "method", "moves_on",
    "recorded_at", "recorded_by_id", "rule_versions", "sent_on", "served_on", "stated_end",
    "withdrawn_on", "written",
]  # fmt: skip
ADDED = ["extreme", "goes_on", "happened_on", "rectified_on", "unpaid_eur"]


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0003_signed_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="contracts_notice_one",
        ),
        migrations.AddField(
            model_name="notice",
            name="extreme",
            field=models.BooleanField(default=False, verbose_name="erittäin moitittava"),
        ),
        migrations.AddField(
            model_name="notice",
            name="goes_on",
            field=models.BooleanField(default=True, verbose_name="menettely jatkuu"),
        ),
        migrations.AddField(
            model_name="notice",
            name="happened_on",
            field=models.DateField(blank=True, null=True, verbose_name="menettely viimeksi"),
        ),
        migrations.AddField(
            model_name="notice",
            name="rectified_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="oikaistu"),
        ),
        migrations.AddField(
            model_name="notice",
            name="unpaid_eur",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="maksamatta, €"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document", "rescission"), _negated=True),
                    models.Q(
                        ("happened_on__isnull", False),
                        models.Q(("breach", ""), _negated=True),
                        ("rectified_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="contracts_notice_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rectified_on__isnull", True),
                    models.Q(("document", "warning"), ("rectified_on__gte", models.F("served_on"))),
                    _connector="OR",
                ),
                name="contracts_notice_rectified",
                violation_error_code="on",
                violation_error_message="Tarkista päivä: varoitus annettiin sen jälkeen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    ("served_on__isnull", True),
                    ("withdrawn_on__gte", models.F("served_on")),
                    _connector="OR",
                ),
                name="contracts_notice_withdrawn",
                violation_error_code="served_on",
                violation_error_message="Asiakirja on peruttu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("document__in", ["landlord_notice", "tenant_notice", "rescission"]),
                    ("served_on__isnull", False),
                    ("withdrawn_on__isnull", True),
                ),
                fields=("lease", "document"),
                name="contracts_notice_one",
                violation_error_message="Samanlainen ilmoitus on jo voimassa.",
            ),
        ),
        migrations.RunSQL(
            GUARD.format(later="'withdrawn_on', 'rectified_on'"),
            GUARD.format(later="'withdrawn_on'"),
        ),
        migrations.RunSQL(unprotect_sql(NOTICE), ProtectTable(NOTICE, "", BEFORE).sql),
        ProtectTable(NOTICE, subject="", loggable=[*BEFORE, *ADDED]),
    ]
