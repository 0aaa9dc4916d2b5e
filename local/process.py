"""Starts and stops child processes that cannot outlive the process that started them."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Process = subprocess.Popen[bytes]

PR_SET_PDEATHSIG = 1
DISK_FULL = "The disk is full: free some space (a first run needs about 2 GB) and run it again."
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """Something the developer can put right; the message says how."""


def spawn(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: tuple[int, int] | None = None,
    dies_by: signal.Signals = signal.SIGTERM,
) -> Process:
    """Start a command that writes to a log and dies with this process, even if that is killed.

    A group of its own keeps Ctrl-C in the terminal from reaching it: we stop it in our order.
    """
    uid, gid = user or (None, None)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            user=uid,
            group=gid,
            extra_groups=None if user is None else [],
            process_group=0,
            preexec_fn=_bind_to_parent(os.getpid(), dies_by),  # noqa: PLW1509  # one system call
        )


def finish(process: Process, log: Path) -> None:
    """Let a process run to its end; a failure is told with the last lines it logged."""
    try:
        code = process.wait()
    finally:
        stop(process)
    if code:
        raise CannotStart(failure(log.stem, log))


def stop(process: Process, how: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a process to end, wait for it, and kill whatever is left of its group."""
    if process.poll() is None:
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    # macOS answers EPERM instead of ESRCH for a group that has just ended.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready: Callable[[], bool], name: str, process: Process | None, log: Path) -> None:
    """Wait until a started process is ready, or say why it never will be."""
    deadline = time.monotonic() + 60
    while not ready():
        if process is None or process.poll() is not None:
            raise CannotStart(failure(name, log))
        if time.monotonic() > deadline:
            raise CannotStart(f"{name} was not ready within 60 s; its log is {log}.")
        time.sleep(0.02)


def failure(name: str, log: Path) -> str:
    """Say that a process failed, in the words of its own log."""
    lines = log.read_text(errors="replace").splitlines()[-12:] if log.exists() else []
    # On a full disk the log itself may have stopped short of saying so.
    if shutil.disk_usage(log.parent).free < 1_000_000 or "No space left on device" in str(lines):
        return DISK_FULL
    return "\n    ".join([f"{name} stopped by itself; the end of {log} says why:", *lines])


def _bind_to_parent(parent: int, how: signal.Signals) -> Callable[[], None] | None:
    """Return what a new child does first: ask Linux for a signal when its parent is gone."""
    if LIBC is None:
        return None
    prctl = LIBC.prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(how))
        if os.getppid() != parent:
            os.kill(os.getpid(), how)

    return bind
