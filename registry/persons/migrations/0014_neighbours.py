"""Who lives in the same street: for asking the purpose first, and for the review of the log."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text()
BACKWARD = """
DROP FUNCTION public.registry_persons_neighbours(bigint, bigint[], date);
DROP FUNCTION public.registry_persons_street_name(text);
"""


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0013_restriction_told")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
