-- It is recorded in one's own name; whoever approved it is another, and holds the right to. An
-- authority gets nothing that another has not approved (A18); what was given all the same is told
-- as an irregularity, and a correction tells of what was given before.
CREATE OR REPLACE FUNCTION public.registry_disclosures_guard_disclosure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF coalesce('user:' || NEW.by_id, actor) <> actor
       OR (NEW.by_id IS NULL AND actor LIKE 'user:%')
       OR NEW.approved_by_id = NEW.by_id
       OR (NEW.approved_by_id IS NOT NULL
           AND NOT public.registry_protection_keeps(NEW.approved_by_id, 'REK', 'JOH')) THEN
        RAISE EXCEPTION 'a disclosure is recorded in one''s own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.approved_by_id IS NULL AND NEW.corrects_id IS NULL AND NOT NEW.irregular
       AND EXISTS (SELECT FROM public.registry_disclosures_recipient r
                   WHERE r.id = NEW.recipient_id AND r.category = 'LUO-VIRAN') THEN
        RAISE EXCEPTION 'another approves what an authority gets'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_authority_approved';
    END IF;
    RETURN NEW;
END $$;

-- A basis was approved for a recipient as it was: the recipient is not made another's under it.
CREATE FUNCTION public.registry_disclosures_guard_recipient() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (NEW.name, NEW.category, NEW.country, NEW.collects)
       IS DISTINCT FROM (OLD.name, OLD.category, OLD.country, OLD.collects)
       AND EXISTS (SELECT FROM public.registry_disclosures_disclosurebasis b
                   WHERE b.recipient_id = OLD.id) THEN
        RAISE EXCEPTION 'a recipient with bases stays who it is'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_recipient_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_recipient BEFORE UPDATE ON public.registry_disclosures_recipient
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_recipient();
