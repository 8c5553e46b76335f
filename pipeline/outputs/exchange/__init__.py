"""Results in forms that other programs ask for: Stata's, and a list of targets of replication.

No analysis here: the tables are those of the study, the verdicts those of the ledger.
"""
