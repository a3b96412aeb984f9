"""The background worker's part: its argument is the run's id and nothing else."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import open_access
from vuokra.accounts.queries import actor_for
from vuokra.imports import services
from vuokra.imports.models import ImportRun
from vuokra.imports.progress import recorded
from vuokra.policy.roles import Purpose


@task()
def work(run_id: int) -> None:
    """Check or import the file of a run, in the name of whoever brought it, with today's rights.

    A worker that is killed leaves the run as it was before, to be started again.
    """
    try:
        _proceed(run_id)
    except BaseException:
        with transaction.atomic():
            services.fail(run_id)
        raise
    services.remove_file(run_id)


def _proceed(run_id: int) -> None:
    run = ImportRun.objects.select_related("user").get(pk=run_id)
    if run.user is None:
        return  # a command's; it does its work itself
    with (
        recorded(run_id) as tell,
        open_access(
            actor_for(run.user),
            purpose=Purpose(run.purpose),
            action=Action.IMPORT,
            surface=Surface.JOB,
            kind=Kind.TASK,
            route=f"imports:{run.kind}",
        ),
    ):
        services.proceed(run_id, tell)
