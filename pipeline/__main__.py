"""The commands behind make: `python -m pipeline TARGET`."""

import faulthandler
import gc
import os
import signal
import sqlite3
import sys
import threading
import time
from importlib import import_module

from pipeline.errors import StudyError, describe, is_missing_module_of_ours
from pipeline.kernels.garbage_collection import collect_less_often
from pipeline.places import PROJECT, places

# target: function (places) -> exit status, imported only when called
COMMANDS = {
    "all": "pipeline.build.up_to_date:make",
    "data": "pipeline.build.make:make data",
    "tables": "pipeline.build.make:make tables verification",
    "claims": "pipeline.build.make:make claims",
    "site": "pipeline.build.up_to_date:make",  # the pages show everything, so everything is made
    "why": "pipeline.build.make:why",
    "notebook": "pipeline.notebooks.commands:run_one",
    "refresh": "pipeline.notebooks.commands:refresh",
    "lab": "pipeline.notebooks.lab:lab",
    "report": "pipeline.reports.commands:report",
    "readme": "pipeline.outputs.documents.readme:write_readme",
    "codebook": "pipeline.outputs.documents.codebook:write_codebook",
    "critical-values": "pipeline.outputs.documents.critical_values:write_critical_values",
}
# these read DATA, OUT and NAME their own way: function () -> exit status
APART = {
    "new-study": "pipeline.own_study.new_study:new_study",
    "import": "pipeline.own_study.import_study:import_study",
    "workbook": "pipeline.own_study.new_study:write_workbook_of",
    "checksums": "pipeline.own_study.new_study:renew_checksums",
    "archive": "pipeline.outputs.archive:write_archive",
}


def main(arguments):
    """Carry out one target; return the exit status."""
    os.chdir(PROJECT)
    signal.signal(signal.SIGTERM, _interrupt)
    _end_with_make()
    target = arguments[0] if arguments else "all"
    command, *wanted = (COMMANDS | APART)[target].split()
    module, _, function = command.partition(":")
    try:
        call = getattr(import_module(module), function)
        if target in APART:
            return call()
        return call(places(), wanted) if wanted else call(places())
    except StudyError as error:
        print(error, file=sys.stderr)
        return error.status
    except (OSError, sqlite3.Error, ImportError) as error:  # a full disk, a broken environment
        if is_missing_module_of_ours(error):
            raise
        print(describe(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted: what is finished stands, the next make goes on from here.")
        return 130


def _interrupt(number, _frame):
    """End a run as Ctrl-C does; make hands the signal on, so that it may come twice."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _open_streams():
    """Open standard streams that are closed, so that no other file gets their descriptors."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)  # gets the first number that is free
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))


def _end_with_make():
    """End this process when make is killed."""
    owner = os.getppid()
    if "MAKELEVEL" not in os.environ or os.name == "nt":
        return

    def watch():
        while os.getppid() == owner:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    collect_less_often()  # a twelfth of the time of this process: most of it is imports
    _open_streams()
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)  # kill -USR1 shows where a run waits
    status = main(sys.argv[1:])
    sys.stdout.flush()
    gc.freeze()  # or all that was made is looked through again before the process ends
    sys.exit(status)
