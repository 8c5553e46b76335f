"""What is built from what: the table of steps, their state, progress and summary.

Nothing here knows what a step makes; `graph.toml` names it.
"""
