"""Homes, contracts and money (kohteet, sopimukset, talous)."""
