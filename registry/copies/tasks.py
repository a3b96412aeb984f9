"""The background worker's part: its arguments are ids alone."""

from __future__ import annotations

from dataclasses import replace

from django_tasks import task

from registry.copies import services
from registry.copies.models import Progress
from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import Actor, open_access
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.db.beside import beside
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose


@task()
def gather(copy_id: int, user_id: int | None) -> None:
    """Collect a copy in the name of whoever ordered it. A killed worker leaves it waiting."""

    def keep(done: int, total: int) -> None:
        Progress.objects.filter(copy_id=copy_id).update(done=done, total=total)

    try:
        with (
            beside(keep, name="copy") as tell,
            open_access(
                collector(user_id),
                purpose=Purpose.OIKEUDET,
                action=Action.RUN,
                surface=Surface.JOB,
                kind=Kind.TASK,
                route="copies:gather",
            ),
        ):
            services.proceed(copy_id, tell)
    except BaseException as fault:
        with open_access(
            Actor.system("copies"),
            purpose=Purpose.OIKEUDET,
            action=Action.RUN,
            surface=Surface.JOB,
            kind=Kind.TASK,
            route="copies:gather",
        ):
            services.fail(copy_id, fault)
        raise


def collector(user_id: int | None) -> Actor:
    """Who collects: whoever ordered the copy, reaching every field group for this one work, since
    article 15 gives the person everything. Without the right to requests today, nothing more than
    the user's own rights: then the collecting is refused."""
    if user_id is None:
        return Actor.system("copies")
    actor = actor_for(User.objects.get(pk=user_id))
    return replace(actor, everything=actor.level(Group.RIGHTS) >= Level.WRITE)
