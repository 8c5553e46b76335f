#!/usr/bin/env bash
# IPython 9.18.1, matplotlib-inline 0.2.2: a shell that exists already takes no options: instance()
# returns it and ignores the configuration it is given, without a word, and so does the inline backend
# that asks the shell for its own. A figure of 640 points is then cut to what is drawn in spite of
# bbox_inches: None. Kernels that are forked with a shell in them so ignore what they are started with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check matplotlib==3.10.9 matplotlib-inline==0.2.2 ipython==9.18.1
MPLBACKEND=module://matplotlib_inline.backend_inline "$folder/bin/python" -W ignore - <<'PY'
import base64
import struct

import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend
from traitlets.config import Config


def width(shell):
    figure = plt.figure()
    plt.plot([1, 2])
    png = shell.display_formatter.format(figure)[0]["image/png"]
    plt.close(figure)
    png = base64.b64decode(png) if isinstance(png, str) else png
    return struct.unpack(">I", png[16:20])[0]


options = Config({"InlineBackend": {"print_figure_kwargs": {"bbox_inches": None}}})
before = InteractiveShell.instance()
shell = InteractiveShell.instance(config=options)
configure_inline_support(shell, "inline")
kept, found = InlineBackend.instance().print_figure_kwargs, width(shell)
print("with options for a shell that was there:", found, "points wide,", kept)
assert shell is before and kept != {"bbox_inches": None} and found < 640, "the behaviour has changed"
PY
