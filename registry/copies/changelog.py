"""Registers the room's tables with the change log: the stages and decisions, nothing of content."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.copies.models import Copy, Enclosure, Finding, Opening, Reading

auditlog.register(
    Copy, exclude_fields=["content", "package", "digest", "row_count", "last_row", "texts"]
)
auditlog.register(Finding, exclude_fields=["place", "start", "end", "other_id"])
auditlog.register(Enclosure, exclude_fields=["place", "name", "digest"])
auditlog.register(Opening, exclude_fields=["digest"])
auditlog.register(Reading)
