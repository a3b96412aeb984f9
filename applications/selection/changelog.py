"""Registers the room's tables with the change log (muutosloki).

A decision keeps its snapshot itself, and never changes; who stood under which random id is not
written a second time.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from applications.selection.models import Assessment, Compared, Decision, Offer, Skip

auditlog.register(Assessment, exclude_fields=["made_at"])
auditlog.register(Skip, exclude_fields=["made_at"])
auditlog.register(Decision, exclude_fields=["snapshot", "decided_at"])
auditlog.register(Compared, exclude_fields=["token"])
auditlog.register(Offer, exclude_fields=["offered_at"])
