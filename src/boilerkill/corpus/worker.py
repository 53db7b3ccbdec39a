"""A process that cleans documents for a run: ``python -m boilerkill.corpus.worker``.

It gets the settings and then documents on standard input, and sends what each becomes on standard
output as soon as it is done, so that the run knows which document it is at. It ends when standard
input does, whatever it is doing, so that none stays behind when a run is killed.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
from typing import IO, Any

__all__ = ["main", "receive", "send"]

_LENGTH = struct.Struct("<Q")

# Cleaned before the first document, so that none has to wait for what is loaded when first used.
_WARM_UP = "Rain ended the drought on Monday.\n\nBy Ann Lee, May 3, 2024\n\nLeave a Reply"


def send(file: IO[bytes], message: object) -> None:
    """Send a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(_LENGTH.pack(len(data)))
    file.write(data)
    file.flush()


def receive(file: IO[bytes]) -> Any:
    """Return the next message.

    Raises:
        EOFError: If there is none any more.
    """
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def main() -> None:
    """Clean what comes until nothing comes any more."""
    # To be asked to end is for the run alone, which ends its processes itself.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library might print must not be taken for a message.
    os.dup2(2, 1)
    settings, work = receive(incoming)
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, tasks), daemon=True).start()

    from boilerkill.corpus.work import attempt

    attempt(_WARM_UP, "auto", settings, work=work)
    try:
        send(outgoing, "ready")
        while True:
            for number, text, format, site in tasks.get():
                send(outgoing, (number, attempt(text, format, settings, site, work)))
    except OSError:
        # The run is gone, and so is who could be told. Python's own way out would wait for
        # standard input, which another thread reads.
        os._exit(0)


def _listen(incoming: IO[bytes], tasks: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            tasks.put(receive(incoming))
    except (EOFError, OSError):
        os._exit(0)


if __name__ == "__main__":
    main()
