"""Single households out of a snapshot, which may hold thousands."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, JSONField, TextField
from django.db.models.functions import Cast, JSONObject


class FrozenHousehold(Func):
    """A household as it was compared (vertailtu ruokakunta), by its random id: of the `snapshot` no
    other is read."""

    function = "jsonb_path_query_first"
    arg_joiner = ", '$.compared[*] ? (@.id == $id)', "
    output_field = JSONField()

    def __init__(self, snapshot: Any, token: Any, **more: Any) -> None:
        super().__init__(snapshot, JSONObject(id=Cast(token, TextField())), **more)
