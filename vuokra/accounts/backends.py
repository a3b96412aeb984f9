"""Who a web session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account import auth_backends

from vuokra.accounts.models import User
from vuokra.accounts.queries import account_with_roles


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's; the account of a web session is read together with its roles."""

    def get_user(self, user_id: Any) -> User | None:
        """The account in use of this id, or None."""
        user = account_with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
