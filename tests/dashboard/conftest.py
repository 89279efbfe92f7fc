"""What tests of the dashboard share."""

import pytest

from dashboard.cli import main
from tests.command import Run, Told


@pytest.fixture
def ibasho(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process."""

    def run(*arguments: object) -> Told:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return run
