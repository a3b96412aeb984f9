-- When a place is let follows from the parts of the rent and the days of their leases, as with flats:
-- from the draft on, until the lease ends or is cancelled. The exclusion constraint there keeps two
-- leases off one place.
CREATE FUNCTION public.leases_contracts_hold_places(of_lease bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.leases_homes_placeoccupancy WHERE lease = of_lease;
    INSERT INTO public.leases_homes_placeoccupancy (place_id, lease, component, valid_from, valid_to)
    SELECT c.place_id, l.id, c.id, c.valid_from, e.last_day
    FROM public.leases_contracts_lease l
    JOIN public.leases_contracts_component c ON c.lease_id = l.id,
    LATERAL (SELECT least(c.valid_to, coalesce(
        l.last_day, CASE WHEN l.kind = 'fixed_term' THEN l.term_ends_on END))) e(last_day)
    WHERE l.id = of_lease AND l.cancelled_on IS NULL AND c.place_id IS NOT NULL
        AND c.valid_from <= coalesce(e.last_day, c.valid_from);
END $$;

CREATE FUNCTION public.leases_contracts_follow_component() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.leases_contracts_hold_places(
        CASE WHEN TG_OP = 'DELETE' THEN OLD.lease_id ELSE NEW.lease_id END
    );
    RETURN NULL;
END $$;

CREATE FUNCTION public.leases_contracts_follow_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.leases_contracts_hold_places(NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER hold_place AFTER INSERT ON public.leases_contracts_component
    FOR EACH ROW WHEN (NEW.place_id IS NOT NULL)
    EXECUTE FUNCTION public.leases_contracts_follow_component();
CREATE TRIGGER hold_place_anew AFTER UPDATE ON public.leases_contracts_component
    FOR EACH ROW WHEN (OLD.place_id IS NOT NULL OR NEW.place_id IS NOT NULL)
    EXECUTE FUNCTION public.leases_contracts_follow_component();
CREATE TRIGGER free_place AFTER DELETE ON public.leases_contracts_component
    FOR EACH ROW WHEN (OLD.place_id IS NOT NULL)
    EXECUTE FUNCTION public.leases_contracts_follow_component();
CREATE TRIGGER free_place AFTER UPDATE ON public.leases_contracts_lease
    FOR EACH ROW WHEN ((OLD.kind, OLD.term_ends_on, OLD.last_day, OLD.cancelled_on)
        IS DISTINCT FROM (NEW.kind, NEW.term_ends_on, NEW.last_day, NEW.cancelled_on))
    EXECUTE FUNCTION public.leases_contracts_follow_end();

-- Those that are let already.
DO $$
BEGIN
    PERFORM set_config('vuokra.access_id', gen_random_uuid()::text, true);
    PERFORM public.leases_contracts_hold_places(o.lease_id) FROM (
        SELECT DISTINCT c.lease_id FROM public.leases_contracts_component c
        WHERE c.place_id IS NOT NULL) o;
    PERFORM set_config('vuokra.access_id', '', true);
END $$;

SET CONSTRAINTS ALL IMMEDIATE;

-- Rows of occupancy come, change and go by these triggers alone.
DROP TRIGGER guard_occupancy ON public.leases_homes_occupancy;
CREATE TRIGGER guard_occupancy BEFORE INSERT OR UPDATE OR DELETE ON public.leases_homes_occupancy
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION public.leases_contracts_guard_occupancy();
CREATE TRIGGER guard_occupancy BEFORE INSERT OR UPDATE OR DELETE
    ON public.leases_homes_placeoccupancy
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION public.leases_contracts_guard_occupancy();
