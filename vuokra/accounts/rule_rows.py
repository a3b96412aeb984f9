"""Numbers of sign-in and of role grants. Source: data-protection specification 3.1, 4.7 and 13.1.

They are the company's to choose; every one always holds, because nobody signs in without them.
"""

from __future__ import annotations

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    DAYS,
    MINUTES,
    MONTHS,
    SECONDS,
    TIMES,
    name_room,
    register_number,
)

SIGN_IN = Bilingual("Kirjautumisen hidastus ja lukitus", "Delay and lock of sign-in")
GRANTS = Bilingual("Roolien myöntäminen ja tarkistus", "Granting and reviewing roles")
ASVS = "Tietosuojamäärittely 13.1 (OWASP ASVS 5.0 6.3.1)"
ROLES = "Tietosuojamäärittely 4.7 (S8-06)"


def register_rules() -> None:
    """What `AccountsConfig.ready` registers."""
    name_room("accounts", Bilingual("Käyttäjät ja kirjautuminen", "Users and sign-in"))
    _number("free_failures", "epäonnistumiset ennen hidastusta", "failures before a delay",
            4, TIMES, ASVS, SIGN_IN, least=0, most=20)  # fmt: skip
    _number("first_wait_seconds", "ensimmäinen odotus", "first wait",
            30, SECONDS, ASVS, SIGN_IN, most=3600)  # fmt: skip
    _number("longest_wait_minutes", "pisin odotus", "longest wait",
            15, MINUTES, ASVS, SIGN_IN, most=1440)  # fmt: skip
    _number("lock_at", "epäonnistumiset, jotka lukitsevat tunnuksen", "failures that lock a name",
            100, TIMES, ASVS, SIGN_IN, least=5, most=1000)  # fmt: skip
    _number("failures_kept_days", "epäonnistumisten säilytys", "how long failures are kept",
            30, DAYS, ASVS, SIGN_IN)  # fmt: skip
    _number("grant_days", "roolin ehdotettu voimassaolo", "proposed length of a grant",
            365, DAYS, ROLES, GRANTS, most=1830)  # fmt: skip
    _number("main_user_days", "ensimmäisen pääkäyttäjän roolin voimassaolo",
            "length of the first main user's grant", 730, DAYS, ROLES, GRANTS,
            most=1830)  # fmt: skip
    _number("review_months", "roolin tarkistusväli", "interval between reviews of a grant",
            6, MONTHS, ROLES, GRANTS, most=24)  # fmt: skip


def _number(
    name: str,
    fi: str,
    en: str,
    value: int,
    unit: Bilingual,
    source: str,
    note: Bilingual,
    *,
    least: int = 1,
    most: int = 3650,
) -> None:
    register_number(
        f"accounts.{name}", Bilingual(fi, en), value, unit, source,
        note=note, minimum=least, maximum=most, always=True,
    )  # fmt: skip
