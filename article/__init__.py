"""What is about this one article: its tables, its claims, its audit.

Nothing that another study could use: that is a method, and stands in `analysis`.
"""
