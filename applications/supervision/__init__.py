"""What the supervisor of resident selection gets and asks (valvonta): the selection log, the report
of a period, complaints."""
