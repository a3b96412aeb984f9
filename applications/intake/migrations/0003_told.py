"""What was told in full, and why children living elsewhere count."""

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

MEMBER = "applications_intake_member"
NEED = "applications_intake_need"
MEMBER_LOGGED = [
    "application_id", "corrected", "id", "is_open", "part", "person_id", "relation", "residence",
]  # fmt: skip
NEED_LOGGED = [
    "application_id", "corrected", "homeless_since", "id", "must_move_by", "urgency_note", "uuid",
    "wished_on",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("applications_intake", "0002_guards")]

    operations = [
        migrations.RunSQL(
            unprotect_sql(MEMBER), ProtectTable(MEMBER, "person_id", MEMBER_LOGGED).sql
        ),
        migrations.RunSQL(unprotect_sql(NEED), ProtectTable(NEED, "", NEED_LOGGED).sql),
        migrations.AddField(
            model_name="member",
            name="income_told",
            field=models.BooleanField(default=False, verbose_name="tulot on ilmoitettu"),
        ),
        migrations.AddField(
            model_name="member",
            name="wealth_told",
            field=models.BooleanField(default=False, verbose_name="varallisuus on ilmoitettu"),
        ),
        migrations.AddField(
            model_name="need",
            name="away_reason",
            field=models.CharField(
                blank=True,
                max_length=300,
                verbose_name="miksi muualla asuva lapsi lasketaan tulorajaan",
            ),
        ),
        ProtectTable(
            MEMBER, subject="person_id", loggable=[*MEMBER_LOGGED, "income_told", "wealth_told"]
        ),
        ProtectTable(NEED, subject="", loggable=[*NEED_LOGGED, "away_reason"]),
    ]
