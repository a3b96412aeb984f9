-- Pairs of living records that look alike: registry.persons.likeness over the whole register.
-- The words of names are in no order; dots and rings are aside. New pairs are added open, open ones
-- that were found here and look alike no more go, and what a clerk decided stays as it is.
WITH split AS MATERIALIZED (
    -- The breaks between words are those of registry_persons_words(), which is too slow here.
    SELECT p.id, p.protected, i.birth_date, string_to_array(translate(
            CASE WHEN p.surname = '' THEN '' ELSE split_part(p.sort_key, '  ', 1) END,
            ']!"#$%%&()*+,./:;<=>?@[\^_`-{|}~''', repeat(' ', 27) || 'aao'), ' ') AS surname,
        string_to_array(translate(
            CASE WHEN p.surname = '' THEN p.sort_key ELSE split_part(p.sort_key, '  ', 2) END,
            ']!"#$%%&()*+,./:;<=>?@[\^_`-{|}~''', repeat(' ', 27) || 'aao'), ' ') AS given
    FROM registry_persons_person p
    LEFT JOIN registry_persons_identity i ON i.person_id = p.id
    WHERE p.merged_into_id IS NULL
), people AS MATERIALIZED (
    SELECT s.id, s.protected, s.birth_date, array_remove(s.given, '') AS given,
        CASE WHEN cardinality(s.surname) < 2 THEN coalesce(s.surname[1], '') ELSE array_to_string(
            array(SELECT DISTINCT w FROM unnest(s.surname) w WHERE w <> '' ORDER BY w), ' ') END
            AS surname,
        CASE WHEN cardinality(s.given) < 2 THEN coalesce(s.given[1], '') ELSE array_to_string(
            array(SELECT DISTINCT w FROM unnest(s.given) w WHERE w <> '' ORDER BY w), ' ') END
            AS given_key
    FROM split s
), contacts AS MATERIALIZED (
    SELECT DISTINCT c.person_id, c.search_value
    FROM registry_persons_contactpoint c
    WHERE c.valid_from <= %(today)s AND (c.valid_to IS NULL OR c.valid_to >= %(today)s)
), sharing AS MATERIALIZED (  -- before the surnames, which by themselves make millions of pairs
    SELECT DISTINCT d.person_id AS other, a.id, a.surname, a.given, a.birth_date
    FROM contacts c
    JOIN contacts d ON c.search_value = d.search_value AND c.person_id < d.person_id
    JOIN people a ON a.id = c.person_id AND NOT a.protected AND a.surname <> ''
), alike AS MATERIALIZED (
    SELECT a.id AS one, b.id AS other, unnest(array_remove(ARRAY['birth_name',
        CASE WHEN a.given_key = b.given_key THEN 'same_name'
             WHEN a.given <@ b.given OR b.given <@ a.given THEN 'given_missing' END], NULL)) AS ground
    FROM people a
    JOIN people b ON a.birth_date = b.birth_date AND a.surname = b.surname AND a.id < b.id
    WHERE a.surname <> '' AND a.given && b.given
    UNION
    SELECT least(a.id, b.id), greatest(a.id, b.id),
        CASE WHEN a.given_key = b.given_key THEN 'same_name' ELSE 'given_missing' END
    FROM people a JOIN people b ON a.surname = b.surname AND a.id <> b.id
    WHERE a.birth_date IS NULL AND a.surname <> '' AND a.given && b.given
        AND (a.given <@ b.given OR b.given <@ a.given)
    UNION
    SELECT a.id, b.id, 'swapped'
    FROM people a
    JOIN people b ON a.surname = b.given_key AND a.given_key = b.surname AND a.id < b.id
    WHERE a.surname <> '' AND a.given_key <> '' AND a.surname <> a.given_key
        AND coalesce(a.birth_date = b.birth_date, true)
    UNION
    SELECT a.id, b.id, 'contact'
    FROM sharing a JOIN people b ON b.id = a.other AND b.surname = a.surname AND NOT b.protected
    WHERE (a.given && b.given OR coalesce(a.birth_date = b.birth_date, true))
), pairs AS (
    SELECT one, other, array_agg(ground ORDER BY ground) AS grounds FROM alike GROUP BY one, other
), gone AS (
    DELETE FROM registry_duplicates_candidate c
    WHERE c.state = 'open' AND c.origin = 'found' AND NOT EXISTS (
        SELECT 1 FROM pairs p WHERE p.one = c.first_id AND p.other = c.second_id)
)
INSERT INTO registry_duplicates_candidate AS c
    (first_id, second_id, origin, grounds, state, found_at, reason)
SELECT one, other, 'found', grounds, 'open', now(), '' FROM pairs
ON CONFLICT (first_id, second_id) DO UPDATE SET grounds = excluded.grounds
WHERE c.state = 'open' AND c.grounds <> excluded.grounds::varchar[]
