"""A copy that nobody needs any more says why, and what is over is never used again."""

from django.db import migrations, models
from django.db.models import Q

from vuokra.db.protect import ProtectTable, unprotect_sql

COPY = "registry_copies_copy"
BEFORE = [
    "approved_at", "approved_by_id", "approved_digest", "collected_at", "destroy_on", "digest",
    "fault", "id", "kind", "language", "last_row", "names_by_id", "ordered_at", "ordered_by_id",
    "package_digest", "packed_at", "packed_by_id", "person_id", "printed_at", "printed_digest",
    "reference", "row_count", "state", "texts", "uuid",
]  # fmt: skip
STATES = [
    ("queued", "Kootaan"),
    ("review", "Tarkistettavana"),
    ("packed", "Paketti valmis"),
    ("failed", "Kokoaminen keskeytyi"),
    ("discarded", "Ei tarvita"),
    ("destroyed", "Hävitetty"),
]
WHY = [
    ("refused", "oikeudesta kieltäydyttiin"),
    ("claim", "käsitellään vaatimuksena"),
    ("withdrawn", "pyyntö peruttiin"),
]
# Until now a copy was given up with its request alone.
EARLIER = """
UPDATE public.registry_copies_copy SET unneeded = 'withdrawn' WHERE state = 'discarded'
"""
FORWARD = """
CREATE FUNCTION public.registry_copies_guard_over() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.registry_copies_refuse('copies_copy_over', 'what was destroyed stays so');
    RETURN NULL;
END $$;
CREATE TRIGGER guard_over BEFORE UPDATE OF state ON public.registry_copies_copy FOR EACH ROW
    WHEN (OLD.state IN ('discarded', 'destroyed') AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION public.registry_copies_guard_over();
ALTER TABLE public.registry_copies_copy ENABLE ALWAYS TRIGGER guard_over;
"""
BACKWARD = "DROP FUNCTION public.registry_copies_guard_over() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("registry_copies", "0005_opened")]

    operations = [
        migrations.AddField(
            "copy",
            "unneeded",
            models.CharField(
                blank=True, choices=WHY, max_length=10, verbose_name="miksi ei tarvita"
            ),
        ),
        migrations.AlterField(
            "copy",
            "state",
            models.CharField(choices=STATES, default="queued", max_length=10, verbose_name="vaihe"),
        ),
        migrations.RunSQL(unprotect_sql(COPY), ProtectTable(COPY, "person_id", BEFORE).sql),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        ProtectTable(COPY, subject="person_id", loggable=[*BEFORE, "unneeded"]),
        migrations.AddConstraint(
            "copy",
            models.CheckConstraint(
                name="copies_copy_unneeded_says_why",
                condition=Q(state="discarded", unneeded__in=[code for code, _words in WHY])
                | ~Q(state="discarded") & Q(unneeded=""),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
