"""The command `ibasho` as a test runs it, in its own process."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]
