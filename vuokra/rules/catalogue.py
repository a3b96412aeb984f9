"""What the tables of rules hold: numbers of the law and of the company, and public holidays."""

from __future__ import annotations

from vuokra.policy.catalogue import not_personal

not_personal("vuokra_rules_version", "dated numbers of the law and of the company")
not_personal("vuokra_rules_holiday", "public holidays of Finland")
