"""What the controller's tables hold: the company's own public details (S1-01 … S3-01, S10-01)."""

from __future__ import annotations

from vuokra.policy.catalogue import not_personal

not_personal(
    "vuokra_company_company", "the controller's own details, printed on the privacy notice"
)
not_personal("vuokra_company_office_hours", "office hours of the controller")
not_personal("vuokra_company_contact", "contacts that the controller publishes")
not_personal("vuokra_company_limits", "limits of looking at people, chosen by the controller")
not_personal("vuokra_company_notice_version", "published versions of the privacy notice")
