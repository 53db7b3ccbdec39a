"""Clean documents in several processes, in order, whatever becomes of a process.

A process that takes too long over a document, or dies of one, is replaced: that document has
failed, and the others of its batch go on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Generic, TypeVar

from boilerkill.corpus.record import CHUNK_BYTES, Outcome
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.work import Work, attempt, clean_document
from boilerkill.corpus.worker import receive, send

__all__ = ["Pool", "PoolError", "Task"]

Tag = TypeVar("Tag")
Document = tuple[str | bytes, str, str | None]

# So many batches for each process are read before the first of them must be done.
_AHEAD = 16

# So many batches a process has at most: the next is there when one is done.
_AT_HAND = 2

# How long a process may take until it is ready: that is no document's fault.
_START = 120.0


# It imports what this process would, and nothing that happens to be in the working folder.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from boilerkill.corpus.worker import main; main()"
)


class PoolError(RuntimeError):
    """The processes can't be started."""


@dataclass
class Task(Generic[Tag]):
    """Documents that are cleaned together.

    Attributes:
        tag: What the caller knows them by.
        documents: Their texts, formats and sites.
        results: What each becomes, or why it failed.
        left: How many have no result yet.
    """

    tag: Tag
    documents: list[Document]
    results: list[Outcome | str | None] = field(default_factory=list)
    left: int = 0

    def __post_init__(self) -> None:
        """Make room for the results."""
        self.results = [None] * len(self.documents)
        self.left = len(self.documents)

    @property
    def size(self) -> int:
        """About how many bytes the documents are."""
        return sum(len(document[0]) for document in self.documents)

    def finish(self, number: int, result: Outcome | str) -> None:
        """Note what became of one document."""
        self.results[number] = result
        self.left -= 1


class Pool:
    """Processes that clean; to be used in a `with` statement, which ends them."""

    def __init__(self, settings: CorpusSettings, work: Work = clean_document) -> None:
        """Start nothing yet: processes start when there is work for them.

        Args:
            settings: The settings of the run.
            work: What is done with each document.
        """
        self._settings = settings
        self._work = work
        self._jobs = cores() if settings.jobs is None else settings.jobs
        self._workers: list[_Worker] = []
        self._events: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()
        self._todo: deque[Task[Any]] = deque()

    def __enter__(self) -> Pool:
        """Return the pool."""
        return self

    def __exit__(self, *exception: object) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.end()

    def map(self, tasks: Iterable[Task[Tag]]) -> Iterator[Task[Tag]]:
        """Yield the tasks in their order, when they are done.

        A bounded number is read ahead.

        Raises:
            PoolError: If the processes can't be started.
        """
        if self._jobs == 0:
            for task in tasks:
                for number, document in enumerate(task.documents):
                    task.finish(number, self._attempt(*document))
                yield task
            return
        waiting: deque[Task[Tag]] = deque()
        source = iter(tasks)
        size, more = 0, True
        while more or waiting:
            if more and len(waiting) < _AHEAD * self._jobs and size < self._most_bytes:
                coming = next(source, None)
                if coming is None:
                    more = False
                    continue
                waiting.append(coming)
                size += coming.size
                if coming.left:
                    self._todo.append(coming)
                self._assign()
                self._handle_events(wait=False)
            elif waiting and waiting[0].left:
                self._handle_events(wait=True)
            while waiting and not waiting[0].left:
                done = waiting.popleft()
                size -= done.size
                yield done

    def _attempt(self, text: str | bytes, format: str, site: str | None) -> Outcome | str:
        return attempt(text, format, self._settings, site, self._work)

    @property
    def _most_bytes(self) -> int:
        return _AHEAD * self._jobs * CHUNK_BYTES

    def _assign(self) -> None:
        for at_hand in range(_AT_HAND):
            # The last batches are for who is free first.
            least = 1 if at_hand == 0 else len(self._workers) + 1
            for worker in self._workers:
                if len(self._todo) >= least and worker.has_room(at_hand):
                    worker.give(self._todo.popleft(), self._settings.timeout)
        if self._todo and len(self._workers) < self._jobs:
            idle_soon = sum(worker.starting for worker in self._workers)
            if idle_soon < len(self._todo):
                self._workers.append(_Worker((self._settings, self._work), self._events))

    def _handle_events(self, *, wait: bool) -> None:
        """Take what the processes say, and replace those that say nothing for too long."""
        with contextlib.suppress(queue.Empty):
            timeout = self._until_deadline() if wait else 0
            worker, message = (
                self._events.get(timeout=timeout) if timeout else (self._events.get_nowait())
            )
            while True:
                self._handle(worker, message)
                worker, message = self._events.get_nowait()
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.deadline < now:
                if worker.starting:
                    raise PoolError("a process does not start")
                self._replace(worker, f"took longer than {self._settings.timeout:g} s (--timeout)")
        self._assign()

    def _until_deadline(self) -> float:
        nearest = min((worker.deadline for worker in self._workers), default=time.monotonic())
        return max(0.001, min(nearest - time.monotonic(), 1.0))

    def _handle(self, worker: _Worker, message: Any) -> None:
        if worker not in self._workers:
            return
        if message is None:
            code = worker.process.wait()
            if worker.starting:
                raise PoolError(f"a process ends before it begins (exit code {code})")
            ending = f"signal {-code}" if code < 0 else f"exit code {code}"
            self._replace(worker, f"the process that cleaned it died ({ending})")
        elif message == "ready":
            worker.ready()
        else:
            worker.take(message, self._settings.timeout)

    def _replace(self, worker: _Worker, reason: str) -> None:
        """End a process; the document that it was at has failed, what is left goes to another."""
        worker.end()
        self._workers.remove(worker)
        if worker.tasks:
            task = worker.tasks[0]
            number = next(n for n, result in enumerate(task.results) if result is None)
            task.finish(number, reason)
        self._todo.extendleft(task for task in reversed(worker.tasks) if task.left)


