"""Django's own PostgreSQL backend under a name of the bench: no tap, no guard."""
