"""Saving, opening and deleting one's own views of a list (ui 5.3)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.db.prepared import prepared
from vuokra.search.models import MOST_VIEWS, NAME_LENGTH, SavedView
from vuokra.search.registry import shown_again

TABLE = "vuokra_search_savedview"


def views_of(page: str) -> list[SavedView]:
    """The signed-in user's views of a list, by name."""
    return _views(_user(), page)


@prepared
def _views(user_id: int, page: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(user_id=user_id, page=page)


def save_view(page: str, name: str, query: str) -> SavedView:
    """Keep the filters and order of a list under a name; the same name is written over.

    Raises ValidationError for an empty or long name, and when there are too many.
    """
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise ValidationError(
            _("Anna näkymälle nimi, enintään %(count)s merkkiä.") % {"count": NAME_LENGTH}
        )
    if not shown_again(name):
        raise ValidationError(_("Nimessä ei saa olla henkilötunnusta."))
    view = _own().filter(page=page, name=name).first()
    if view is None:
        if _own().filter(page=page).count() >= MOST_VIEWS:
            raise ValidationError(
                _("Näkymiä voi olla %(count)s. Poista ensin jokin.") % {"count": MOST_VIEWS}
            )
        view = SavedView(user_id=_user(), page=page, name=name)
    view.query = query
    view.save()
    return view


def own_view(page: str, pk: int) -> SavedView:
    """One of the user's own views. Raises ObjectDenied for another's or none."""
    view = _own().filter(page=page, pk=pk).first()
    if view is None:
        raise ObjectDenied(TABLE, pk)
    return view


def delete_view(page: str, pk: int) -> None:
    """Delete one of the user's own views. Raises ObjectDenied for another's or none."""
    own_view(page, pk).delete()


def _own() -> QuerySet[SavedView]:
    return SavedView.objects.filter(user_id=_user())


def _user() -> int:
    user = current().actor.user_id
    if user is None:
        raise ObjectDenied(TABLE)
    return user
