-- What holds of requests whoever writes (data-protection 6.8). The texts of these refusals are for
-- the screen's code to translate: it knows each by the name of its constraint.

CREATE TABLE public.registry_rights_transition (
    before varchar(12) NOT NULL,
    after varchar(12) NOT NULL,
    PRIMARY KEY (before, after)
);
INSERT INTO public.registry_rights_transition (before, after) VALUES
    ('received', 'identifying'), ('received', 'in_progress'), ('received', 'closed'),
    ('received', 'withdrawn'),
    ('identifying', 'in_progress'), ('identifying', 'lapsed'), ('identifying', 'withdrawn'),
    ('in_progress', 'extended'), ('in_progress', 'in_review'), ('in_progress', 'withdrawn'),
    ('extended', 'in_review'), ('extended', 'withdrawn'),
    ('in_review', 'approved'), ('in_review', 'in_progress'), ('in_review', 'extended'),
    ('in_review', 'withdrawn'),
    ('approved', 'delivered'), ('approved', 'partly'), ('approved', 'refused'),
    ('approved', 'in_progress'), ('approved', 'extended'), ('approved', 'withdrawn'),
    ('delivered', 'told'), ('delivered', 'closed'),
    ('partly', 'told'), ('partly', 'closed'),
    ('refused', 'closed'), ('told', 'closed'),
    ('closed', 'complaint'), ('lapsed', 'complaint'), ('complaint', 'closed');
GRANT SELECT ON public.registry_rights_transition TO vuokra_app;

