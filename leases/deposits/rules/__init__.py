"""Rules of deposits: pure functions. No database, no clock.

Source: AHVL 8 and 25 §, act 531/2026; tenancy specification 2.2; data protection specification,
A45 and A46. Numbers come in as dated rows; today and holidays are parameters.
"""
