"""Sphinx: its configuration, our extension, and the process that runs it.

Nothing here knows what stands on a page.
"""
