"""Every claim of the article, each examined by one small check.

`checks` holds them, a module per section; `reading` what they read, `yardsticks` how they judge,
`registry` what a check is; `ledger` runs them all, `words` tells them, `history` says what moved
since the last release, `places` where in the article each claim stands. To add one: see
docs/guides/add-a-claim.md.
"""
