-- The flat of an inspection is that of its lease. A signed or cancelled inspection stays as it is; only
-- whom it was agreed with follows a merge or an erasure.
CREATE FUNCTION public.leases_inspections_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.flat_id IS DISTINCT FROM (
            SELECT l.flat_id FROM public.leases_contracts_lease l WHERE l.id = NEW.lease_id
        ) THEN
            RAISE EXCEPTION 'an inspection is of the flat of its lease'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_flat';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.signed_on IS NOT NULL OR OLD.cancelled_on IS NOT NULL) AND (TG_OP = 'DELETE'
        OR to_jsonb(NEW) - 'contact_id' IS DISTINCT FROM to_jsonb(OLD) - 'contact_id') THEN
        RAISE EXCEPTION 'a signed or cancelled inspection does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_fixed';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (NEW.lease_id, NEW.flat_id, NEW.kind, NEW.made_by_id, NEW.made_at)
        IS DISTINCT FROM (OLD.lease_id, OLD.flat_id, OLD.kind, OLD.made_by_id, OLD.made_at) THEN
        RAISE EXCEPTION 'an inspection stays with its lease'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON public.leases_inspections_inspection
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard();

-- Parts of a signed or cancelled inspection neither change nor come nor go. The key of a picture's file
-- is wrapped anew when keys change: what it shows stays.
CREATE FUNCTION public.leases_inspections_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    above text := TG_ARGV[0];
    one jsonb := to_jsonb(CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END);
    whole_id bigint := (one->>above)::bigint;
    whole record;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW)->above IS DISTINCT FROM one->above THEN
        RAISE EXCEPTION 'a part stays where it was recorded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_fixed';
    END IF;
    IF above = 'remark_id' THEN
        SELECT m.room_id INTO whole_id FROM public.leases_inspections_remark m WHERE m.id = whole_id;
    END IF;
    IF above IN ('remark_id', 'room_id') THEN
        SELECT o.inspection_id INTO whole_id FROM public.leases_inspections_room o
        WHERE o.id = whole_id;
    END IF;
    SELECT i.signed_on, i.cancelled_on INTO whole
    FROM public.leases_inspections_inspection i WHERE i.id = whole_id;
    IF (whole.signed_on IS NOT NULL OR whole.cancelled_on IS NOT NULL)
        AND NOT (TG_OP = 'UPDATE' AND above = 'remark_id'
            AND to_jsonb(NEW) - 'file' = to_jsonb(OLD) - 'file') THEN
        RAISE EXCEPTION 'a part of a signed or cancelled inspection does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_fixed';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_inspections_room
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard_part('inspection_id');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_inspections_remark
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard_part('room_id');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_inspections_photo
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard_part('remark_id');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_inspections_reading
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard_part('inspection_id');

-- A meter does not go backwards. Readings of a meter are written one after another: of two at once the
-- second sees the first.
CREATE FUNCTION public.leases_inspections_reading_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM 1 FROM public.leases_homes_meter WHERE id = NEW.meter_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM public.leases_inspections_reading r
        WHERE r.meter_id = NEW.meter_id AND r.id <> NEW.id
            AND ((r.read_on < NEW.read_on AND r.value > NEW.value)
                OR (r.read_on > NEW.read_on AND r.value < NEW.value))
    ) THEN
        RAISE EXCEPTION 'a meter does not go backwards'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_reading_order';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reading_order BEFORE INSERT OR UPDATE OF meter_id, read_on, value
    ON public.leases_inspections_reading
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_reading_order();