CREATE FUNCTION public.registry_rights_refuse(which text, text_of text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', text_of USING ERRCODE = 'restrict_violation',
        TABLE = 'registry_rights_datarequest', CONSTRAINT = which;
END $$;

-- The day in Finland by the database's own clock (DP-A51).
CREATE FUNCTION public.registry_rights_day() RETURNS date
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public AS $$
    SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date
$$;

-- The newest moment that the access log knows: a clock that was set back is behind it (DP-A51).
CREATE FUNCTION public.registry_rights_newest() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT max(at) FROM public.vuokra_access_event
$$;
REVOKE ALL ON FUNCTION public.registry_rights_newest() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.registry_rights_newest() TO vuokra_app;

CREATE FUNCTION public.registry_rights_guard_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.state <> 'received' OR NEW.level IS NOT NULL OR NEW.approver_id IS NOT NULL
       OR NEW.closed_on IS NOT NULL OR NEW.extended_on IS NOT NULL THEN
        PERFORM public.registry_rights_refuse('rights_begins_received', 'a request begins received');
    END IF;
    IF NEW.received_on > public.registry_rights_day() THEN
        PERFORM public.registry_rights_refuse('rights_receipt_future', 'received in the future');
    END IF;
    NEW.version := 1;
    NEW.recorded_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER guard_new BEFORE INSERT ON public.registry_rights_datarequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_new();

CREATE FUNCTION public.registry_rights_guard_delete() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.state NOT IN ('closed', 'withdrawn', 'lapsed') THEN
        PERFORM public.registry_rights_refuse('rights_not_over', 'a request is closed before it goes');
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_delete BEFORE DELETE ON public.registry_rights_datarequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_delete();

-- What stays as it was, and what only grows.
CREATE FUNCTION public.registry_rights_guard_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF (NEW.number, NEW.uuid, NEW.recorded_at, NEW.recorded_by_id)
       IS DISTINCT FROM (OLD.number, OLD.uuid, OLD.recorded_at, OLD.recorded_by_id) THEN
        PERFORM public.registry_rights_refuse('rights_kept', 'number and record stay as they were');
    END IF;
    IF NEW.received_on > OLD.received_on THEN
        PERFORM public.registry_rights_refuse('rights_receipt_backwards',
                                              'the day of receipt moves backwards only');
    END IF;
    IF NEW.received_on < OLD.received_on AND (NEW.received_reason = '' OR NEW.received_reason = OLD.received_reason) THEN
        PERFORM public.registry_rights_refuse('rights_receipt_reason', 'state why it moved');
    END IF;
    IF (NEW.target > OLD.target OR NEW.deadline > OLD.deadline)
       OR (OLD.extended_on IS NOT NULL
           AND (NEW.extended_on IS DISTINCT FROM OLD.extended_on
                OR NEW.last_target > OLD.last_target OR NEW.last_deadline > OLD.last_deadline)) THEN
        PERFORM public.registry_rights_refuse('rights_deadline_moves', 'a deadline never moves on');
    END IF;
    IF OLD.level IS NOT NULL AND NEW.level < OLD.level THEN
        PERFORM public.registry_rights_refuse('rights_identity_stays', 'identity is not undone');
    END IF;
    IF NEW.second_identifier_id IS DISTINCT FROM OLD.second_identifier_id
       AND actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || NEW.second_identifier_id THEN
        PERFORM public.registry_rights_refuse('rights_second_in_own_name',
                                              'the second handler states it in his own name');
    END IF;
    -- Whoever asks again where nothing may change any more: a merge of records, or a complaint.
    IF OLD.state IN ('closed', 'withdrawn', 'lapsed', 'complaint') AND NEW.state = OLD.state
       AND to_jsonb(NEW) - ARRAY['person_id', 'representative_id', 'version']
           IS DISTINCT FROM to_jsonb(OLD) - ARRAY['person_id', 'representative_id', 'version'] THEN
        PERFORM public.registry_rights_refuse('rights_over', 'a request that is over stays');
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_a_kept BEFORE UPDATE ON public.registry_rights_datarequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_kept();

-- Whether an answer may leave what it was decided to: each right decided, nothing granted to one
-- who acts for another without authority, nothing to an estate (DP-A28).
CREATE FUNCTION public.registry_rights_guard_answer(r public.registry_rights_datarequest)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(r.rights) AS asked(code) WHERE NOT EXISTS (
                   SELECT FROM public.registry_rights_decision d
                   WHERE d.request_id = r.id AND d.right = asked.code)) THEN
        PERFORM public.registry_rights_refuse('rights_undecided', 'a right is not decided');
    END IF;
    IF r.behalf <> '' AND r.authority <> 'seen' AND EXISTS (
           SELECT FROM public.registry_rights_decision d
           WHERE d.request_id = r.id AND d.outcome IN ('granted', 'partly')) THEN
        PERFORM public.registry_rights_refuse('rights_no_authority', 'the authority was not seen');
    END IF;
    IF r.behalf = 'estate' AND EXISTS (
           SELECT FROM public.registry_rights_decision d
           WHERE d.request_id = r.id AND d.outcome NOT IN ('claim', 'refused')) THEN
        PERFORM public.registry_rights_refuse('rights_estate', 'an estate has claims, not requests');
    END IF;
END $$;

-- A second person, in his own name, who keeps requests or leads the company. Going on against an
-- objection (21(1)) is approved by the leader.
CREATE FUNCTION public.registry_rights_guard_approval(r public.registry_rights_datarequest)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF r.approver_id IS NULL OR (actor LIKE 'user:%' AND actor <> 'user:' || r.approver_id)
       OR NOT public.registry_protection_keeps(r.approver_id, 'REK', 'JOH') THEN
        PERFORM public.registry_rights_refuse('rights_approver', 'approved in one''s own name');
    END IF;
    IF r.rights && ARRAY['15', '17', '20']::varchar[]
       AND (r.approver_id = r.handler_id OR r.approver_id = r.submitted_by_id
            OR EXISTS (SELECT FROM public.registry_rights_decision d
                       WHERE d.request_id = r.id AND d.decided_by_id = r.approver_id)) THEN
        PERFORM public.registry_rights_refuse('rights_four_eyes', 'another approves the answer');
    END IF;
    IF EXISTS (SELECT FROM public.registry_rights_decision d
               WHERE d.request_id = r.id AND d.right = '21-1' AND d.ground = '21-1')
       AND NOT public.registry_protection_keeps(r.approver_id, 'JOH') THEN
        PERFORM public.registry_rights_refuse('rights_objection_by_leader',
                                              'the leader approves going on against an objection');
    END IF;
END $$;

