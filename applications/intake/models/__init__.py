"""Tables of applications: who asks for a home, why, with what means, and how far it has come."""

from applications.intake.models.applications import (
    CLASS_A,
    REASON_LENGTH,
    SOURCE_ID_LENGTH,
    SOURCE_LENGTH,
    Application,
    Member,
    MemberCode,
    Permit,
    Step,
)
from applications.intake.models.attachments import NEVER_KEPT, Attachment
from applications.intake.models.economy import Asset, Debt, Income, Work
from applications.intake.models.given import GivenFields
from applications.intake.models.needs import Ground, Need, PresentHome, Wish

__all__ = [
    "CLASS_A",
    "NEVER_KEPT",
    "REASON_LENGTH",
    "SOURCE_ID_LENGTH",
    "SOURCE_LENGTH",
    "Application",
    "Asset",
    "Attachment",
    "Debt",
    "GivenFields",
    "Ground",
    "Income",
    "Member",
    "MemberCode",
    "Need",
    "Permit",
    "PresentHome",
    "Step",
    "Wish",
    "Work",
]  # fmt: skip
