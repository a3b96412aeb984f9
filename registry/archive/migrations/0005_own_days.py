"""The day of recording stays; papers are not destroyed on a day to come, nor deleted by staff."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP TRIGGER guard_days ON public.registry_archive_paperfile;
DROP TRIGGER guard_days ON public.registry_archive_destruction;
DROP FUNCTION public.registry_archive_guard_days();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_archive", "0004_scanned")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
