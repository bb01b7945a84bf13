"""One thread for the linear algebra of an analysis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """While it lasts, NumPy's and SciPy's products run on one thread. Also a decorator.

    Ours are of small matrices: several threads gain little on idle cores and wait busily for each other on others
    (three times the CPU seconds on two shared cores). And one thread adds in one order, so that machines agree.
    """
    with threadpool_limits(limits=1, user_api="blas"):
        yield
