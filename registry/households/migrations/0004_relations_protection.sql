-- A guardian of a child (huoltaja) is of age when it begins, and it ends before the child is.
CREATE FUNCTION public.registry_households_guardian_ages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    child date := (
        SELECT birth_date FROM public.registry_persons_identity WHERE person_id = NEW.person_id);
    guardian date := (
        SELECT birth_date FROM public.registry_persons_identity WHERE person_id = NEW.other_id);
BEGIN
    IF child IS NULL OR NEW.valid_to >= child + interval '18 years' THEN
        RAISE EXCEPTION 'a guardian is of one under age' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'households_guardian_of_a_minor',
            TABLE = TG_TABLE_NAME;
    END IF;
    IF guardian + interval '18 years' > NEW.valid_from THEN
        RAISE EXCEPTION 'a guardian is of age' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'households_guardian_of_age',
            TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guardian_ages AFTER INSERT OR UPDATE ON public.registry_households_guardian
    FOR EACH ROW EXECUTE FUNCTION public.registry_households_guardian_ages();
ALTER TABLE public.registry_households_guardian ENABLE ALWAYS TRIGGER guardian_ages;
