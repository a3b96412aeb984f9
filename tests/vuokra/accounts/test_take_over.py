"""One main user cannot take over the account of another, nor the log reviewer's (DP-A6)."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command

from tests.people import make_user, system_access
from vuokra.access.models import AccessEvent
from vuokra.accounts import services
from vuokra.accounts.models import ActivationLink
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.PAA, Role.TAR])
def test_DP_A6_a_weighty_account_is_not_opened_anew_in_the_administration(role: Role) -> None:
    main_user, other = make_user(Role.PAA), make_user(role)
    with system_access():
        with pytest.raises(services.Refused, match="recover_account"):
            services.make_activation_link(other, ActivationLink.Channel.PRINT, by=main_user)
        with pytest.raises(services.Refused, match="recover_account"):
            services.reset_factors(other, by=main_user)
        assert not other.activation_links.exists()


def test_other_accounts_are_helped_by_one_main_user() -> None:
    main_user, clerk = make_user(Role.PAA), make_user(Role.SOP)
    with system_access():
        services.reset_factors(clerk, by=main_user)
        assert services.make_activation_link(clerk, ActivationLink.Channel.PRINT, by=main_user)


def test_the_server_opens_it_with_a_reason_and_an_alarm(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = make_user(Role.PAA, username="pia")
    with pytest.raises(CommandError, match="sentence"):
        call_command("recover_account", "pia", "--reason=x")
    with pytest.raises(CommandError, match="no such account"):
        call_command("recover_account", "nobody", "--reason=passi nähty, avain hukkui")
    call_command("recover_account", "pia", "--reason=passi nähty, avain hukkui")
    assert re.search(r"/kirjaudu/aktivointi/[\w-]{40,}/", capsys.readouterr().out)
    with system_access():
        assert other.activation_links.filter(used_at=None).count() == 1
        event = AccessEvent.objects.filter(surface="shell").latest("id")
    assert event.alarm
    assert event.payload_digest is not None
