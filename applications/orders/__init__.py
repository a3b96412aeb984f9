"""Orders of a lease: whoever chooses residents hands an accepted offer over to whoever draws up
leases (sopimustilaus)."""
