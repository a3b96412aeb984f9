"""Registers the room's tables with the change log (muutosloki).

Sealed values show a fingerprint only, and nothing is kept of where somebody lives or works: a
turvakielto may come later. Whether an application is open says nothing that its state does not.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Debt,
    Ground,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Step,
    Wish,
    Work,
)

auditlog.register(Application, exclude_fields=["made_at"])
auditlog.register(Member, exclude_fields=["is_open"])
auditlog.register(MemberCode, exclude_fields=["recorded_at"])
auditlog.register(Permit, exclude_fields=["recorded_at"])
auditlog.register(Step, exclude_fields=["made_at"])
auditlog.register(Attachment, exclude_fields=["recorded_at"])
auditlog.register(PresentHome, mask_fields=["municipality", "landlord"])
auditlog.register(Work, mask_fields=["place"])
for model in (Need, Ground, Wish, Income, Asset, Debt):
    auditlog.register(model)
