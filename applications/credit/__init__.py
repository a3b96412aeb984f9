"""Credit checks (luottotietojen tarkistus) of who is about to rent or guarantee: codes only."""
