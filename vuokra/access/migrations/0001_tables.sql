-- The log. Rows hold ids and codes, never values; values lie in vuokra_access_payload.
-- Event, change and row-change tables are partitioned by the UTC month of "at"; the primary key of
-- a partitioned table must hold the partition key, so it is (id, at).

CREATE TABLE public.vuokra_access_event (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    access_id uuid NOT NULL,
    kind text NOT NULL,
    actor_id bigint,
    actor text NOT NULL,
    role text NOT NULL DEFAULT '',
    purpose text NOT NULL DEFAULT '',
    case_kind text NOT NULL DEFAULT '',
    case_id bigint,
    action text NOT NULL,
    surface text NOT NULL DEFAULT '',
    route text NOT NULL DEFAULT '',
    method text NOT NULL DEFAULT '',
    outcome text NOT NULL,
    status smallint,
    address inet,
    session text NOT NULL DEFAULT '',
    subjects bigint[] NOT NULL DEFAULT '{}',
    subject_count integer NOT NULL DEFAULT 0,
    detail jsonb NOT NULL DEFAULT '[]',
    alarm boolean NOT NULL DEFAULT false,
    payload_digest bytea,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX access_event_subjects ON public.vuokra_access_event USING gin (subjects);
CREATE INDEX access_event_actor ON public.vuokra_access_event (actor_id, at);
CREATE INDEX access_event_at ON public.vuokra_access_event (at);
CREATE INDEX access_event_access ON public.vuokra_access_event (access_id);
CREATE INDEX access_event_payload ON public.vuokra_access_event (payload_digest)
    WHERE payload_digest IS NOT NULL;

CREATE TABLE public.vuokra_access_change (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    access_id uuid NOT NULL,
    actor_id bigint,
    actor text NOT NULL,
    content_type_id integer NOT NULL,
    object_pk varchar(255) NOT NULL,
    object_id bigint,
    object_repr text NOT NULL,
    action smallint NOT NULL CHECK (action >= 0),
    cid varchar(255),
    subject bigint,
    payload_digest bytea,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX access_change_object ON public.vuokra_access_change (content_type_id, object_id);
CREATE INDEX access_change_subject ON public.vuokra_access_change (subject, at);
CREATE INDEX access_change_at ON public.vuokra_access_change (at);
CREATE INDEX access_change_access ON public.vuokra_access_change (access_id);
CREATE INDEX access_change_payload ON public.vuokra_access_change (payload_digest)
    WHERE payload_digest IS NOT NULL;

CREATE TABLE public.vuokra_access_rowchange (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    access_id uuid NOT NULL,
    actor text NOT NULL,
    table_name text NOT NULL,
    row_id bigint NOT NULL,
    operation text NOT NULL CHECK (operation IN ('I', 'U', 'D')),
    subject bigint,
    bulk boolean NOT NULL DEFAULT false,
    payload_digest bytea,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX access_rowchange_row ON public.vuokra_access_rowchange (table_name, row_id);
CREATE INDEX access_rowchange_subject ON public.vuokra_access_rowchange (subject, at)
    WHERE subject IS NOT NULL;
CREATE INDEX access_rowchange_at ON public.vuokra_access_rowchange (at);
CREATE INDEX access_rowchange_access ON public.vuokra_access_rowchange (access_id);
CREATE INDEX access_rowchange_payload ON public.vuokra_access_rowchange (payload_digest)
    WHERE payload_digest IS NOT NULL;

-- digest = sha256(salt || body as UTF-8): the log row keeps the digest, so that erasing the body
-- breaks no seal, and the salt makes a short body impossible to guess from its digest.
CREATE TABLE public.vuokra_access_payload (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    body text NOT NULL,
    subject bigint,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX access_payload_subject ON public.vuokra_access_payload (subject);

-- What is not sealed yet. Filled by triggers on the log tables, emptied by the sealer.
CREATE TABLE public.vuokra_access_seal_queue (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name text NOT NULL,
    row_id bigint NOT NULL,
    at timestamptz NOT NULL
);

-- One row per seal: a Merkle tree over log rows of one month, chained and signed.
-- "row_ids" and "leaves" (32 bytes each) run over the tables in the order of "tables"/"counts".
CREATE TABLE public.vuokra_access_seal (
    number bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('rows', 'reanchor')),
    origin text NOT NULL,
    at timestamptz NOT NULL,
    month date,
    tables text[] NOT NULL,
    versions integer[] NOT NULL,
    counts integer[] NOT NULL,
    starts timestamptz[] NOT NULL,
    row_ids bigint[] NOT NULL,
    leaves bytea NOT NULL,
    total bigint NOT NULL,
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    previous bytea NOT NULL CHECK (octet_length(previous) = 32),
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    note text NOT NULL DEFAULT '',
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    CHECK ((kind = 'rows') = (month IS NOT NULL)),
    CHECK (octet_length(leaves) = 32 * cardinality(row_ids))
);
ALTER TABLE public.vuokra_access_seal ALTER COLUMN leaves SET STORAGE EXTERNAL;
CREATE INDEX access_seal_at ON public.vuokra_access_seal (at);
