"""Steps in processes of their own: no more at a time than there are cores."""

import sys
from threading import BoundedSemaphore
from types import SimpleNamespace

import pytest

from pipeline.build import calls


def test_a_call_takes_one_of_the_places_and_gives_it_back_whatever_happens(monkeypatch):
    free = []

    def answer(*_):
        free.append(calls.AT_A_TIME.acquire(blocking=False))
        raise OSError(28, "No space left on device")

    server = SimpleNamespace(started=True, call=answer)
    monkeypatch.setitem(sys.modules, "pipeline.kernels.forkserver", server)
    monkeypatch.setattr(calls, "AT_A_TIME", BoundedSemaphore(1))
    for _ in range(2):
        with pytest.raises(OSError, match="No space left"):
            calls.call_in_process("builtins:print")
    assert free == [False, False]
