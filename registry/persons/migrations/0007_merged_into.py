"""A record merged into another's: a tombstone that leads on, and that no search finds."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from vuokra.db.protect import ProtectTable, unprotect_sql

PERSON = "registry_persons_person"
LOGGABLE = [
    "call_name", "changed_at", "created_at", "customer_number", "customer_since", "given_names",
    "id", "language", "public_id", "sort_key", "surname", "uuid",
]  # fmt: skip

# The search table's own triggers do not know of merging: here a tombstone leaves it, and comes back.
SEARCH = """
CREATE FUNCTION public.registry_persons_search_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.merged_into_id IS NULL THEN
        PERFORM public.registry_persons_search_names(ARRAY[NEW.id]);
        PERFORM public.registry_persons_search_streets(ARRAY[NEW.id]);
        PERFORM public.registry_persons_search_phones(ARRAY[NEW.id]);
    ELSE
        DELETE FROM public.registry_persons_search WHERE person_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.registry_persons_search_merged()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
CREATE TRIGGER search_merged AFTER UPDATE OF merged_into_id ON public.registry_persons_person
    FOR EACH ROW WHEN (OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id)
    EXECUTE FUNCTION public.registry_persons_search_merged();
"""
UNSEARCH = """
DROP TRIGGER search_merged ON public.registry_persons_person;
DROP FUNCTION public.registry_persons_search_merged();
"""


def protected_again(columns: list[str], before: list[str]) -> list[migrations.RunSQL]:
    """The table's protection made anew, with the columns whose values the log may keep."""
    return [
        migrations.RunSQL(unprotect_sql(PERSON), ProtectTable(PERSON, "id", before).sql),
        ProtectTable(PERSON, subject="id", loggable=columns),
    ]


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0006_staff_links")]

    operations = [
        migrations.AddField(
            "person",
            "merged_into",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_records",
                to="registry_persons.person",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                name="persons_person_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ),
        *protected_again([*LOGGABLE, "merged_into_id"], LOGGABLE),
        migrations.RunSQL(SEARCH, UNSEARCH),
    ]
