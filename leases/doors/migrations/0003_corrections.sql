-- A correction is of an opening that was reported, tells no moment before its order, and never changes:
-- each told by a name of its own, so that the page can say which it was.
CREATE OR REPLACE FUNCTION public.leases_doors_guard_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    o record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a correction stays as it was made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_correction_fixed';
    END IF;
    SELECT ordered_at, done_at INTO o FROM public.leases_doors_opening WHERE id = NEW.opening_id;
    IF o.done_at IS NULL THEN
        RAISE EXCEPTION 'a correction is of an opening that was reported'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_correction_of_report';
    END IF;
    IF NEW.done_at < o.ordered_at THEN
        RAISE EXCEPTION 'a door is opened after it was ordered'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_correction_after_order';
    END IF;
    RETURN NEW;
END $$;
