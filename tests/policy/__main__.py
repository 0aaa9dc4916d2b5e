"""Hold the policy to its second statement for long: `python -m tests.policy [CASES]`.

Compares as many drawn cases of everything at once as are asked for, beside what the suite compares,
and the two tables cell by cell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain

from tests.policy import cases, operations
from tests.policy.case import Case
from tests.policy.compare import cells, differences

DRAWN = 500_000


def main(arguments: list[str]) -> None:
    """Print every kind of difference; none is what is hoped for."""
    number = int(arguments[0]) if arguments else DRAWN
    listed: Iterable[Case] = chain(
        cases.locks_at_work(), cases.rules_on_days(), cases.rules_and_locks(), cases.after_death()
    )
    found = differences(chain(listed, cases.drawn(number))) + operations.differences()
    found.update(cells())
    for line, count in found.most_common():
        print(f"{count:8} x {line}")
    sys.exit("The policy differs from its second statement." if found else 0)


main(sys.argv[1:])
