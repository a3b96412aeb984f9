"""Legal and company numbers as dated rows with their source, and the holidays that move deadlines.

No such number stands in code. A room registers its rules with `registry.register` and asks for
them with `queries.rule(key, on)`; a decision keeps the version it used (`services.note_use`).
"""
