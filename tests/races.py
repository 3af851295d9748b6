"""Many at once: threads that start together, each with a database connection of its own."""

import fcntl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.conf import settings
from django.db import connection


@contextmanager
def _alone() -> Iterator[None]:
    """One race at a time: two together would ask the server for more connections than it gives."""
    with (settings.VAR_DIR / "race.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def all_at_once(*actions) -> list:
    """Run every action in a thread of its own, together; their results or exceptions, in order."""
    start = Barrier(len(actions))

    def run(action):
        try:
            start.wait(timeout=60)
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with _alone(), ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def succeeded(results: list) -> int:
    return sum(not isinstance(result, Exception) for result in results)


def kinds_of_failure(results: list) -> set[str]:
    return {type(result).__name__ for result in results if isinstance(result, Exception)}
