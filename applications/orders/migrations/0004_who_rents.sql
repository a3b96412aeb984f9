-- When a lease was ordered is told by the database's own clock; who is ordered comes with it.
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_orders_leaseorder
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('placed_at');

CREATE OR REPLACE FUNCTION public.applications_orders_guard_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'person_id' IS DISTINCT FROM to_jsonb(OLD) - 'person_id'
        OR TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM public.applications_orders_leaseorder o
            WHERE o.id = NEW.order_id AND o.placed_at = now()) THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'who was ordered stays', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

-- A lease is ordered for the household that was chosen: all of it who will live there, and nobody
-- else.
CREATE FUNCTION public.applications_orders_check_household() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT m.person_id, CASE m.part WHEN 'applicant' THEN 'tenant'
                WHEN 'co_applicant' THEN 'co_tenant' ELSE 'resident' END AS part
            FROM public.applications_intake_member m
            JOIN public.applications_selection_offer f ON f.application_id = m.application_id
            WHERE f.id = NEW.offer_id AND m.part <> 'away') chosen
        FULL JOIN (
            SELECT p.person_id, CASE WHEN p.role IN ('tenant', 'co_tenant') THEN p.role
                ELSE 'resident' END AS part
            FROM public.applications_orders_orderperson p WHERE p.order_id = NEW.id) ordered
        ON ordered.person_id = chosen.person_id AND ordered.part = chosen.part
        WHERE ordered.person_id IS NULL OR chosen.person_id IS NULL) THEN
        PERFORM public.applications_selection_refuse('orders_order_household',
            'a lease is ordered for whom was chosen', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_household AFTER INSERT ON public.applications_orders_leaseorder
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.applications_orders_check_household();

-- Whoever rents an ordered lease is of that household, an applicant among them: asked when it is made
-- ready, when everybody has signed, and when such a lease becomes that of an order. A draft may say
-- anything. What was withdrawn is not concluded.
CREATE FUNCTION public.applications_orders_check_tenants() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_lease bigint := CASE TG_TABLE_NAME WHEN 'leases_contracts_lease' THEN NEW.id
        ELSE (to_jsonb(NEW)->>'lease_id')::bigint END;
    of_order bigint;
    far text;
    concluded date;
BEGIN
    SELECT o.id, o.state, l.concluded_on INTO of_order, far, concluded
    FROM public.applications_orders_leaseorder o
    JOIN public.leases_contracts_lease l ON l.id = o.lease_id
    WHERE l.id = of_lease AND l.ready_at IS NOT NULL;
    IF NOT FOUND OR far = 'withdrawn' AND concluded IS NULL THEN
        RETURN NULL;
    END IF;
    IF far = 'withdrawn' THEN
        PERFORM public.applications_selection_refuse('orders_order_offer',
            'the offer was taken back', TG_TABLE_NAME);
    END IF;
    IF NOT EXISTS (SELECT FROM public.leases_contracts_party p
        JOIN public.applications_orders_orderperson x
            ON x.order_id = of_order AND x.person_id = p.person_id AND x.role = 'tenant'
        WHERE p.lease_id = of_lease AND p.role IN ('tenant', 'co_tenant')) THEN
        PERFORM public.applications_selection_refuse('orders_order_tenant',
            'an applicant rents the flat', TG_TABLE_NAME);
    END IF;
    IF EXISTS (SELECT FROM public.leases_contracts_party p
        WHERE p.lease_id = of_lease AND p.role IN ('tenant', 'co_tenant')
            AND NOT EXISTS (SELECT FROM public.applications_orders_orderperson x
                WHERE x.order_id = of_order AND x.person_id = p.person_id)) THEN
        PERFORM public.applications_selection_refuse('orders_order_stranger',
            'somebody else rents the flat', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_tenants AFTER UPDATE ON public.applications_orders_leaseorder
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.lease_id IS NOT NULL)
    EXECUTE FUNCTION public.applications_orders_check_tenants();
CREATE CONSTRAINT TRIGGER check_tenants AFTER UPDATE ON public.leases_contracts_lease
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.ready_at IS NULL AND NEW.ready_at IS NOT NULL
        OR OLD.concluded_on IS NULL AND NEW.concluded_on IS NOT NULL)
    EXECUTE FUNCTION public.applications_orders_check_tenants();
