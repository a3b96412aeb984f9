"""What can go wrong before Django is there. The message is shown to the user as it stands."""

from __future__ import annotations


class ServerError(Exception):
    """The database server cannot be used; the text says why and what to do."""
