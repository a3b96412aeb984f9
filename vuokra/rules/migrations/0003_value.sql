-- The value of a rule that holds on a day, for what the database itself keeps; as `queries.rule`. A
-- missing row refuses the write.
CREATE FUNCTION public.vuokra_rule(of_key text, on_day date) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE
    held record;
BEGIN
    SELECT value, valid_until INTO held FROM public.vuokra_rules_version
    WHERE key = of_key AND withdrawn_at IS NULL AND valid_from <= on_day
    ORDER BY valid_from DESC LIMIT 1;
    IF NOT FOUND OR held.valid_until < on_day THEN
        RAISE EXCEPTION 'no row of the rule % holds on %', of_key, on_day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vuokra_rule_missing';
    END IF;
    RETURN held.value;
END $$;
