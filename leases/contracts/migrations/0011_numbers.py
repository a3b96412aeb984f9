"""The database numbers leases: a number is never given again."""

from pathlib import Path

from django.db import migrations, models

BACKWARD = """
DROP TRIGGER number ON public.leases_contracts_lease;
DROP FUNCTION public.leases_contracts_number();
"""


class Migration(migrations.Migration):
    dependencies = [("leases_contracts", "0010_kept_ends")]

    operations = [
        migrations.AlterField(
            "lease",
            "number",
            models.BigIntegerField(
                db_default=0, editable=False, unique=True, verbose_name="sopimusnumero"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
