"""An authority gets nothing alone of one clerk, and a recipient with bases stays who it is."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
GUARD = "CREATE FUNCTION public.registry_disclosures_guard_disclosure"


def _before() -> str:
    """The guard as migration 0002 made it, and none of recipients."""
    whole = HERE.with_name("0002_guards.sql").read_text("utf-8")
    made = whole[whole.index(GUARD) :]
    guard = made[: made.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)
    return f"""{guard}
DROP TRIGGER guard_recipient ON public.registry_disclosures_recipient;
DROP FUNCTION public.registry_disclosures_guard_recipient();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_disclosures", "0002_guards")]
    operations = [
        migrations.RunSQL(HERE.with_name("0003_whom.sql").read_text("utf-8"), _before()),
    ]
