"""The room's table holds the company's own published text."""

from __future__ import annotations

from vuokra.policy.catalogue import not_personal

not_personal("registry_description_descriptionversion", "published register descriptions")
