"""A file that someone hands in, read and checked in a process of its own; nothing is written."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from etl.fault import BuildError
from etl.import_record import ImportStoreError, options_json
from etl.intake.child import ChildError, checked_in_child
from etl.intake.facts import Checked, Kind, Options
from etl.intake.report import Report


class ImportRejectedError(BuildError):
    """The file cannot be used; `report` says why. Nothing was written."""

    def __init__(self, report: Report) -> None:
        """Keep the report; the message is the report as lines."""
        self.report = report
        super().__init__("\n".join(report.lines()))


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read and checked: what kind it was taken for, what was said about it, and what the check found."""

    kind: Kind
    options: Options
    checked: Checked

    @property
    def report(self) -> Report:
        """The account of the file."""
        return self.checked.report

    @property
    def sha256(self) -> str:
        """The hash of the content that was checked; empty if it could not be read."""
        return self.report.facts.get("sha256", "")

    @property
    def digest(self) -> str:
        """64 hexadecimal digits of content, kind and options: the same file handed in again has the same."""
        told = json.dumps(options_json(self.options), sort_keys=True)
        return hashlib.sha256(f"{self.sha256}\0{self.kind}\0{told}".encode()).hexdigest()


def checked_file(path: Path, kind: Kind, options: Options, data: Path) -> CheckedFile:
    """Read and check a file.

    Raises:
        ImportRejectedError: nothing of it can be used.
        ImportStoreError: the tables of the data folder cannot be read.
    """
    file = check_file(path, kind, options, data)
    if not file.report.is_usable:
        raise ImportRejectedError(file.report)
    return file


def check_file(
    path: Path, kind: Kind, options: Options, data: Path, *, has_facts: bool = True
) -> CheckedFile:
    """Read and check a file; one that cannot be used gives a report that rejects it.

    Without `has_facts` the facts are left out, for those who only ask for the report.

    Raises:
        ImportStoreError: the tables of the data folder cannot be read.
    """
    return _checked(path, kind, options, data, has_facts=has_facts)


def check_upload(name: str, content: bytes, kind: Kind, options: Options, *, data: Path) -> CheckedFile:
    """Check content that came without a path; see `check_file`."""
    return _checked((name, content), kind, options, data)


def _checked(
    given: Path | tuple[str, bytes], kind: Kind, options: Options, data: Path, *, has_facts: bool = True
) -> CheckedFile:
    try:
        checked = checked_in_child(given, kind, options, data, has_facts=has_facts)
        return CheckedFile(kind, options, checked)
    except ChildError as fault:
        raise ImportStoreError(f"データのフォルダーの表を読めません（{data.name}）。{fault}") from fault


def one_line(text: str) -> str:
    """Return a name as one line without control characters, for a message."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
