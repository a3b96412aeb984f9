"""Whoever approves a copy has opened each document that goes along with it: the database asks."""

import django.db.models.deletion
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

COPY = "registry_copies_copy"
OF_COPY = [
    "approved_at", "approved_by_id", "approved_digest", "collected_at", "destroy_on", "digest",
    "fault", "id", "kind", "language", "last_row", "names_by_id", "ordered_at", "ordered_by_id",
    "package_digest", "packed_at", "packed_by_id", "person_id", "printed_at", "printed_digest",
    "reference", "row_count", "state", "texts", "unneeded", "uuid",
]  # fmt: skip
OPENING = "registry_copies_opening"
OF_OPENING = ["at", "by_id", "copy_id", "digest", "holds", "id", "person_id"]
# Which documents go along with what was collected before is not known: it is collected anew.
EARLIER = """
UPDATE public.registry_copies_copy SET last_row = -1
WHERE state = 'review' AND approved_digest = ''
"""
FORWARD = """
-- Documents are written while a copy is collected, and go with it: they are what was collected.
CREATE FUNCTION public.registry_copies_guard_enclosure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    row_of public.registry_copies_enclosure := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
           SELECT FROM public.registry_copies_copy c WHERE c.id = row_of.copy_id
           AND c.state NOT IN ('queued', 'discarded', 'destroyed')) THEN
        PERFORM public.registry_copies_refuse('copies_enclosure_stays', 'a document stays');
    END IF;
    RETURN row_of;
END $$;
CREATE TRIGGER guard_enclosure BEFORE INSERT OR UPDATE OR DELETE
    ON public.registry_copies_enclosure
    FOR EACH ROW EXECUTE FUNCTION public.registry_copies_guard_enclosure();
ALTER TABLE public.registry_copies_enclosure ENABLE ALWAYS TRIGGER guard_enclosure;

-- Nobody approves a copy whose documents he has not opened: each as it is, unless it is left out.
CREATE FUNCTION public.registry_copies_guard_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.approved_by_id IS NOT NULL AND EXISTS (
           SELECT FROM public.registry_copies_enclosure e WHERE e.copy_id = NEW.id
           AND NOT EXISTS (SELECT FROM public.registry_copies_finding f
                           WHERE f.copy_id = NEW.id AND f.place = e.place
                             AND f.decision = 'redacted')
           AND NOT EXISTS (SELECT FROM public.registry_copies_opening o
                           WHERE o.copy_id = NEW.id AND o.by_id = NEW.approved_by_id
                             AND o.enclosed AND o.digest = e.digest)) THEN
        PERFORM public.registry_copies_refuse('copies_copy_documents_opened',
                                              'whoever approves a copy has opened its documents');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_documents BEFORE UPDATE OF approved_by_id, approved_digest, approved_at
    ON public.registry_copies_copy
    FOR EACH ROW WHEN (
        (NEW.approved_by_id, NEW.approved_digest, NEW.approved_at)
        IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_digest, OLD.approved_at))
    EXECUTE FUNCTION public.registry_copies_guard_documents();
ALTER TABLE public.registry_copies_copy ENABLE ALWAYS TRIGGER guard_documents;
"""
BACKWARD = """
DROP FUNCTION public.registry_copies_guard_documents() CASCADE;
DROP FUNCTION public.registry_copies_guard_enclosure() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_copies", "0006_unneeded"),
        ("registry_persons", "0014_neighbours"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64)),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="registry_copies.copy",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "jäljennöksen liite",
                "verbose_name_plural": "jäljennösten liitteet",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            "enclosure",
            models.UniqueConstraint(fields=("copy", "place"), name="copies_enclosure_once"),
        ),
        ProtectTable(
            "registry_copies_enclosure",
            subject="person_id",
            loggable=["copy_id", "digest", "id", "name", "person_id", "place"],
        ),
        migrations.AddField("opening", "enclosed", models.BooleanField(default=False)),
        migrations.RunSQL(
            unprotect_sql(OPENING), ProtectTable(OPENING, "person_id", OF_OPENING).sql
        ),
        ProtectTable(OPENING, subject="person_id", loggable=[*OF_OPENING, "enclosed"]),
        migrations.RunSQL(unprotect_sql(COPY), ProtectTable(COPY, "person_id", OF_COPY).sql),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        ProtectTable(COPY, subject="person_id", loggable=OF_COPY),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
