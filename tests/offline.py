"""Cut the network of the tests and of all they start: only this machine's own loopback is left."""

import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_ of sched.h
SET_FLAGS, UP = 0x8914, 1  # SIOCSIFFLAGS, IFF_UP
CUT = "the network was cut: nothing could leave this machine"


def cut_network():
    """Move this process into a network namespace of its own; return what came of it, in words."""
    if sys.platform != "linux":
        return "the network was not cut: only Linux can"
    import fcntl  # not everywhere

    uid, gid = os.getuid(), os.getgid()
    own_user = uid != 0  # root needs none; others become master of a namespace first
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NETWORK | NEW_USER * own_user):
        return f"the network was not cut: {os.strerror(ctypes.get_errno())}"
    if own_user:
        for name, text in (("setgroups", "deny"), ("uid_map", uid), ("gid_map", gid)):
            line = text if name == "setgroups" else f"{text} {text} 1"
            Path(f"/proc/self/{name}").write_text(line)
    with socket.socket() as any_socket:
        request = struct.pack("16sh14x", b"lo", UP)
        fcntl.ioctl(any_socket, SET_FLAGS, request)
    return CUT
