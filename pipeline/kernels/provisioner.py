"""A kernel provisioner of jupyter_client: kernels are forked from the fork server.

`jupyter_client` finds `ForkProvisioner` by the entry point "fork-server" of pyproject.toml, which
`jupyter/kernels/forked/kernel.json` names; so papermill and nbval use it through the kernel's name.
"""

import contextlib
import multiprocessing
import os
import shutil
import signal
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerBase

from pipeline.kernels.forkserver import ENVIRONMENT, start_process, wait_for

START_TIMEOUT = 60  # seconds for a kernel to start, as in nbclient


def _become_kernel(*arguments):
    """Become a kernel: the process that asks for one imports nothing of IPython."""
    from pipeline.kernels.forked_kernel import become_kernel

    become_kernel(*arguments)


class ForkProvisioner(KernelProvisionerBase):
    """Start, signal and end a forked kernel: the documented interface of a provisioner."""

    process = None

    @property
    def has_process(self):
        """Tell whether a kernel was started and not yet waited for."""
        return self.process is not None

    async def pre_launch(self, **kwargs):
        """Hand on the options of a kernel: there is no command to put together."""
        options = kwargs.pop("extra_arguments", [])
        return await super().pre_launch(cmd=options, **kwargs)

    async def launch_kernel(self, cmd, **kwargs):
        """Fork a kernel, wait until it listens, and return its connection info."""
        environment = kwargs["env"] | ENVIRONMENT
        folder = str(kwargs.get("cwd") or Path.cwd())
        ours, theirs = multiprocessing.Pipe(duplex=False)
        self.process = start_process(_become_kernel, theirs, cmd, environment, folder)
        theirs.close()
        with ours, contextlib.suppress(EOFError):
            if ours.poll(START_TIMEOUT):
                self.connection_info = ours.recv()
                return self.connection_info
        await self.kill()
        raise RuntimeError("its process ended or did not answer")

    async def poll(self):
        """Return the exit code; None as long as the kernel lives."""
        return self.process.exitcode if self.process else 0

    async def wait(self):
        """Wait for the kernel to end; return its exit code."""
        process, self.process = self.process, None
        return wait_for(process) if process else 0

    async def send_signal(self, signum):
        """Send a signal; to a kernel that has ended, none."""
        if self.process and self.process.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signum)

    async def kill(self, restart=False):
        """End the kernel and wait for that: jupyter_client would look ten times a second."""
        if self.process:
            self.process.kill()
            wait_for(self.process)

    async def terminate(self, restart=False):
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart=False):
        """Remove the folder of its sockets."""
        if self.connection_info:
            shutil.rmtree(Path(self.connection_info["ip"]).parent, ignore_errors=True)
