-- Who was under age on the day did not consent (DP-M5), by the age of majority that held then.
CREATE OR REPLACE FUNCTION public.registry_consents_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.kind = 'permission' AND EXISTS (
        SELECT FROM public.registry_persons_identity i WHERE i.person_id = NEW.person_id
            AND i.active
            AND i.birth_date + make_interval(years =>
                public.vuokra_rule('persons.majority_years', NEW.decided_on)::int) > NEW.decided_on
    ) THEN
        RAISE EXCEPTION 'one under age does not consent' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'consents_adult_consents';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.registry_consents_decision d
        WHERE d.id = NEW.corrects_id AND d.person_id = NEW.person_id AND d.use = NEW.use
            AND d.channel = NEW.channel AND d.kind <> 'correction') THEN
        RAISE EXCEPTION 'a correction is of a decision of the same person and cell'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'consents_corrects_its_own';
    END IF;
    RETURN NEW;
END $$;
