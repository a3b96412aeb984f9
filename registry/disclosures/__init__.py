"""Disclosures (luovutukset): who may be given what, and who was given whose data."""
