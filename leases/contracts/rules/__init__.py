"""Rules of tenancies (vuokrasuhde): pure functions. No database, no clock.

Source: tenancy specification, sections 0, 2, 3, 5, 6 and 11; AHVL is the Residential Leases Act
(laki asuinhuoneiston vuokrauksesta 481/1995). Numbers of the law come in through
`numbers.Numbers`; today and holidays are parameters. Whatever is computed keeps in `why` the rows
that it follows, for `{% why %}` and for `note_use`.
"""
