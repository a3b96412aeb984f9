"""`manage.py auditlogflush`, refused: the change log is never emptied."""

from vuokra.access.refusal import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: the change log is append-only."
    refusal = "The change log is append-only. Values are erased by retention, rows stay."
