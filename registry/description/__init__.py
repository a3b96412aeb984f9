"""The register description: privacy notice (tietosuojaseloste) and the record of article 30.

Both are generated from the register items, the catalogue, the dated rules and the company's own
details; a published version is a snapshot that nobody edits.
"""
