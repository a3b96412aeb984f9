"""PostgreSQL with the access tap, the raw-SQL guard and the embedded server."""
