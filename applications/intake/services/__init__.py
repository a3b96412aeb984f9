"""What is done to applications. The only code that writes the room's tables.

Every function runs in the open access context's transaction and raises ValidationError, in words
for the screen and without personal data, when the change cannot be made. What alters how an
application is judged ends with `signals.changed`.
"""

from applications.intake.services.drafting import (
    Details,
    Membership,
    add_member,
    begin,
    change_details,
    change_member,
    discard,
    drop_member,
    register_member,
)
from applications.intake.services.living import (
    WITHDRAWING,
    admit,
    ask_to_complete,
    complete,
    expire,
    expire_due,
    merge,
    move_by_selection,
    receive,
    renew,
    send_back,
    withdraw,
)
from applications.intake.services.parts import (
    HomeGiven,
    NeedGiven,
    PermitGiven,
    drop,
    put,
    set_home,
    set_need,
    set_permit,
    set_told,
)
from applications.intake.services.whole import (
    Applying,
    Joining,
    OwnedRow,
    PermitRow,
    Whole,
    WholeRefused,
    applicant_of,
    record_whole,
    recorded_of_form,
)

__all__ = [
    "WITHDRAWING", "Applying", "Details", "HomeGiven", "Joining", "Membership", "NeedGiven",
    "OwnedRow", "PermitGiven", "PermitRow", "Whole", "WholeRefused", "add_member", "admit",
    "applicant_of", "ask_to_complete", "begin", "change_details", "change_member", "complete",
    "discard", "drop", "drop_member", "expire", "expire_due", "merge", "move_by_selection", "put",
    "receive", "record_whole", "recorded_of_form", "register_member", "renew", "send_back",
    "set_home", "set_need", "set_permit", "set_told", "withdraw",
]  # fmt: skip
