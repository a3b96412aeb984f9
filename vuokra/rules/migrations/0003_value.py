"""Triggers read dated numbers too: the value of a rule on a day."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("vuokra_rules", "0002_guards")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION public.vuokra_rule(text, date);"),
    ]
