-- A guardian of a child is of age when it begins, and it ends before the child is: by the age of
-- majority that holds when it begins.
CREATE OR REPLACE FUNCTION public.registry_households_guardian_ages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    child date := (
        SELECT birth_date FROM public.registry_persons_identity WHERE person_id = NEW.person_id);
    guardian date := (
        SELECT birth_date FROM public.registry_persons_identity WHERE person_id = NEW.other_id);
    majority interval := make_interval(years =>
        public.vuokra_rule('persons.majority_years', NEW.valid_from)::int);
BEGIN
    IF child IS NULL OR NEW.valid_to >= child + majority THEN
        RAISE EXCEPTION 'a guardian is of one under age' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'households_guardian_of_a_minor',
            TABLE = TG_TABLE_NAME;
    END IF;
    IF guardian + majority > NEW.valid_from THEN
        RAISE EXCEPTION 'a guardian is of age' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'households_guardian_of_age',
            TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
