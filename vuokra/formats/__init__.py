"""How dates and numbers are written where Django writes them itself (the admin)."""
