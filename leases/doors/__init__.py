"""Ovenavaus ja päivystys: when maintenance is on call (S10-02, S10-03)."""
