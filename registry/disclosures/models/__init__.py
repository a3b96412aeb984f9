"""Tables of disclosures: recipients and their bases, what was given out, what waits."""

from registry.disclosures.models.authorities import (
    SPOKEN,
    AskedPerson,
    AuthorityRequest,
    RequestState,
    Verification,
)
from registry.disclosures.models.corrections import Correction, CorrectionState
from registry.disclosures.models.disclosures import (
    ASKED_LENGTH,
    NOTE_LENGTH,
    Channel,
    DisclosedCopy,
    DisclosedPerson,
    Disclosure,
    RestrictionGround,
)
from registry.disclosures.models.exports import ExportRequest, ExportState
from registry.disclosures.models.notifications import Notification, NotifyReason, NotifyState
from registry.disclosures.models.recipients import (
    CONTACT_LENGTH,
    EEA,
    NAME_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    BasisKind,
    Category,
    DisclosureBasis,
    Instrument,
    Recipient,
)

__all__ = [
    "ASKED_LENGTH", "CONTACT_LENGTH", "EEA", "NAME_LENGTH", "NOTE_LENGTH", "REFERENCE_LENGTH",
    "SECTION_LENGTH", "SPOKEN", "AskedPerson", "AuthorityRequest", "BasisKind", "Category",
    "Channel", "Correction", "CorrectionState", "DisclosedCopy", "DisclosedPerson", "Disclosure",
    "DisclosureBasis", "ExportRequest", "ExportState", "Instrument", "Notification", "NotifyReason",
    "NotifyState", "Recipient", "RequestState", "RestrictionGround", "Verification",
]  # fmt: skip
