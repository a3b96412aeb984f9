"""Key ring, encrypted fields, masked values, blind index, subject keys."""
