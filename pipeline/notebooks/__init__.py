"""Notebooks run by papermill: parameters checked, executed, kept in canonical form; JupyterLab.

No analysis here: what a notebook computes is the library's.
"""
