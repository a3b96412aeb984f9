"""People: identity and contact details (perustiedot)."""
