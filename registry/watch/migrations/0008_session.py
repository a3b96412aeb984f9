"""In which web session a break-glass opens the record: it is over with that, too."""

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

TABLE = "registry_watch_breakglass"
BEFORE = ["ends_at", "id", "opened_at", "staff_id", "subject_id", "tie", "wants_special"]


class Migration(migrations.Migration):
    dependencies = [("registry_watch", "0007_nobody_himself")]

    operations = [
        migrations.AddField(
            "breakglass", "session", models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "subject_id", BEFORE).sql),
        ProtectTable(TABLE, subject="subject_id", loggable=[*BEFORE, "session"]),
    ]  # fmt: skip
