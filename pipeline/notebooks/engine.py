"""papermill engines that name the cell in which a kernel died or timed out.

papermill reports an exception raised in a cell; a kernel that dies (memory, os._exit) or a cell
that never ends leaves no trace of where it was. These engines keep it: one asks an ordinary
kernel as papermill itself does, the other has all cells run in a forked process.
"""

import logging
from asyncio import CancelledError
from contextlib import closing

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from pipeline.kernels.client import QuickClient
from pipeline.kernels.execute import execute_cells
from pipeline.kernels.preparing import FORKED, ORDINARY

LANGUAGE = "python"
ENDED = "the kernel ended: memory exhausted, or the code ended the process"
TOO_LONG = "the cell ran longer than the limit of {} seconds"
CONFIG = Config(
    {
        # without it ipykernel warns of unencrypted sockets in every run
        "KernelManager": {"transport_encryption": "auto"},
        "AsyncKernelManager": {"client_factory": QuickClient},
    }
)


class KernelEndedError(RuntimeError):
    """A notebook whose kernel died or was killed after a timeout."""

    def __init__(self, cell, source, reason):
        """Keep the position of the cell (from 0), its code and the reason."""
        self.cell, self.source, self.reason = cell, source, reason
        super().__init__(reason)


def prepared(notebook, parameters, kernel_name):
    """Add papermill's metadata and the cell that sets the parameters."""
    notebook.metadata["papermill"] = {"parameters": {}}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        cell.metadata["papermill"] = NotebookNode()
    if not parameters:
        return notebook
    named = {"kernel_name": ORDINARY, "language": LANGUAGE, "engine_name": kernel_name}
    return parameterize_notebook(notebook, parameters, **named)


class OrdinaryEngine(NBClientEngine):
    """papermill's own engine, with the cell of a kernel's death or timeout in its error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **kwargs):
        """Execute as papermill does; raise KernelEndedError with the cell if the kernel ended."""
        try:
            return cls._with_another_kernel(nb_man, kernel_name, **kwargs)
        except CellTimeoutError:
            reason = TOO_LONG.format(kwargs.get("execution_timeout"))
        except (DeadKernelError, CancelledError):
            reason = ENDED
        except (NoSuchKernel, RuntimeError, ConnectionError, EOFError) as error:
            reason = f"the kernel did not start ({error})"
        raise KernelEndedError(*_started(nb_man.nb)[-1], reason)

    @classmethod
    def _with_another_kernel(cls, nb_man, kernel_name, **kwargs):
        """Retry once with another kernel if one did not start: its port may have been taken."""
        execute = super().execute_managed_notebook
        try:
            return execute(nb_man, kernel_name, **kwargs)
        except RuntimeError:
            if len(_started(nb_man.nb)) > 1:
                raise
        return execute(nb_man, kernel_name, **kwargs)


class ForkedEngine(Engine):
    """Have all cells run in one forked process; nbclient makes outputs of what they published."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=None, **kwargs):
        """Execute to the first cell that fails; raise KernelEndedError if the process ended."""
        try:
            return _execute_forked(nb_man, execution_timeout)
        except TimeoutError:
            reason = TOO_LONG.format(execution_timeout)
        except (EOFError, ConnectionError):
            reason = ENDED
        raise KernelEndedError(*_started(nb_man.nb)[-1], reason)


def _execute_forked(nb_man, seconds):
    reader = NotebookClient(nb_man.nb, record_timing=False)
    reader.reset_execution_trackers()
    cells = [(at, one) for at, one in enumerate(nb_man.nb.cells) if one.cell_type == "code"]
    with closing(execute_cells([cell.source for _, cell in cells], seconds)) as answers:
        for at, cell in cells:
            nb_man.cell_start(cell, at)
            cell.outputs, reader.clear_before_next_output = [], False
            for message in next(answers):
                reader.process_message(message, cell, at)
            if any(output.output_type == "error" for output in cell.outputs):
                return


def _started(notebook):
    """Return (position, code) of the cells that were started, after an empty one for the kernel."""
    begun = [
        (position, cell.source)
        for position, cell in enumerate(notebook.cells)
        if cell.metadata.get("papermill", {}).get("start_time")
    ]
    return [(0, ""), *begun]


# what goes wrong is said once, by us: neither by papermill, nor by the loop of a client that was
# listening to a kernel as it was ended
for name in ("papermill", "asyncio"):
    logging.getLogger(name).setLevel(logging.CRITICAL)
papermill_engines.register(ORDINARY, OrdinaryEngine)
papermill_engines.register(FORKED, ForkedEngine)
