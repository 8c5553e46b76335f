"""What is written: tables, figures, manifest, archive, in canonical bytes and many formats.

The only place that writes results; nothing is computed here that a method could compute.
"""
