"""Paper that a law wants kept is not destroyed for having been scanned."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP TRIGGER guard_kind ON public.registry_archive_paperfile;
DROP TRIGGER guard_end ON public.registry_archive_destruction;
DROP FUNCTION public.registry_archive_guard_kind();
DROP FUNCTION public.registry_archive_guard_end();
DROP FUNCTION public.registry_archive_scan_is_enough(text, date);
"""


class Migration(migrations.Migration):
    dependencies = [("registry_archive", "0003_kept"), ("vuokra_rules", "0002_guards")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
