"""What must hold of a register that is for trying out: nobody in it is real (DP-A55)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from registry.persons import services
from registry.persons.models import Identity
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.stated import raw_sql
from vuokra.policy.roles import Purpose


@register(Tags.database)
def nobody_is_real_in_a_demo(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse demo mode with the identity code of a real person; runs with `migrate`."""
    if not settings.DEMO or "default" not in (databases or ()):
        return []
    with raw_sql("whether the tables are there yet"):
        tables = connection.introspection.table_names()
    if Identity._meta.db_table not in tables:
        return []
    with open_access(
        Actor.system("check"), purpose=Purpose.VALVONTA, action=Action.RUN, surface=Surface.JOB
    ):
        try:
            services.refuse_real_hetus()
        except services.RealHetuFound:
            return [
                Error(
                    "Demo mode with the identity code of a real person is refused.",
                    hint="Unset VUOKRA_DEMO, or start with an empty folder var/.",
                    id="registry_persons.E001",
                )
            ]
    return []
