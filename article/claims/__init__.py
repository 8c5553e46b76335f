"""Checks of the article's claims, a module per section."""
