"""What staff do to people. The only code that writes the room's tables.

Every function runs in the open access context's transaction and raises ValidationError, in words
for the screen and without personal data, when the change cannot be made.
"""

from registry.persons.services.contacts import (
    PostalAddress,
    add_address,
    add_contact_point,
    checked_contact,
    cleaned_address,
    end_address,
    end_contact_point,
)
from registry.persons.services.identity import (
    Code,
    RealHetuFound,
    change_identity,
    check_code,
    checked_birth_date,
    record_identity,
    refuse_real_hetus,
)
from registry.persons.services.people import (
    Names,
    change_person,
    checked_names,
    refuse_hetu_in_text,
    register_person,
)

__all__ = [
    "Code", "Names", "PostalAddress", "RealHetuFound", "add_address", "add_contact_point",
    "change_identity", "change_person", "check_code", "checked_birth_date", "checked_contact",
    "checked_names", "cleaned_address", "end_address", "end_contact_point",
    "record_identity", "refuse_hetu_in_text", "refuse_real_hetus", "register_person",
]  # fmt: skip
