"""Composite indicators: normalise, weigh, aggregate, and say what is missing."""
