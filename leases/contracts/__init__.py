"""Contracts (vuokrasopimukset): leases, deposits, notices and who is bound by them."""
