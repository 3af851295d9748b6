"""Many at once: threads that start together, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


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

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def succeeded(results: list) -> int:
    return sum(not isinstance(result, Exception) for result in results)


def kinds_of_failure(results: list) -> set[str]:
    return {type(result).__name__ for result in results if isinstance(result, Exception)}
