"""The privacy notice that held when an application arrived, and the consent of guardians."""

import django.db.models.deletion
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

APPLICATION, MEMBER = "applications_intake_application", "applications_intake_member"
APPLICATION_LOGGED = [
    "assured_on", "channel", "complete_by", "end_reason", "ended_on", "id", "kind", "made_at",
    "made_by_id", "merged_into_id", "number", "received_on", "renewed_on", "rule_versions",
    "signed_on", "source", "source_id", "state", "subsidised", "valid_until",
]  # fmt: skip
MEMBER_LOGGED = [
    "application_id", "corrected", "id", "income_told", "is_open", "part", "person_id", "relation",
    "residence", "wealth_told",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("applications_intake", "0005_source"),
        ("vuokra_company", "0003_notice_versions"),
    ]

    operations = [
        migrations.RunSQL(
            unprotect_sql(APPLICATION), ProtectTable(APPLICATION, "", APPLICATION_LOGGED).sql
        ),
        migrations.RunSQL(
            unprotect_sql(MEMBER), ProtectTable(MEMBER, "person_id", MEMBER_LOGGED).sql
        ),
        migrations.AddField(
            model_name="application",
            name="notice",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to="vuokra_company.noticeversion",
                verbose_name="tietosuojaseloste",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="consent_on",
            field=models.DateField(blank=True, null=True, verbose_name="huoltajan suostumus"),
        ),
        ProtectTable(APPLICATION, subject="", loggable=[*APPLICATION_LOGGED, "notice_id"]),
        ProtectTable(MEMBER, subject="person_id", loggable=[*MEMBER_LOGGED, "consent_on"]),
    ]  # fmt: skip
