-- A decision stays as it was written: a later word is a new row. Only a merge of two records of one
-- person, which writes in bulk, lets it name the other record.
CREATE FUNCTION public.registry_consents_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('vuokra.bulk', true) = 'on'
       AND to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a consent or an objection is not changed: record a new one'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'consents_decision_stays';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON public.registry_consents_decision
    FOR EACH ROW EXECUTE FUNCTION public.registry_consents_guard();

-- Who was under age on the day did not consent (DP-M5); a correction is of a row of the same person
-- and cell, and nobody corrects a correction.
CREATE FUNCTION public.registry_consents_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.kind = 'permission' AND EXISTS (
        SELECT FROM public.registry_persons_identity i WHERE i.person_id = NEW.person_id
            AND i.active AND i.birth_date + interval '18 years' > NEW.decided_on) THEN
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
CREATE TRIGGER check_new BEFORE INSERT ON public.registry_consents_decision
    FOR EACH ROW EXECUTE FUNCTION public.registry_consents_check();

-- People agreed to the words that they were shown.
CREATE FUNCTION public.registry_consents_keep_text() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'a text of consent is not written anew: publish another version'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'consents_text_stays';
END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON public.registry_consents_consenttext
    FOR EACH ROW EXECUTE FUNCTION public.registry_consents_keep_text();

ALTER TABLE public.registry_consents_decision ENABLE ALWAYS TRIGGER guard;
ALTER TABLE public.registry_consents_decision ENABLE ALWAYS TRIGGER check_new;
ALTER TABLE public.registry_consents_consenttext ENABLE ALWAYS TRIGGER keep;

INSERT INTO public.registry_consents_consenttext (use, code, valid_from, finnish, english) VALUES
('marketing', '1', '2026-01-01',
 'Yhtiö saa lähettää minulle mainontaa omista asunnoistaan ja palveluistaan valitsemillani tavoilla. Suostumus on vapaaehtoinen eikä vaikuta asumiseeni tai hakemukseeni. Voin peruuttaa sen milloin tahansa.',
 'The company may send me advertising of its own homes and services by the channels that I have chosen. My consent is voluntary and does not affect my tenancy or application. I may withdraw it at any time.'),
('partner', '1', '2026-01-01',
 'Yhtiö saa lähettää minulle yhteistyökumppanien ja konserniyhtiöiden mainontaa valitsemillani tavoilla. Suostumus on vapaaehtoinen eikä vaikuta asumiseeni tai hakemukseeni. Voin peruuttaa sen milloin tahansa.',
 'The company may send me advertising of partners and companies of its group by the channels that I have chosen. My consent is voluntary and does not affect my tenancy or application. I may withdraw it at any time.');
