"""What staff look at: lists, cards and searches of people.

Each function runs a fixed number of statements, and fetches only the field groups that the actor
of the open access context may read: what is not fetched cannot escape.
"""

from registry.persons.queries.lists import (
    COUNTED,
    Customer,
    Filters,
    Missing,
    PersonRow,
    Preview,
    Sort,
    exportable_ids,
    filtered_persons,
    may_leave,
    person_batch,
    person_list,
    preview,
    with_details,
)
from registry.persons.queries.people import (
    ContactDetails,
    Look,
    address_of,
    contact_details,
    contact_point_of,
    former_names,
    has_identity,
    identity_of,
    identity_shown,
    lookers,
    may_know_codes,
    may_know_of_protection,
    person_by_number,
    person_by_public_id,
)
from registry.persons.queries.reading import in_force, may_read, read_once
from registry.persons.queries.search import (
    MAX_HITS,
    Hits,
    expire_searched,
    find,
    find_by_hetu,
    with_details_of,
)
from registry.persons.queries.similar import similar_persons
from registry.persons.queries.standing import record_ids, records_of, refuse_own, surviving

__all__ = [
    "COUNTED",
    "MAX_HITS",
    "ContactDetails",
    "Customer",
    "Filters",
    "Hits",
    "Look",
    "Missing",
    "PersonRow",
    "Preview",
    "Sort",
    "address_of",
    "contact_details",
    "contact_point_of",
    "expire_searched",
    "exportable_ids",
    "filtered_persons",
    "find",
    "find_by_hetu",
    "former_names",
    "has_identity",
    "identity_of",
    "identity_shown",
    "in_force",
    "lookers",
    "may_know_codes",
    "may_know_of_protection",
    "may_leave",
    "may_read",
    "person_batch",
    "person_by_number",
    "person_by_public_id",
    "person_list",
    "preview",
    "read_once",
    "record_ids",
    "records_of",
    "refuse_own",
    "similar_persons",
    "surviving",
    "with_details",
    "with_details_of",
]  # fmt: skip
