"""The work queue (työjono): what needs doing, why, and by when. Rooms register their rows."""
