"""Documents on the card (asiakirjat): what was made of a person, and the letter ordered from there.

Paper that lies behind a lock (paperiaineisto) is of `registry.archive`; files that came with a
request are of `registry.rights`.
"""
