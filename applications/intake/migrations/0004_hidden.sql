-- Where somebody lives or works is taken out of the open when a turvakielto comes to cover them, or
-- somebody of their household. Municipality and landlord stay sealed.
CREATE FUNCTION public.applications_intake_hide(of_person bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.applications_intake_presenthome h SET municipality = '', landlord = ''
    WHERE (h.municipality <> '' OR h.landlord <> '') AND h.application_id IN (
        SELECT m.application_id FROM public.applications_intake_member m
        WHERE m.person_id = of_person AND m.part <> 'away');
    UPDATE public.applications_intake_work w SET place = ''
    WHERE w.place <> '' AND w.member_id IN (
        SELECT m.id FROM public.applications_intake_member m WHERE m.person_id = of_person);
END $$;

CREATE FUNCTION public.applications_intake_follow_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.applications_intake_hide(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER applications_hide AFTER UPDATE ON public.registry_persons_person
    FOR EACH ROW WHEN (NEW.protected AND NOT OLD.protected)
    EXECUTE FUNCTION public.applications_intake_follow_person();

CREATE FUNCTION public.applications_intake_follow_member() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_persons_person p
               WHERE p.id = NEW.person_id AND p.protected) THEN
        PERFORM public.applications_intake_hide(NEW.person_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hide AFTER INSERT OR UPDATE OF person_id, part ON public.applications_intake_member
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_follow_member();

CREATE FUNCTION public.applications_intake_guard_work() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.place <> '' AND EXISTS (
        SELECT FROM public.applications_intake_member m
        JOIN public.registry_persons_person p ON p.id = m.person_id
        WHERE m.id = NEW.member_id AND p.protected) THEN
        PERFORM public.applications_intake_refuse('intake_work_hidden',
            'where a protected person works is not told', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_work BEFORE INSERT OR UPDATE ON public.applications_intake_work
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_work();

DROP TRIGGER guard_part ON public.applications_intake_work;
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_work
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part('place');
