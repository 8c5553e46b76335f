"""Speed of the methods, measured side by side in one run, one thread on both sides."""

import os

# before numpy is imported anywhere
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
