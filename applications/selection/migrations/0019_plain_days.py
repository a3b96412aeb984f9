"""Whom a flat may go to is asked without writing the snapshot anew.

Taken back, the guard is as it was before.
"""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
_BEFORE = HERE.with_name("0016_whom.sql").read_text("utf-8")
_START = _BEFORE.index("FUNCTION public.applications_selection_guard_whom(")
BACKWARD = f"CREATE OR REPLACE {_BEFORE[_START : _BEFORE.index('END $$;', _START)]}END $$;"


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0018_near_state")]

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
