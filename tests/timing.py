"""How long a request keeps the processor, told so that a busy machine does not fail the test."""

import gc
import json
import time

ROUNDS = 7
#: What the yardstick takes on the machine that the figures are meant for, when it is idle.
NOMINAL = 0.009
YARDSTICK = [{"name": f"row {number}", "amount": number / 7} for number in range(4000)]


def seconds(request) -> float:
    """Of the processor, at its best, in time of an idle machine. Beside each round the same fixed
    piece of work is timed: where it takes longer than it should, the machine is slow just now.
    Neither what other tests have left in the memory is a part of it.
    """
    taken = []
    gc.freeze()
    for _round in range(ROUNDS):
        slow = max(1.0, _timed(lambda: json.loads(json.dumps(YARDSTICK))) / NOMINAL)
        taken.append(_timed(lambda: _answered(request)) / slow)
    gc.unfreeze()
    return min(taken)


def _answered(request) -> None:
    assert request().status_code < 400


def _timed(work) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
