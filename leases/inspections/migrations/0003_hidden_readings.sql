-- A reading is held against those that whoever records it may see, one a day and in order: of a home that
-- is kept secret his own alone. What was refused would otherwise tell, try by try, what the others are and
-- on which day they were read.
CREATE OR REPLACE FUNCTION public.leases_inspections_reading_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    same_day boolean;
    backwards boolean;
BEGIN
    PERFORM 1 FROM public.leases_homes_meter WHERE id = NEW.meter_id FOR UPDATE;
    SELECT bool_or(r.read_on = NEW.read_on),
        bool_or((r.read_on < NEW.read_on AND r.value > NEW.value)
            OR (r.read_on > NEW.read_on AND r.value < NEW.value))
    INTO same_day, backwards
    FROM public.leases_inspections_reading r
    WHERE r.meter_id = NEW.meter_id AND r.id <> NEW.id
        AND (r.recorded_by_id = NEW.recorded_by_id OR NOT EXISTS (
            SELECT FROM public.leases_homes_occupancy o WHERE o.lease = r.lease_id AND o.hidden));
    IF same_day THEN
        RAISE EXCEPTION 'a meter has one reading a day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_reading_one';
    END IF;
    IF backwards THEN
        RAISE EXCEPTION 'a meter does not go backwards'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_reading_order';
    END IF;
    RETURN NEW;
END $$;
