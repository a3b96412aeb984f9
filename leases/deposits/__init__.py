"""Deposits (vakuudet): demanded, received, settled and returned; the accounts they go back to."""
