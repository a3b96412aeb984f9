-- Whom a message would reach: the contact points of the kinds that the persons have in force and
-- share with others (or all of them), with all the living records that have the same one in force.
WITH asked AS MATERIALIZED (
    SELECT DISTINCT c.kind, c.search_value FROM registry_persons_contactpoint c
    WHERE c.person_id = ANY (%(persons)s) AND c.kind = ANY (%(kinds)s)
        AND c.valid_from <= %(today)s AND (c.valid_to IS NULL OR c.valid_to >= %(today)s)
)
SELECT a.search_value, array_agg(DISTINCT c.person_id)
FROM asked a
JOIN registry_persons_contactpoint c ON c.search_value = a.search_value AND c.kind = a.kind
JOIN registry_persons_person p ON p.id = c.person_id AND p.merged_into_id IS NULL
WHERE c.valid_from <= %(today)s AND (c.valid_to IS NULL OR c.valid_to >= %(today)s)
GROUP BY a.kind, a.search_value
HAVING %(every)s OR count(DISTINCT c.person_id) > 1
