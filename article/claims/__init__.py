"""Every claim of the article, each examined by one small check.

`checks` holds them, a module per section; `reading` what they read, `yardsticks` how they judge,
`registry` what a check is; `ledger` runs them all, `words` tells them, `history` says what moved
since the last release, `places` where in the article each claim stands. To add one: see
docs/guides/add-a-claim.md.
"""

# those that whoever decides on clusters will ask about, for a page that has room for five: how much
# innovation, whether none at all, who leads, what it means for the region, and the reason given
KEY_CLAIMS = ("F4", "F3", "F21", "F54", "F59")
