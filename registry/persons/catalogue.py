"""What the columns of the room hold (data-protection 4.1 and 4.2)."""

from __future__ import annotations

from collections.abc import Mapping

from vuokra.policy.catalogue import KEY, OWN, Column, describe, item, technical, via
from vuokra.policy.groups import Group
from vuokra.policy.items import Protection

describe(
    "registry_persons_person",
    group=Group.PERSON,
    subject=OWN,
    columns={
        "id": KEY,
        "public_id": KEY,
        "uuid": KEY,
        "customer_number": item("HK-ASNRO", identifying=True, group=Group.CUSTOMER),
        "surname": item("PT-NIMI", identifying=True),
        "given_names": item("PT-NIMI", identifying=True),
        "call_name": item("PT-NIMI", identifying=True),
        "sort_key": item("PT-NIMI", identifying=True),
        "language": item("PT-NIMI"),
        "customer_since": item("HK-ALKU"),
        "protected": item("MU-TURVA"),
        "merged_into_id": KEY,
        "created_at": technical("when the row was made"),
        "changed_at": technical("when the row was last saved"),
    },
)

describe(
    "registry_persons_formername",
    group=Group.PERSON,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "surname": item("PT-NIMI", identifying=True),
        "given_names": item("PT-NIMI", identifying=True),
        "call_name": item("PT-NIMI", identifying=True),
        "sort_key": item("PT-NIMI", identifying=True),
        "used_until": item("PT-NIMI"),
        "source": technical("where the change was heard of (S6)"),
        "recorded_at": technical("when it was recorded"),
    },
)

_CODE = {
    "uuid": KEY,
    "hetu": item("PT-HETU", encrypted=True, group=Group.HETU),
    "hetu_index": item("PT-HETU", identifying=True, encrypted=True, group=Group.HETU),
    "artificial": technical("whether the code is one that real persons never get"),
}

describe(
    "registry_persons_identity",
    group=Group.IDENTITY,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        **_CODE,
        "kind": item("PT-SYNT"),
        "birth_date": item("PT-SYNT", identifying=True),
        "active": technical("whether the code is reserved for this person"),
        "changed_at": technical("when the row was last saved"),
    },
)

describe(
    "registry_persons_formercode",
    group=Group.HETU,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        **_CODE,
        "reason": technical("why the code is no longer used"),
        "ended_at": technical("when it stopped being used"),
    },
)

describe(
    "registry_persons_externalid",
    group=Group.CUSTOMER,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "value": item("HK-ASNRO", identifying=True),
        "recorded_at": technical("when it was recorded"),
    },
)

_DATED: Mapping[str, Column] = {
    "source": technical("where the detail came from (S6)"),
    "recorded_at": technical("when it was recorded"),
    "verified_at": technical("when it was last verified"),
    "valid_from": technical("first day it holds"),
    "valid_to": technical("last day it holds"),
}

describe(
    "registry_persons_contactpoint",
    group=Group.CONTACT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "kind": technical("telephone or e-mail"),
        "value": item("PT-PUH", "PT-EMAIL", identifying=True),
        "search_value": item("PT-PUH", "PT-EMAIL", identifying=True),
        **_DATED,
    },
)

describe(
    "registry_persons_address",
    group=Group.CONTACT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "kind": technical("home, temporary, postal or invoice"),
        "street": item("PT-OSOITE", identifying=True),
        "postal_code": item("PT-OSOITE", identifying=True),
        "town": item("PT-OSOITE"),
        "country": item("PT-OSOITE"),
        **_DATED,
    },
)

_KEPT: Mapping[str, Column] = {
    "valid_from": technical("first day it holds"),
    "valid_to": technical("last day it holds"),
    "set_by_id": technical("who recorded it"),
    "recorded_at": technical("when it was recorded"),
}

describe(
    "registry_persons_stafflink",
    group=Group.TIES,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "staff_id": item("SIDONNAISUUS"),
        "kind": item("SIDONNAISUUS"),
        **_KEPT,
    },
)

describe(
    "registry_persons_mark",
    group=Group.PERSON,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "kind": item("KUOLEMA", "RAJOITUS", protection=Protection.B),
        "ground": item("RAJOITUS"),
        "matter": item("RAJOITUS"),
        "source": technical("where the death was heard of (S6)"),
        **_KEPT,
        "valid_from": item("KUOLEMA", "RAJOITUS", protection=Protection.B),
        "valid_to": item("RAJOITUS"),
        "told_on": technical("when the person was told that a restriction ends"),
        "reviewed_on": technical("when a legal hold was last found needed"),
    },
)

describe(
    "registry_persons_noticegiven",
    group=Group.PERSON,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "version_id": item("INFORMOINTI"),
        "given_on": item("INFORMOINTI"),
        "channel": item("INFORMOINTI"),
        "given_by_id": technical("who gave it"),
        "recorded_at": technical("when it was recorded"),
    },
)

describe(
    "registry_persons_noticeduty",
    group=Group.PERSON,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "source": item("INFORMOINTI"),
        "arisen_on": item("INFORMOINTI"),
        "recorded_at": technical("when it was recorded"),
    },
)

# Filled by triggers and read by the registry_persons_find functions alone; granted to nobody.
describe(
    "registry_persons_search",
    group=Group.PERSON,
    subject=via("person_id"),
    key="person_id",
    has_model=False,
    columns={
        "person_id": KEY,
        "kind": technical("what the word is: of a name, a street, a telephone number"),
        "word": item("PT-NIMI", "PT-OSOITE", "PT-PUH", identifying=True),
        "names": item("PT-NIMI", identifying=True),
    },
)
