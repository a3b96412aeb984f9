"""Rules of applications: pure functions, no database and no clock."""
