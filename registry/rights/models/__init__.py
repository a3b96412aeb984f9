"""Tables of the room."""

from registry.rights.models.answers import NOT_WHOLLY, Attachment, Decision, Delivery, Letter
from registry.rights.models.codes import (
    ADDRESSED,
    ANSWERED,
    AT_ONCE,
    FOUR_EYES,
    OPEN,
    RECIPIENTS_TOLD,
    WORKED_ON,
    Act,
    Authority,
    Behalf,
    Channel,
    ExtensionGround,
    Known,
    LetterKind,
    Level,
    Method,
    Outcome,
    Receiver,
    RefusalGround,
    Result,
    Right,
    State,
    Target,
    Way,
)
from registry.rights.models.matters import (
    Bar,
    Correction,
    ErasureLine,
    Fate,
    Ground,
)
from registry.rights.models.requests import (
    SHORT,
    TEXT,
    DataRequest,
    Language,
    Numbering,
    Step,
)

__all__ = [
    "ADDRESSED", "ANSWERED", "AT_ONCE", "FOUR_EYES", "NOT_WHOLLY", "OPEN", "RECIPIENTS_TOLD",
    "SHORT", "TEXT", "WORKED_ON", "Act", "Attachment", "Authority", "Bar", "Behalf", "Channel",
    "Correction", "DataRequest", "Decision", "Delivery", "ErasureLine", "ExtensionGround", "Fate",
    "Ground", "Known", "Language", "Letter", "LetterKind", "Level", "Method", "Numbering",
    "Outcome", "Receiver", "RefusalGround", "Result", "Right", "State", "Step", "Target", "Way",
]  # fmt: skip
