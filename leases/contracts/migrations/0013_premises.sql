-- What a lease tells of its flat is that of the moment when it was made ready to be signed: printed anew it
-- says the same, whatever became of the flat. Leases that were told the same share a row.
CREATE FUNCTION public.leases_contracts_premises() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    told record;
BEGIN
    SELECT f.id AS flat_id, f.address, s.postal_code, s.town, f.rooms, f.kitchen,
        'sauna' = ANY(f.equipment) AS sauna, f.area,
        (SELECT count(*) FROM public.leases_homes_key k
         WHERE k.flat_id = f.id AND k.lost_on IS NULL)::smallint AS keys
    INTO told
    FROM public.leases_homes_flat f
    JOIN public.leases_homes_stair st ON st.id = f.stair_id
    JOIN public.leases_homes_building b ON b.id = st.building_id
    JOIN public.leases_homes_site s ON s.id = b.site_id
    WHERE f.id = NEW.flat_id;
    INSERT INTO public.leases_homes_premises
        (flat_id, address, postal_code, town, rooms, kitchen, sauna, area, keys)
    VALUES (told.flat_id, told.address, told.postal_code, told.town, told.rooms, told.kitchen,
        told.sauna, told.area, told.keys)
    ON CONFLICT DO NOTHING;
    SELECT p.id INTO NEW.premises_id FROM public.leases_homes_premises p
    WHERE (p.flat_id, p.address, p.postal_code, p.town, p.rooms, p.kitchen, p.sauna, p.area, p.keys)
        = (told.flat_id, told.address, told.postal_code, told.town, told.rooms, told.kitchen,
           told.sauna, told.area, told.keys);
    RETURN NEW;
END $$;

CREATE TRIGGER agreed_premises BEFORE UPDATE ON public.leases_contracts_lease
    FOR EACH ROW WHEN (OLD.ready_at IS NULL AND NEW.ready_at IS NOT NULL)
    EXECUTE FUNCTION public.leases_contracts_premises();

CREATE FUNCTION public.leases_homes_guard_premises() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'what a lease told of its flat stays'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'homes_premises_kept';
END $$;

CREATE TRIGGER guard BEFORE UPDATE ON public.leases_homes_premises
    FOR EACH ROW EXECUTE FUNCTION public.leases_homes_guard_premises();
