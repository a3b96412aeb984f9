"""Whoever approves a copy has opened that very version of it: a row says so, the database asks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vuokra.access.clock
from vuokra.db.protect import ProtectTable

TABLE = "registry_copies_opening"
COLUMNS = ["at", "by_id", "copy_id", "digest", "holds", "id", "person_id"]
FORWARD = """
CREATE FUNCTION public.registry_copies_refuse(which text, text_of text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', text_of USING ERRCODE = 'restrict_violation',
        TABLE = 'registry_copies_copy', CONSTRAINT = which;
END $$;

-- An opening is in one's own name, and stays: that it holds no more is all that may be said later.
CREATE FUNCTION public.registry_copies_guard_opening() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM public.registry_copies_copy c WHERE c.id = OLD.copy_id
                   AND c.state NOT IN ('discarded', 'destroyed')) THEN
            PERFORM public.registry_copies_refuse('copies_opening_stays', 'an opening stays');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.holds OR to_jsonb(NEW) - 'holds' IS DISTINCT FROM to_jsonb(OLD) - 'holds' THEN
            PERFORM public.registry_copies_refuse('copies_opening_stays', 'an opening stays');
        END IF;
        RETURN NEW;
    END IF;
    IF actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || NEW.by_id THEN
        PERFORM public.registry_copies_refuse('copies_opening_own', 'opened in one''s own name');
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER guard_opening BEFORE INSERT OR UPDATE OR DELETE ON public.registry_copies_opening
    FOR EACH ROW EXECUTE FUNCTION public.registry_copies_guard_opening();
ALTER TABLE public.registry_copies_opening ENABLE ALWAYS TRIGGER guard_opening;

-- What was opened is no more what stands, once anything of it is decided on, found or collected anew.
CREATE FUNCTION public.registry_copies_end_openings() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    changed bigint;
BEGIN
    IF TG_TABLE_NAME = 'registry_copies_copy' THEN
        changed := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        changed := OLD.copy_id;
    ELSE
        changed := NEW.copy_id;
    END IF;
    UPDATE public.registry_copies_opening SET holds = false WHERE copy_id = changed AND holds;
    RETURN NULL;
END $$;
CREATE TRIGGER end_openings AFTER INSERT OR DELETE ON public.registry_copies_finding
    FOR EACH ROW EXECUTE FUNCTION public.registry_copies_end_openings();
CREATE TRIGGER end_openings_of_changed AFTER UPDATE ON public.registry_copies_finding
    FOR EACH ROW WHEN ((OLD.place, OLD.start, OLD."end", OLD.decision, OLD.reason)
        IS DISTINCT FROM (NEW.place, NEW.start, NEW."end", NEW.decision, NEW.reason))
    EXECUTE FUNCTION public.registry_copies_end_openings();
CREATE TRIGGER end_openings AFTER UPDATE ON public.registry_copies_copy
    FOR EACH ROW WHEN (OLD.digest IS DISTINCT FROM NEW.digest
        OR OLD.names_by_id IS DISTINCT FROM NEW.names_by_id
        OR (OLD.names_reason IS NULL) IS DISTINCT FROM (NEW.names_reason IS NULL))
    EXECUTE FUNCTION public.registry_copies_end_openings();
ALTER TABLE public.registry_copies_finding ENABLE ALWAYS TRIGGER end_openings;
ALTER TABLE public.registry_copies_finding ENABLE ALWAYS TRIGGER end_openings_of_changed;
ALTER TABLE public.registry_copies_copy ENABLE ALWAYS TRIGGER end_openings;

-- Nobody approves what he has not opened as it is.
CREATE FUNCTION public.registry_copies_guard_approval() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.approved_by_id IS NULL OR (TG_OP = 'UPDATE'
       AND (NEW.approved_by_id, NEW.approved_digest, NEW.approved_at)
           IS NOT DISTINCT FROM (OLD.approved_by_id, OLD.approved_digest, OLD.approved_at)) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM public.registry_copies_opening o
                   WHERE o.copy_id = NEW.id AND o.by_id = NEW.approved_by_id
                     AND o.digest = NEW.approved_digest AND o.holds) THEN
        PERFORM public.registry_copies_refuse('copies_copy_opened_by_approver',
                                              'whoever approves a copy has opened it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_approval BEFORE INSERT OR UPDATE ON public.registry_copies_copy
    FOR EACH ROW EXECUTE FUNCTION public.registry_copies_guard_approval();
ALTER TABLE public.registry_copies_copy ENABLE ALWAYS TRIGGER guard_approval;
"""
BACKWARD = """
DROP FUNCTION public.registry_copies_guard_approval() CASCADE;
DROP FUNCTION public.registry_copies_end_openings() CASCADE;
DROP FUNCTION public.registry_copies_guard_opening() CASCADE;
DROP FUNCTION public.registry_copies_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_copies", "0004_collected_anew"),
        ("registry_persons", "0014_neighbours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
                    ),
                ),
                ("holds", models.BooleanField(default=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
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
                "verbose_name": "jäljennöksen avaaminen",
                "verbose_name_plural": "jäljennösten avaamiset",
            },
        ),
        ProtectTable(TABLE, subject="person_id", loggable=COLUMNS),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