CREATE FUNCTION public.registry_rights_guard_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    asks_at_once boolean := NEW.rights <@ ARRAY['21-2', '7-3']::varchar[];
    tells boolean := NEW.rights && ARRAY['16', '17', '18']::varchar[];
BEGIN
    IF NOT EXISTS (SELECT FROM public.registry_rights_transition t
                   WHERE t.before = OLD.state AND t.after = NEW.state) THEN
        PERFORM public.registry_rights_refuse('rights_transition', 'no such transition');
    END IF;
    IF NEW.state IN ('in_progress', 'extended') AND OLD.state IN ('in_review', 'approved') THEN
        IF (NEW.state = 'extended') <> (NEW.extended_on IS NOT NULL)
           OR NEW.approver_id IS NOT NULL THEN
            PERFORM public.registry_rights_refuse('rights_transition', 'back to where it was');
        END IF;
        RETURN NEW;
    END IF;
    CASE NEW.state
        WHEN 'identifying' THEN
            IF NEW.asked_on IS NULL THEN
                PERFORM public.registry_rights_refuse('rights_not_asked', 'identity was not asked');
            END IF;
        WHEN 'in_progress' THEN
            IF NEW.known = '' OR NEW.handler_id IS NULL OR NEW.level IS NULL
               OR NEW.level < NEW.required_level THEN
                PERFORM public.registry_rights_refuse('rights_not_identified',
                                                      'nobody was identified');
            END IF;
        WHEN 'extended' THEN
            IF NEW.extended_on IS NULL OR public.registry_rights_day() > OLD.deadline
               OR NOT EXISTS (SELECT FROM public.registry_rights_letter l
                              WHERE l.request_id = NEW.id AND l.kind = 'extension') THEN
                PERFORM public.registry_rights_refuse('rights_extension_late',
                                                      'an extension is told by the deadline');
            END IF;
        WHEN 'in_review' THEN
            PERFORM public.registry_rights_guard_answer(NEW);
            IF NEW.submitted_by_id IS NULL THEN
                PERFORM public.registry_rights_refuse('rights_submitted', 'somebody submits it');
            END IF;
        WHEN 'approved' THEN
            PERFORM public.registry_rights_guard_answer(NEW);
            PERFORM public.registry_rights_guard_approval(NEW);
        WHEN 'delivered', 'partly', 'refused' THEN
            IF NOT EXISTS (SELECT FROM public.registry_rights_delivery d
                           WHERE d.request_id = NEW.id AND d.missent_at IS NULL
                             AND d.delivered_on >= NEW.received_on) THEN
                PERFORM public.registry_rights_refuse('rights_no_proof', 'nothing proves delivery');
            END IF;
        WHEN 'lapsed' THEN
            IF NEW.asked_on IS NULL OR NEW.reminded_on IS NULL
               OR NOT EXISTS (SELECT FROM public.registry_rights_letter l
                              WHERE l.request_id = NEW.id AND l.kind = 'not_identified') THEN
                PERFORM public.registry_rights_refuse('rights_lapse',
                                                      'a reminder and an answer come first');
            END IF;
        WHEN 'told' THEN
            IF NOT tells THEN
                PERFORM public.registry_rights_refuse('rights_transition', 'nobody is to be told');
            END IF;
        WHEN 'closed' THEN
            IF OLD.state = 'received' THEN  -- an objection, and it was saved
                PERFORM public.registry_rights_guard_answer(NEW);
            END IF;
            IF (OLD.state = 'received' AND NOT asks_at_once)
               OR (OLD.state IN ('delivered', 'partly') AND tells)
               OR (OLD.state IN ('delivered', 'partly', 'refused', 'told')
                   AND NOT EXISTS (SELECT FROM public.registry_rights_delivery d
                                   WHERE d.request_id = NEW.id AND d.missent_at IS NULL)) THEN
                PERFORM public.registry_rights_refuse('rights_close', 'it is not over yet');
            END IF;
        ELSE NULL;
    END CASE;
    IF (NEW.state IN ('closed', 'withdrawn', 'lapsed')) <> (NEW.closed_on IS NOT NULL)
       AND NEW.state <> 'complaint' THEN
        PERFORM public.registry_rights_refuse('rights_closed_on', 'the day it was over');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_b_state BEFORE UPDATE OF state ON public.registry_rights_datarequest
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION public.registry_rights_guard_state();

