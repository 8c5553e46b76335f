#!/usr/bin/env bash
# ipykernel 7.4.0: in the kernel that it offers for use within a process, a cell with a top-level await
# has no reply: its handler ends in AttributeError ('NoneType' object has no attribute 'parent_thread'),
# which is only logged, and the client raises queue.Empty where any other cell, failed or not, has an
# answer. The cell itself is carried out later, while the next one is. In an ordinary kernel of this
# version it runs as any other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check ipykernel==7.4.0 ipython==9.18.1 jupyter_client==8.10.0
HOME=$folder PYDEVD_DISABLE_FILE_VALIDATION=1 "$folder/bin/python" -W ignore - <<'PY'
import logging
import queue

from ipykernel.inprocess import InProcessKernelManager

logged = []
handler = logging.Handler()
handler.emit = lambda record: logged.append(record.exc_info[1])
logging.getLogger("ipykernel.inprocess.ipkernel").addHandler(handler)
manager = InProcessKernelManager()
manager.start_kernel()
client = manager.client()
client.start_channels()


def reply(code):
    client.execute(code)
    return client.get_shell_msg(timeout=5)["content"]["status"]


cells = ["x = 1", "1 / 0", "import asyncio; await asyncio.sleep(0); x = 2", "x"]
found, x = [], []
for cell in cells:
    try:
        found.append(reply(cell))
    except queue.Empty:
        found.append("no reply")
    x.append(manager.kernel.shell.user_ns["x"])
print(dict(zip(cells, found)), "x after each:", x, repr(logged))
assert found == ["ok", "error", "no reply", "ok"], "the behaviour has changed"
assert x == [1, 1, 1, 2], "the behaviour has changed"
assert isinstance(logged[0], AttributeError) and "parent_thread" in str(logged[0])
PY
