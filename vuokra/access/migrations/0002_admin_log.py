"""The log of the administrator's pages becomes INSERT-only and is sealed with the rest."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_access", "0001_log_tables"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [
        migrations.RunSQL((Path(__file__).parent / "0002_admin_log.sql").read_text("utf-8")),
    ]
