"""Run the fuzz: `python -m tests.fuzz --inputs 100000 --seconds 1800`. A failing input is kept as a file to look at."""

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from etl.inputs import DATA
from etl.intake.check import check
from etl.intake.context import Context
from etl.intake.facts import Kind, Options
from etl.intake.guard import uploaded
from etl.intake.report import Outcome, RejectedError, Report
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import seeds

HANG_S = 10
BATCH = 500
KEPT = Path("fuzz-failures")


@dataclass(frozen=True, slots=True)
class Broken:
    """An input that crashed, hung or lost a row."""

    kind: str
    name: str
    reason: str
    data: bytes


class HangError(Exception):
    """One input took longer than `HANG_S`."""


def hung(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Stop an input that takes too long."""
    raise HangError


def broken_law(report: Report) -> str:
    """Return what of the account does not add up, "" if nothing."""
    if report.outcome is Outcome.REJECT:
        return "" if report.messages and report.messages[0].problem else "rejected without a reason"
    if report.rows != report.loaded + report.quarantined + report.duplicates + report.skipped:
        return f"rows are lost: {report}"
    return ""


def run_batch(batch: int) -> tuple[Counter[str], list[Broken]]:
    """Check `BATCH` mutated inputs; the batch's number is the seed of its chance."""
    signal.signal(signal.SIGALRM, hung)
    chance, context = random.Random(batch), Context.of(DATA)
    outcomes: Counter[str] = Counter()
    broken: list[Broken] = []
    for kind, name, seed in chance.choices(seeds(), k=BATCH):
        data = mutated(seed, chance)
        signal.alarm(HANG_S)
        try:
            report = _report(name, data, kind, context)
            reason = broken_law(report)
            outcomes[str(report.outcome)] += 1
        except Exception as fault:  # noqa: BLE001 - any exception at all is what is looked for
            reason = f"{type(fault).__name__}: {fault}"
        finally:
            signal.alarm(0)
        if reason:
            broken.append(Broken(str(kind), name, reason, data))
    return outcomes, broken


def _report(name: str, data: bytes, kind: Kind, context: Context) -> Report:
    """What a person is told of a file; a file that may not even be opened is a report too."""
    try:
        return check(uploaded(name, data), kind, Options(), context).report
    except RejectedError as fault:
        return Report.rejected(name, kind, fault)


def main() -> None:
    """Run batches until the number of inputs or the time is reached; exit 1 if any input broke the check."""
    options = _options()
    began, done, outcomes = time.monotonic(), 0, Counter[str]()
    broken: list[Broken] = []
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        batches = range(options.seed, options.seed + -(-options.inputs // BATCH))
        for counted, found in pool.map(run_batch, batches):
            outcomes += counted
            broken += found
            done += BATCH
            if time.monotonic() - began > options.seconds:
                pool.shutdown(cancel_futures=True)
                break
    print(f"{done:,} inputs in {time.monotonic() - began:.0f} s: {dict(outcomes)}, broken: {len(broken)}")
    for number, one in enumerate(broken):
        KEPT.mkdir(exist_ok=True)
        (KEPT / f"{number:04}-{one.kind}-{one.name}").write_bytes(one.data)
        print(f"{one.kind} {one.name}: {one.reason[:200]}", file=sys.stderr)
    sys.exit(bool(broken))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=1_800)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
