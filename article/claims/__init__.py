"""Every claim of the article on which data bear, as one small check; a module per section.

`registry` says what a check is, `reading` what the checks read, `ledger` runs them all. To add a
claim: one row in data/raw/claims.csv, and one check in the module of its section.
"""
