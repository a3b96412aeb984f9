"""The background worker's part: its arguments are ids and a code."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django_tasks import task

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.documents import services
from vuokra.documents.errors import Fault, NotMade
from vuokra.policy.roles import Purpose


@task()
def make(document_id: int, user_id: int | None, purpose: str) -> None:
    """Make a document in the name of whoever ordered it, with today's rights.

    A worker that is killed leaves it waiting, to be started again.
    """
    try:
        with _access(user_id, Purpose(purpose), Action.CREATE):
            services.proceed(document_id)
    except NotMade as refused:
        _fail(document_id, refused.fault)
    except FunctionDenied:
        _fail(document_id, Fault.RIGHT)
    except ObjectDenied:
        _fail(document_id, Fault.DATA)
    except BaseException:
        _fail(document_id, Fault.OTHER)
        raise


def _fail(document_id: int, fault: Fault) -> None:
    with _access(None, Purpose.VALVONTA, Action.RUN):
        services.fail(document_id, fault)


def _access(
    user_id: int | None, purpose: Purpose, action: Action
) -> AbstractContextManager[AccessContext]:
    if user_id is None:
        actor = Actor.system("documents")
    else:
        actor = actor_for(User.objects.get(pk=user_id))
    return open_access(
        actor,
        purpose=purpose,
        action=action,
        surface=Surface.FILE,
        kind=Kind.TASK,
        route="documents:make",
    )
