"""How a kernel, or a step's process, starts: forked from one process that imported everything.

Nothing here knows notebooks or studies; README.md says how it works and what it saves.
"""
