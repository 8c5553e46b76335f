"""What is made and committed: codebook, table of critical values, the results in the README.

No result is written here; `make refresh` calls these.
"""
