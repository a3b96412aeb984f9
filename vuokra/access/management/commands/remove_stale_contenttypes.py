"""`manage.py remove_stale_contenttypes`, refused: the change log refers to content types."""

from vuokra.access.refusal import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: the change log refers to content types."
    refusal = "The change log refers to content types, so none is removed."
