"""What the tables of copies hold: the file of a request (SY-04), sealed, and decisions about it."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, via
from vuokra.policy.groups import Group
from vuokra.policy.items import Protection

describe(
    "registry_copies_copy",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "kind": item("SY-04"),
        "language": technical("language of the copy"),
        "reference": technical("number of the matter"),
        "state": technical("how far it is"),
        "ordered_by_id": KEY,
        "ordered_at": technical("when it was ordered"),
        "collected_at": technical("the moment it tells of"),
        "content": item("SY-04", encrypted=True, protection=Protection.D),
        "digest": technical("SHA-256 of the snapshot"),
        "texts": technical("how many parts must be read"),
        "approved_digest": technical("SHA-256 of what was approved"),
        "approved_at": technical("when it was approved"),
        "approved_by_id": KEY,
        "fault": technical("the rule without a row that stopped it"),
        "row_count": technical("how many changes of the person's rows the snapshot knows"),
        "last_row": technical("the last of them"),
        "names_reason": item("SY-04", encrypted=True, protection=Protection.C),
        "names_by_id": KEY,
        "package": item("SY-04", encrypted=True, protection=Protection.D),
        "package_digest": technical("SHA-256 of the package"),
        "packed_at": technical("when it was packed"),
        "packed_by_id": KEY,
        "printed_at": technical("when it was printed"),
        "printed_digest": technical("SHA-256 of what was printed"),
        "unneeded": technical("why nobody needs it any more"),
        "destroy_on": technical("the last day of content and package"),
    },
)
describe(
    "registry_copies_finding",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "copy_id": KEY,
        "person_id": KEY,
        "place": technical("item, row and column of the snapshot"),
        "start": technical("where in the text it begins"),
        "end": technical("where in the text it ends"),
        "what": item("SY-04"),
        "other_id": KEY,
        "locked": technical("whether it may be told at all"),
        "decision": item("SY-04"),
        "reason": item("SY-04"),
        "decided_by_id": KEY,
        "decided_at": technical("when it was decided"),
    },
)
describe(
    "registry_copies_reading",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "copy_id": KEY,
        "person_id": KEY,
        "code": technical("which register item was read"),
        "by_id": KEY,
        "at": technical("when it was read"),
    },
)
describe(
    "registry_copies_opening",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "copy_id": KEY,
        "person_id": KEY,
        "digest": technical("SHA-256 of what was opened"),
        "by_id": technical("who opened it"),
        "at": technical("when, by the database's clock"),
        "holds": technical("whether the copy is still what was opened"),
        "enclosed": technical("whether it was a document that goes along"),
    },
)
describe(
    "registry_copies_enclosure",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "copy_id": KEY,
        "person_id": KEY,
        "place": technical("where it stands in the snapshot"),
        "name": technical("name of the file there: liite-1.pdf"),
        "digest": technical("SHA-256 of the file"),
    },
)
not_personal("registry_copies_progress", "how far the collecting of a copy is")
