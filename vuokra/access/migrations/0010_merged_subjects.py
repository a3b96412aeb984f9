"""The log of a person who has several records: the functions take ids, and events of any count."""

from pathlib import Path

from django.db import migrations

EVENTS = (
    "public.vuokra_access_events({ids}, bigint, timestamptz, timestamptz, text[], boolean, text,"
    " boolean, bigint, timestamptz, bigint, boolean, integer)"
)
COUNTS = "public.vuokra_access_event_counts({ids}, bigint, timestamptz)"


def _function(file: str, name: str) -> str:
    text = Path(__file__).with_name(file).read_text("utf-8")
    begins = text.index(f"CREATE FUNCTION public.{name}(")
    return text[begins : text.index("END $$;", begins)] + "END $$;\n"


BEFORE = _function("0005_log_viewer.sql", "vuokra_access_events") + _function(
    "0003_event_views.sql", "vuokra_access_event_counts"
)
AFTER = BEFORE.replace("concerning bigint,", "concerning bigint[],").replace(
    "e.subjects @> ARRAY[$1]", "e.subjects && $1"
)


def _replaced(old: str, new: str, functions: str) -> str:
    drop = "".join(f"DROP FUNCTION {one.format(ids=old)};\n" for one in (EVENTS, COUNTS))
    signatures = ", ".join(one.format(ids=new) for one in (EVENTS, COUNTS))
    return (
        f"{drop}{functions}REVOKE ALL ON FUNCTION {signatures}"
        " FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;\n"
        f"GRANT EXECUTE ON FUNCTION {signatures} TO vuokra_app;\n"
    )


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0009_places")]
    operations = [
        migrations.RunSQL(
            _replaced("bigint", "bigint[]", AFTER), _replaced("bigint[]", "bigint", BEFORE)
        )
    ]
