"""Papers are kept at least as long as was recorded."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP TRIGGER guard_file ON public.registry_archive_paperfile;
DROP FUNCTION public.registry_archive_guard_file();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_archive", "0002_guards")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
