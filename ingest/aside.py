"""Functions called in a process of their own, as what strangers wrote may hold it up for ever or bring it down.

It is one process, kept for the next call and started again after one that it did not come to an end of. It is spoken
to in pickles: a function is found by its name, and arguments and answers are plain values.
"""

from __future__ import annotations

import os
import pickle  # between this program and itself
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Protocol, TypeVar

from ingest.limit import OUT_OF_TIME, ended_after
from kb.errors import ChronographError, SkipInput

_Answer = TypeVar("_Answer")

_SECONDS = 60.0
"""Of CPU that a call may take: functions that keep a time of their own have ended in good order by then."""
_TO_END = 5.0
"""Seconds that the process has to end in once it says nothing more."""
_TRIES = 2
"""A process may also end for lack of memory, which is not for what it reads."""


class Call(Protocol):
    """A way to call a function that reads `what`, which is named for people."""

    def __call__(self, what: str, function: Callable[..., _Answer], /, *args: object, **named: object) -> _Answer:
        """What `function` returns or raises; SkipInput for what it does not come to an end of."""


def here(_: str, function: Callable[..., _Answer], /, *args: object, **named: object) -> _Answer:
    """Call a function in this process."""
    return function(*args, **named)


class MistakeError(Exception):
    """What went wrong in the process, as text: errors of libraries do not always travel."""


class _Ended(Exception):
    """The process has ended at a call, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Aside:
    """The process, which starts with the first call. Threads may share it; they wait for each other."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """`seconds` of CPU are what one call may take."""
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, what: str, function: Callable[..., _Answer], /, *args: object, **named: object) -> _Answer:
        """What `function` returns, or what it raises of this program's errors.

        Raises SkipInput, naming `what`, if it takes too long or brings the process down, and MistakeError for the rest.
        """
        given = pickle.dumps((self._seconds, function, args, named))
        with self._turn:
            done, answer = self._read(what, given)
        if not done:
            raise answer
        return answer  # type: ignore[no-any-return]

    def call_or_skip(self, what: str, function: Callable[..., _Answer], /, *args: object, **named: object) -> _Answer:
        """The same for those who go on with the rest: SkipInput, too, for a mistake of ours."""
        try:
            return self.call(what, function, *args, **named)
        except MistakeError as err:
            raise SkipInput(what, f"a bug in Chronograph kept it out ({err}); please report it") from err

    def close(self) -> None:
        """End the process."""
        with self._turn:
            if self._process is not None:
                self._end(self._process)

    def _read(self, what: str, given: bytes) -> tuple[bool, Any]:
        code = 0
        for _ in range(_TRIES):
            try:
                return self._answer(given)
            except _Ended as ended:
                code = ended.code
            if code == -OUT_OF_TIME:
                raise SkipInput(what, f"reading it took more than {self._seconds:.0f} seconds", kind="too intricate")
        raise SkipInput(what, f"reading it brought down the process that did ({_named(code)})", kind="too intricate")

    def _answer(self, given: bytes) -> tuple[bool, Any]:
        process = self._process = self._process or _start()
        assert process.stdin and process.stdout  # noqa: S101, PT018 - they are pipes
        try:
            process.stdin.write(given)
            process.stdin.flush()
            return pickle.load(process.stdout)  # type: ignore[no-any-return]  # noqa: S301 - it is ours
        except (OSError, EOFError, pickle.UnpicklingError) as err:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_TO_END)
            raise _Ended(self._end(process)) from err
        except BaseException:  # half an answer would be taken for the next one's
            self._end(process)
            raise

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        """Its exit code."""
        self._process = None
        process.kill()
        process.communicate()
        return process.returncode


def _start() -> subprocess.Popen[bytes]:
    """One started afresh: a fork of a process with threads is not safe. It loads nothing from the folder it is in."""
    command = [sys.executable, "-P", "-m", __name__]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - it is this program


def _named(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _serve(calls: BinaryIO, answers: BinaryIO) -> None:
    """Answer calls until there are no more, as when the process that asks has ended."""
    while True:
        try:
            seconds, function, args, named = pickle.load(calls)  # noqa: S301 - of the process that started this one
        except EOFError:
            return
        with ended_after(seconds):
            answers.write(pickle.dumps(_outcome(function, args, named)))
        answers.flush()


def _outcome(function: Callable[..., object], args: tuple[Any, ...], named: dict[str, Any]) -> tuple[bool, object]:
    try:
        return True, function(*args, **named)
    except ChronographError as err:
        return False, err
    except Exception as err:  # noqa: BLE001 - whatever it is, it is told
        return False, MistakeError(f"{type(err).__name__}: {err}")


def main() -> None:
    """Serve the process that started this one, over standard input and output."""
    for number in (signal.SIGINT, signal.SIGTERM):  # told to all of a group, they are for the one that asks
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with suppress(BrokenPipeError):
        _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    from ingest.aside import main  # what travels is then of the module that the other side knows

    main()
