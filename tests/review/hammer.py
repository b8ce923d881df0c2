"""One officer of many, a process of its own: acts on the cases of a store and prints the ledger number of each acknowledged act.

``python -m tests.review.hammer PLACE NAME ACTS``: also prints ``stale`` for each act that was refused because the case had changed.
"""

from __future__ import annotations

import sys

from screening.errors import StaleCaseError
from screening.review import CaseStore
from tests.review.determinations import TERMS, by

CASES = 3


def main(place: str, name: str, acts: int) -> None:
    store = CaseStore.make(place, lambda: TERMS, by(name))  # as every process that comes to a new store does
    for number in range(acts):
        case_id = number % CASES + 1
        seen = store.case(case_id).state.version
        try:
            if number % 2:
                event = store.decide(
                    case_id, "held" if number % 4 == 1 else "referred", "any", by(name), seen, text=f"{name} {number}"
                ).event
            else:
                event = store.note(case_id, f"{name} {number}", by(name), seen)
        except StaleCaseError:
            print("stale", flush=True)
        else:
            print(event.seq, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
