"""What staff do with consents and objections: each verb writes new rows and changes none."""

from registry.consents.services.decisions import (
    Evidence,
    correct,
    forbid,
    lift,
    permit,
    withdraw,
)
from registry.consents.services.suppression import suppress, suppress_contacts_of
from registry.consents.services.texts import publish_text

__all__ = [
    "Evidence",
    "correct",
    "forbid",
    "lift",
    "permit",
    "publish_text",
    "suppress",
    "suppress_contacts_of",
    "withdraw",
]
