"""A papermill engine that names the cell in which a kernel died or timed out.

papermill reports an exception raised in a cell; a kernel that dies (memory, os._exit) or a cell
that never ends leaves no trace of where it was. This engine keeps it.
"""

import logging
from asyncio import CancelledError

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, papermill_engines
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from pipeline.kernels.client import QuickClient

NAME = "study"
LANGUAGE = "python"
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
    named = {"kernel_name": kernel_name, "language": LANGUAGE, "engine_name": NAME}
    return parameterize_notebook(notebook, parameters, **named)


class StudyEngine(NBClientEngine):
    """papermill's own engine, with the cell of a kernel's death or timeout in its error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **kwargs):
        """Execute as papermill does; raise KernelEndedError with the cell if the kernel ended."""
        try:
            return cls._with_another_kernel(nb_man, kernel_name, **kwargs)
        except CellTimeoutError:
            seconds = kwargs.get("execution_timeout")
            reason = f"the cell ran longer than the limit of {seconds} seconds"
        except (DeadKernelError, CancelledError):
            reason = "the kernel ended: memory exhausted, or the code ended the process"
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
papermill_engines.register(NAME, StudyEngine)
