"""The web pages of a study, built offline from executed notebooks, result files and docstrings.

`write.py` gathers a folder of pages and hands it to Sphinx; `conf.py` and `extension.py` are what
Sphinx is told. Whatever comes from data reaches a page through a template that escapes it or
through `text.py`.
"""
