"""The rules of resident selection (asukasvalinnan säännöt). Pure: no database, no clock.

Facts of a household (`facts`) become an assessment (`assessing`), which a flat's regime turns into
findings (`judging`); `ranking` orders those that may be chosen and tells what decides.
"""
