"""The commands behind make: `python -m pipeline TARGET`."""

import os
import sys
import threading
import time

from pipeline.places import PROJECT, UsageError, places

DATA_WRONG = 2  # exit status for bad data or a call that cannot be carried out


def main(arguments):
    """Carry out one target; return the exit status."""
    os.chdir(PROJECT)
    _end_with_make()
    target = arguments[0] if arguments else "all"
    try:
        return COMMANDS[target](places())
    except UsageError as error:
        print(error, file=sys.stderr)
        return DATA_WRONG
    except KeyboardInterrupt:
        print("\nInterrupted: what is finished stands, the next make goes on from here.")
        return 130


def _build(where, wanted=None):
    """Make the stale steps of a study, all or those named; say how it went."""
    from pipeline.build import Build, alone

    with alone(where.memory, print):
        build = Build(where.memory)
        try:
            return _build_alone(build, where, wanted)
        finally:
            build.close()


def _build_alone(build, where, wanted):
    from pipeline.graph import data_step, manifest_step, study_steps
    from pipeline.summary import summarise

    first = data_step(where)
    status = _make_data(build, first)
    if status or wanted == ["data"]:
        return status
    chosen, left_out = study_steps(where, wanted)
    if not wanted:
        chosen.append(manifest_step(where, chosen))
        build.forget_others([first, *chosen])
    failed = _make(build, where, chosen)
    lines, reproduced = summarise(where, chosen, left_out)
    print("\n".join(lines))
    if failed:
        print(f"{len(failed)} steps failed: {', '.join(failed)}", file=sys.stderr)
    return 0 if reproduced and not failed else 1


def _make_data(build, step):
    from pipeline.progress import Progress

    if not build.stale([step]):
        return 0
    failed = build.run([step], Progress(1))
    return DATA_WRONG if failed else 0


def _make(build, where, steps):
    from pipeline.progress import Progress

    stale = build.stale(steps)
    if not stale:
        return {}
    # it stands only beside results that are whole
    (where.results / "manifest.json").unlink(missing_ok=True)
    if any(path.suffix == ".ipynb" for step in steps for path in step.outputs):
        from pipeline.runner import prepare

        prepare()
    return build.run(steps, Progress(len(stale)))


def _why(where):
    """Print which steps are stale, and why."""
    from pipeline.build import Build, alone
    from pipeline.graph import data_step, manifest_step, study_steps

    with alone(where.memory, print):
        build = Build(where.memory)
        stale = build.stale([data_step(where)])
        if not stale:
            chosen, _ = study_steps(where)
            stale = build.stale([*chosen, manifest_step(where, chosen)])
        build.close()
    for name, reasons in stale.items():
        print(f"{name}\n  " + "\n  ".join(reasons))
    print("Nothing is stale." if not stale else f"{len(stale)} steps are stale.")
    return 0


def _end_with_make():
    """When make is killed, its child must not go on writing behind its back."""
    owner = os.getppid()
    if "MAKELEVEL" not in os.environ or os.name == "nt":
        return

    def watch():
        while os.getppid() == owner:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


COMMANDS = {
    "all": _build,
    "data": lambda where: _build(where, ["data"]),
    "tables": lambda where: _build(where, ["tables", "verification"]),
    "why": _why,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
