"""The ``stc`` command in small parts, with a fault where FAULT says: ``python -m tests.execute.command screen …``.

FAULT is ``how:stage:number``; spawned workers come to it too, because they import this module as the command does. ``kill`` ends the
process that would keep the unit, ``kill-once`` only the first time, ``hang`` lets it tell that it is there and then wait.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import cli
from screening import batch
from screening.execute.workspace import Workspace

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
HOW, STAGE, NUMBER = os.environ.get("FAULT", "none::-1").split(":")
_keep = Workspace.keep


def keep(self: Workspace, stage: str, number: int, *what: Any) -> None:
    if (stage, number) == (STAGE, int(NUMBER)):
        told = Path(os.environ["TOLD"])
        is_first = not told.exists()
        told.touch()
        if HOW == "kill" or (HOW == "kill-once" and is_first):
            os.kill(os.getpid(), KILL)
        elif HOW == "hang":
            time.sleep(60)
    _keep(self, stage, number, *what)


if __name__ in ("__main__", "__mp_main__"):  # the command, and its workers
    batch.PART_ROWS, batch.MOST_TEXTS = 12, 20
    Workspace.keep = keep  # type: ignore[method-assign]

if __name__ == "__main__":
    cli.main()
