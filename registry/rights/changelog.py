"""Registers the room's tables with the change log; sealed values leave a fingerprint only."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.rights.models import (
    Attachment,
    Correction,
    DataRequest,
    Decision,
    Delivery,
    ErasureLine,
    Letter,
    Step,
)

auditlog.register(DataRequest, exclude_fields=["version"])
auditlog.register(Step)
auditlog.register(Decision)
auditlog.register(Letter)
auditlog.register(Delivery)
auditlog.register(Attachment, exclude_fields=["file"])
auditlog.register(Correction)
auditlog.register(ErasureLine)
