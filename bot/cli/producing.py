"""Makes the files of several stations at once, each station in one process, and gives them out in their order."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from bot.errors import InvalidInputError
from bot.reports.production import produce

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.problems import Problem
    from bot.reports.production import Order, Production

_FEW: Final = 2
"""So many are made sooner than another process is up."""
_NICENESS: Final = 10
"""A running bot comes first."""


def productions(orders: Sequence[Order]) -> Iterator[Production | tuple[Problem, ...]]:
    """What each order comes to, or what is wrong with its templates; a core is left to whatever else runs."""
    processes = min((os.cpu_count() or 1) - 1, len(orders))
    if len(orders) > _FEW:
        os.nice(_NICENESS)
    if processes <= 1 or len(orders) <= _FEW:
        yield from map(_made, orders)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(_made, orders)


def _made(order: Order) -> Production | tuple[Problem, ...]:
    try:
        return produce(order)
    except InvalidInputError as error:
        return error.problems