-- Time is the database's, and does not go back; a step is never changed (DP-A51).
CREATE FUNCTION public.registry_rights_guard_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF TG_OP = 'DELETE' THEN  -- goes with its request alone, and that only when it is over
        IF EXISTS (SELECT FROM public.registry_rights_datarequest r WHERE r.id = OLD.request_id
                   AND r.state NOT IN ('closed', 'withdrawn', 'lapsed')) THEN
            PERFORM public.registry_rights_refuse('rights_step_stays', 'a step is never removed');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        PERFORM public.registry_rights_refuse('rights_step_stays', 'a step is never changed');
    END IF;
    NEW.at := clock_timestamp();
    IF EXISTS (SELECT FROM public.registry_rights_step s
               WHERE s.request_id = NEW.request_id AND s.at > NEW.at) THEN
        PERFORM public.registry_rights_refuse('rights_clock', 'the clock went back');
    END IF;
    IF actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || NEW.by_id THEN
        PERFORM public.registry_rights_refuse('rights_step_own', 'a step is taken in one''s own name');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_step BEFORE INSERT OR UPDATE OR DELETE ON public.registry_rights_step
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_step();

-- What was decided stays as it was approved.
CREATE FUNCTION public.registry_rights_guard_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    row_of record := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    state text := (SELECT r.state FROM public.registry_rights_datarequest r
                   WHERE r.id = row_of.request_id);
BEGIN
    IF state IS NOT NULL AND state NOT IN ('received', 'identifying', 'in_progress', 'extended')
       AND NOT (TG_OP = 'DELETE' AND state IN ('closed', 'withdrawn', 'lapsed')) THEN
        PERFORM public.registry_rights_refuse('rights_decision_stays', 'it is under review');
    END IF;
    RETURN row_of;
END $$;
CREATE TRIGGER guard_decision BEFORE INSERT OR UPDATE OR DELETE ON public.registry_rights_decision
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_decision();
CREATE TRIGGER guard_line BEFORE INSERT OR UPDATE OR DELETE ON public.registry_rights_erasureline
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_decision();

-- A proof of delivery is not made better afterwards: that it went wrong is all that may be added.
CREATE FUNCTION public.registry_rights_guard_delivery() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.missent_at IS NOT NULL
       OR (NEW.request_id, NEW.way, NEW.delivered_on, NEW.receiver, NEW.confirmed_on, NEW.proof,
           NEW.by_id, NEW.at)
          IS DISTINCT FROM (OLD.request_id, OLD.way, OLD.delivered_on, OLD.receiver,
                            OLD.confirmed_on, OLD.proof, OLD.by_id, OLD.at) THEN
        PERFORM public.registry_rights_refuse('rights_delivery_stays', 'a proof stays as it was');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_delivery BEFORE UPDATE ON public.registry_rights_delivery
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_delivery();

-- A file is removed while the answer is owed, or with a request that is over.
CREATE FUNCTION public.registry_rights_guard_attachment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_rights_datarequest r WHERE r.id = OLD.request_id
               AND r.state IN ('delivered', 'partly', 'refused', 'told', 'complaint')) THEN
        PERFORM public.registry_rights_refuse('rights_attachment_stays', 'a file stays');
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_attachment BEFORE DELETE ON public.registry_rights_attachment
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_attachment();

ALTER TABLE public.registry_rights_attachment ENABLE ALWAYS TRIGGER guard_attachment;
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_new;
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_delete;
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_a_kept;
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_b_state;
ALTER TABLE public.registry_rights_step ENABLE ALWAYS TRIGGER guard_step;
ALTER TABLE public.registry_rights_decision ENABLE ALWAYS TRIGGER guard_decision;
ALTER TABLE public.registry_rights_erasureline ENABLE ALWAYS TRIGGER guard_line;
ALTER TABLE public.registry_rights_delivery ENABLE ALWAYS TRIGGER guard_delivery;
