"""Staff accounts, role grants, sign-in and second factor."""