class _Worker:
    """One process."""

    def __init__(self, orders: object, events: queue.SimpleQueue[tuple[_Worker, Any]]) -> None:
        self.starting = True
        # What it has at hand; it is at the first.
        self.tasks: deque[Task[Any]] = deque()
        self.deadline = time.monotonic() + _START
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A process is for one core; threads of numpy's that nothing asks for would wait for
            # work on another.
            env={"OPENBLAS_NUM_THREADS": "1", **os.environ},
            # Ctrl-C is for the run alone, which ends its processes itself.
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in: IO[bytes] = self.process.stdin
        self._out: IO[bytes] = self.process.stdout
        self._to_send: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._to_send.put(orders)
        self._threads = [
            threading.Thread(target=self._listen, args=(events,), daemon=True),
            threading.Thread(target=self._speak, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def has_room(self, at_hand: int) -> bool:
        return not self.starting and len(self.tasks) == at_hand

    def ready(self) -> None:
        self.starting = False
        self.deadline = float("inf")

    def give(self, task: Task[Any], timeout: float) -> None:
        if not self.tasks:
            self.deadline = time.monotonic() + timeout
        self.tasks.append(task)
        documents = [
            (number, *document)
            for number, (document, result) in enumerate(
                zip(task.documents, task.results, strict=True)
            )
            if result is None
        ]
        self._to_send.put(documents)

    def take(self, message: tuple[int, Outcome | str], timeout: float) -> None:
        self.tasks[0].finish(*message)
        if not self.tasks[0].left:
            self.tasks.popleft()
        self.deadline = time.monotonic() + timeout if self.tasks else float("inf")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._to_send.put(None)
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(OSError):
            self._in.close()
        self._out.close()

    def _speak(self) -> None:
        """Send what there is to send, apart from the run: a process that hangs reads nothing."""
        while (message := self._to_send.get()) is not None:
            # That it is gone is said by its output, which ends.
            with contextlib.suppress(OSError):
                send(self._in, message)

    def _listen(self, events: queue.SimpleQueue[tuple[_Worker, Any]]) -> None:
        try:
            while True:
                events.put((self, receive(self._out)))
        except (EOFError, OSError, ValueError):
            events.put((self, None))


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
