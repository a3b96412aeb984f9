-- What is to be signed stays as it was made ready: of the lease only what comes of it is written
-- later. It goes back to a draft with no signature on it, is concluded when everybody has signed, and
-- ended, not cancelled, once it has begun.
CREATE OR REPLACE FUNCTION public.leases_contracts_guard_lease() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := CASE
        WHEN OLD.cancelled_on IS NOT NULL THEN ARRAY[]::text[]
        WHEN OLD.concluded_on IS NOT NULL
            THEN ARRAY['cancelled_on', 'cancel_reason', 'last_day', 'delivery']
        WHEN NEW.concluded_on IS NOT NULL AND NEW.kind = 'open_ended'
            THEN ARRAY['concluded_on', 'kind']
        ELSE ARRAY['ready_at', 'concluded_on', 'cancelled_on', 'cancel_reason', 'delivery'] END;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.concluded_on IS NOT NULL OR OLD.cancelled_on IS NOT NULL THEN
            RAISE EXCEPTION 'a concluded or cancelled lease is not deleted'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.number, NEW.made_by_id, NEW.made_at)
            IS DISTINCT FROM (OLD.number, OLD.made_by_id, OLD.made_at)
        OR ((OLD.ready_at IS NOT NULL OR OLD.cancelled_on IS NOT NULL)
            AND to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later) THEN
        RAISE EXCEPTION 'terms of a lease to be signed do not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_fixed';
    END IF;
    IF OLD.concluded_on IS NOT NULL AND NEW.cancelled_on >= OLD.starts_on THEN
        RAISE EXCEPTION 'a lease that has begun is not cancelled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_fixed';
    END IF;
    IF (NEW.ready_at IS NULL AND OLD.ready_at IS NOT NULL AND EXISTS (
            SELECT FROM public.leases_contracts_party p
            WHERE p.lease_id = OLD.id AND p.signed_on IS NOT NULL))
        OR (NEW.concluded_on IS NOT NULL AND OLD.concluded_on IS NULL AND EXISTS (
            SELECT FROM public.leases_contracts_party p
            WHERE p.lease_id = OLD.id AND p.signed_on IS NULL
                AND p.role IN ('tenant', 'co_tenant', 'guarantor'))) THEN
        RAISE EXCEPTION 'signatures stand under what they were given for'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_signed';
    END IF;
    RETURN NEW;
END $$;

-- Who is in a lease to be signed, as what, and what is paid for it, stays too. What is agreed on
-- later is added with a later day; who signs is in it from the beginning.
CREATE OR REPLACE FUNCTION public.leases_contracts_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    part jsonb := to_jsonb(CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END);
    now_is jsonb := to_jsonb(NEW);
    later text[] := ARRAY['valid_to'];
    of_lease record;
BEGIN
    SELECT l.ready_at, l.concluded_on, l.starts_on INTO of_lease
    FROM public.leases_contracts_lease l WHERE l.id = (part->>'lease_id')::bigint;
    IF TG_OP = 'UPDATE' AND now_is->'lease_id' <> part->'lease_id' THEN
        RAISE EXCEPTION 'a part stays in its lease'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    IF of_lease.ready_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_TABLE_NAME = 'leases_contracts_party' THEN
        later := later || ARRAY['person_id', 'source', 'recorded_at', 'verified_at'];
        IF of_lease.concluded_on IS NULL THEN
            later := later || 'signed_on'::text;
        END IF;
    END IF;
    IF TG_OP = 'DELETE'
        OR (TG_OP = 'UPDATE' AND now_is - later IS DISTINCT FROM part - later)
        OR (TG_OP = 'INSERT' AND CASE TG_TABLE_NAME
            WHEN 'leases_contracts_party'
                THEN part->>'role' IN ('tenant', 'co_tenant', 'guarantor')
            ELSE of_lease.concluded_on IS NULL
                OR (part->>'valid_from')::date <= of_lease.starts_on END) THEN
        RAISE EXCEPTION 'a part of a lease to be signed does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER guard_part ON public.leases_contracts_component;
DROP TRIGGER guard_part ON public.leases_contracts_party;
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_contracts_component
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_contracts_party
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_part();

-- A party becomes another record when two records of one person are merged, or that is undone; asked
-- at the end, when the merge is written.
CREATE FUNCTION public.leases_contracts_guard_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.registry_duplicates_merge m
                   WHERE (m.survivor_id, m.merged_id)
                       IN ((NEW.person_id, OLD.person_id), (OLD.person_id, NEW.person_id)))
        AND EXISTS (SELECT FROM public.leases_contracts_lease l
                    WHERE l.id = NEW.lease_id AND l.ready_at IS NOT NULL) THEN
        RAISE EXCEPTION 'who is in a lease does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guard_person AFTER UPDATE OF person_id ON public.leases_contracts_party
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION public.leases_contracts_guard_person();

-- The days on which flats are let, and whether they are hidden, follow from leases alone.
CREATE FUNCTION public.leases_contracts_guard_occupancy() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'the days on which a flat is let follow from its leases'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_occupancy_follows';
END $$;
CREATE TRIGGER guard_occupancy BEFORE UPDATE OR DELETE ON public.leases_homes_occupancy
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION public.leases_contracts_guard_occupancy();
