-- An order is placed for an accepted offer of its flat, and goes one way.
CREATE FUNCTION public.applications_orders_guard_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    offered text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'an order is not deleted', TG_TABLE_NAME);
    END IF;
    SELECT o.state INTO offered FROM public.applications_selection_offer o
    JOIN public.applications_selection_round r ON r.id = o.round_id
    WHERE o.id = NEW.offer_id AND r.flat_id = NEW.flat_id FOR SHARE OF o;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' OR offered IS DISTINCT FROM 'accepted' THEN
            PERFORM public.applications_selection_refuse('orders_order_offer',
                'a lease is ordered for an accepted offer', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - 'state' - 'lease_id' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'lease_id'
        OR (OLD.state, NEW.state) NOT IN (('open', 'drawn'), ('open', 'withdrawn'),
            ('drawn', 'open'), ('drawn', 'signed'), ('drawn', 'withdrawn'))
        OR (NEW.state <> 'drawn' AND NEW.state <> 'open'
            AND NEW.lease_id IS DISTINCT FROM OLD.lease_id) THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'an order goes one way', TG_TABLE_NAME);
    END IF;
    IF NEW.state IN ('drawn', 'signed') AND offered IS DISTINCT FROM 'accepted' THEN
        PERFORM public.applications_selection_refuse('orders_order_offer',
            'the offer was taken back', TG_TABLE_NAME);
    END IF;
    IF NEW.state = 'drawn' AND NOT EXISTS (SELECT FROM public.leases_contracts_lease l
        WHERE l.id = NEW.lease_id AND l.flat_id = NEW.flat_id AND l.cancelled_on IS NULL)
        OR NEW.state = 'signed' AND NOT EXISTS (SELECT FROM public.leases_contracts_lease l
        WHERE l.id = NEW.lease_id AND l.concluded_on IS NOT NULL)
        OR OLD.state = 'drawn' AND NEW.state = 'open' AND NOT EXISTS (
        SELECT FROM public.leases_contracts_lease l
        WHERE l.id = OLD.lease_id AND l.cancelled_on IS NOT NULL) THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'the lease is not there for it', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_order BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_orders_leaseorder
    FOR EACH ROW EXECUTE FUNCTION public.applications_orders_guard_order();

-- Who comes into the lease is told with the order; later only a merged record is renamed.
CREATE FUNCTION public.applications_orders_guard_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'person_id' IS DISTINCT FROM to_jsonb(OLD) - 'person_id'
        OR TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM public.applications_orders_leaseorder o
            WHERE o.id = NEW.order_id AND o.placed_at >= now()) THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'who was ordered stays', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_person BEFORE INSERT OR UPDATE ON public.applications_orders_orderperson
    FOR EACH ROW EXECUTE FUNCTION public.applications_orders_guard_person();

-- What is signed is not taken back; and what was taken back is not signed.
CREATE FUNCTION public.applications_orders_guard_offer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.applications_orders_leaseorder o
        WHERE o.offer_id = NEW.id AND o.state = 'signed') THEN
        PERFORM public.applications_selection_refuse('selection_offer_let',
            'the lease is signed', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_offer_let BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW WHEN (OLD.state = 'accepted')
    EXECUTE FUNCTION public.applications_orders_guard_offer();

CREATE FUNCTION public.applications_orders_guard_lease() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.applications_orders_leaseorder o
        JOIN public.applications_selection_offer f ON f.id = o.offer_id
        WHERE o.lease_id = NEW.id AND f.state <> 'accepted') THEN
        PERFORM public.applications_selection_refuse('orders_order_offer',
            'the offer was taken back', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guard_ordered AFTER UPDATE OF concluded_on
    ON public.leases_contracts_lease DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.concluded_on IS NULL AND NEW.concluded_on IS NOT NULL)
    EXECUTE FUNCTION public.applications_orders_guard_lease();
