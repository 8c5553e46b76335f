"""One module per kind of web page: front page, claims, audit, tables, cases, reference.

Each returns text for Sphinx; how Sphinx is run stands in `sphinx_build`.
"""
