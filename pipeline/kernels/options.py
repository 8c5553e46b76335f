"""The options of the kernels that run notebooks, forked or ordinary: what decides their outputs."""

# the margins as drawn; a picture of plain areas gets no smaller by more pains in compressing it
PICTURE = {"bbox_inches": None, "pil_kwargs": {"compress_level": 1}}
OPTIONS = {
    "InlineBackend": {"print_figure_kwargs": PICTURE},
    "HistoryManager": {"enabled": False},  # each kernel would open the same file
    # what its process itself prints is no output of a notebook: others can make ipykernel print
    "IPKernelApp": {"capture_fd_output": False},
}


def as_arguments():
    """Return the options as an ordinary kernel gets them, on its command line.

    >>> as_arguments()[1]
    '--HistoryManager.enabled=False'
    """
    return [
        f"--{part}.{name}={value}"
        for part, values in OPTIONS.items()
        for name, value in values.items()
    ]
