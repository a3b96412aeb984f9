"""Asking for a home and choosing who gets it (hakeminen ja asukasvalinta)."""
