-- It is recorded in one's own name; whoever approved it is another, and holds the right to. An
-- authority gets nothing that another has not approved (A18), and by statute and section alone. What
-- was given all the same is told as an irregularity. A correction of what another approved is
-- approved by another too: it is written when that is done, in the name of whoever proposed it.
CREATE OR REPLACE FUNCTION public.registry_disclosures_guard_disclosure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    approved_now boolean := NEW.corrects_id IS NOT NULL
        AND actor = 'user:' || NEW.approved_by_id
        AND EXISTS (SELECT FROM public.registry_disclosures_correction c
                    WHERE c.wrong_id = NEW.corrects_id AND c.state = 'waiting'
                        AND c.proposed_by_id = NEW.by_id);
    to_authority boolean := EXISTS (SELECT FROM public.registry_disclosures_recipient r
                                    WHERE r.id = NEW.recipient_id AND r.category = 'LUO-VIRAN');
BEGIN
    IF (coalesce('user:' || NEW.by_id, actor) <> actor AND NOT coalesce(approved_now, false))
       OR (NEW.by_id IS NULL AND actor LIKE 'user:%')
       OR NEW.approved_by_id = NEW.by_id
       OR (NEW.approved_by_id IS NOT NULL
           AND NOT public.registry_protection_keeps(NEW.approved_by_id, 'REK', 'JOH')) THEN
        RAISE EXCEPTION 'a disclosure is recorded in one''s own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.approved_by_id IS NULL AND EXISTS (
        SELECT FROM public.registry_disclosures_disclosure d
        WHERE d.id = NEW.corrects_id AND d.approved_by_id IS NOT NULL) THEN
        RAISE EXCEPTION 'another approves the correction of what another approved'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_correction_approved';
    END IF;
    IF NEW.corrects_id IS NULL AND NOT NEW.irregular AND to_authority THEN
        IF NEW.approved_by_id IS NULL THEN
            RAISE EXCEPTION 'another approves what an authority gets'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                    CONSTRAINT = 'disclosures_authority_approved';
        END IF;
        IF NEW.statute = '' OR NEW.section = '' THEN
            RAISE EXCEPTION 'an authority gets data by statute and section'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                    CONSTRAINT = 'disclosures_authority_by_law';
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- A correction is proposed in one's own name, and decided once by another who holds the right to.
CREATE FUNCTION public.registry_disclosures_guard_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    decision text[] := ARRAY['state', 'decided_by_id', 'decided_at', 'decision_note'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'waiting' OR actor <> 'user:' || NEW.proposed_by_id THEN
            RAISE EXCEPTION 'a correction is proposed in one''s own name'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' OR NEW.state = 'waiting'
       OR (to_jsonb(NEW) - decision) IS DISTINCT FROM (to_jsonb(OLD) - decision) THEN
        RAISE EXCEPTION 'a correction stays as it was decided'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_correction_order';
    END IF;
    IF actor IS DISTINCT FROM 'user:' || NEW.decided_by_id
       OR NOT public.registry_protection_keeps(NEW.decided_by_id, 'REK', 'JOH') THEN
        RAISE EXCEPTION 'a correction is decided by another, in his own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_correction BEFORE INSERT OR UPDATE ON public.registry_disclosures_correction
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_correction();
ALTER TABLE public.registry_disclosures_correction ENABLE ALWAYS TRIGGER guard_correction;

-- An export for an authority is asked by statute and section: the file that leaves tells them.
CREATE FUNCTION public.registry_disclosures_guard_export_law() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (NEW.statute = '' OR NEW.section = '')
       AND EXISTS (SELECT FROM public.registry_disclosures_recipient r
                   WHERE r.id = NEW.recipient_id AND r.category = 'LUO-VIRAN') THEN
        RAISE EXCEPTION 'an authority gets data by statute and section'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_export_by_law';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_export_law BEFORE INSERT ON public.registry_disclosures_exportrequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_export_law();
ALTER TABLE public.registry_disclosures_exportrequest ENABLE ALWAYS TRIGGER guard_export_law;

-- Bases were approved for a recipient as it was, and disclosures tell whom data were given to: the
-- recipient is not made another's under them.
CREATE OR REPLACE FUNCTION public.registry_disclosures_guard_recipient() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (NEW.name, NEW.category, NEW.country, NEW.collects)
       IS DISTINCT FROM (OLD.name, OLD.category, OLD.country, OLD.collects)
       AND (EXISTS (SELECT FROM public.registry_disclosures_disclosurebasis b
                    WHERE b.recipient_id = OLD.id)
            OR EXISTS (SELECT FROM public.registry_disclosures_disclosure d
                       WHERE d.recipient_id = OLD.id)) THEN
        RAISE EXCEPTION 'a recipient with bases or disclosures stays who it is'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_recipient_stays';
    END IF;
    RETURN NEW;
END $$;
