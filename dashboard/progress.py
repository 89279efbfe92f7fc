"""How a long step shows itself: a moving line on a terminal, one plain line per step elsewhere. Always on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@dataclass(slots=True)
class Steps:
    """Takes the titles of steps, with the part of the whole that is done (0–1) where it is known."""

    bar: Progress
    console: Console
    title: str = field(default="", init=False)

    def __call__(self, title: str, done: float | None = None) -> None:
        """Show a step; the end (1.0) is for the caller to tell."""
        if not self.console.is_terminal and title != self.title and done != 1.0:
            self.console.print(title, highlight=False, markup=False)
        self.title = title
        total = None if done is None else 1.0
        if not self.bar.task_ids:
            self.bar.add_task(title, total=total)
        self.bar.update(self.bar.task_ids[0], description=title, total=total, completed=done or 0.0)


@contextmanager
def steps() -> Iterator[Steps]:
    """Show steps until the block ends; the moving line is then gone."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Steps(bar, console)
