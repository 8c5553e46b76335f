"""Comparative, trend, index, composite and robustness methods for small regional studies."""
