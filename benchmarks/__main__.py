"""Run the benchmarks, one after the other, or the one named: `make bench NAME=trend`."""

import os
import subprocess
import sys
import time

PARTS = (
    *("notebooks", "whole", "clusters", "explore", "trend", "composite", "robustness"),
    *("integral", "wide", "charts", "claims"),
)


def main(name=""):
    """Return the exit status: 0 when every part ran, 2 for an unknown one."""
    if name and name not in PARTS:
        print(f"NAME={name} is no benchmark; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    environment = {key: value for key, value in os.environ.items() if key != "NAME"}
    failed = False
    for part in [name] if name else PARTS:
        begin = time.perf_counter()
        print(f"== {part}", flush=True)
        run = subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], env=environment)
        print(f"   ({time.perf_counter() - begin:.0f} s)\n", flush=True)
        failed = failed or run.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(os.environ.get("NAME", "")))
