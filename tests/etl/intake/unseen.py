"""One drawn file with what must become of it, for the tests of whole files."""

from dataclasses import dataclass, field
from pathlib import Path

from etl.intake.check import check, rejected
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import uploaded
from etl.intake.report import COUNTS, Outcome, RejectedError

DATA = Path(__file__).resolve().parents[3] / "data"
PLATFORMS = "年度,都道府県,市区町村,団体コード,区分,備考\n"
PLACES = "名称,種別,都道府県,市区町村,住所,緯度,経度,年度,出典URL\n"
SOURCES = "id,url,path,sha256\n"
GOOD = (
    PLATFORMS
    + "2022,北海道,,010006,都道府県,\n2022,北海道,釧路市,012068,市区町村,\n"
    + "2022,山形県,鶴岡市,062031,市区町村,\n2022,広島県,三原市,342041,市区町村,\n"
)
GOOD_CODES = ["01000", "01206", "06203", "34204"]


@dataclass(frozen=True, slots=True)
class Case:
    """A file and its account: rows, loaded, repaired, quarantined, duplicates, skipped.

    `told` are the rows in quarantine with their column; `words` are what the messages say among other things.
    """

    id: str
    data: bytes
    outcome: Outcome
    account: tuple[int, int, int, int, int, int] = (0, 0, 0, 0, 0, 0)
    told: tuple[tuple[int, str], ...] = ()
    words: tuple[str, ...] = ()
    kind: Kind = Kind.PLATFORMS
    codes: tuple[str, ...] = field(default=())


def accepted(id_: str, data: bytes | str, rows: int, kind: Kind = Kind.PLATFORMS) -> Case:
    """Return a case in which every row is loaded as it is."""
    content = data.encode() if isinstance(data, str) else data
    return Case(id_, content, Outcome.ACCEPT, (rows, rows, 0, 0, 0, 0), kind=kind)


def refused(id_: str, data: bytes | str, *words: str, kind: Kind = Kind.PLATFORMS) -> Case:
    """Return a case in which nothing is taken; the one message holds the words."""
    content = data.encode() if isinstance(data, str) else data
    return Case(id_, content, Outcome.REJECT, words=words, kind=kind)


def outcome_of(case: Case, context: Context, options: Options | None = None) -> Checked:
    """Return what the check makes of a case, and assert everything that every file promises."""
    name = "一覧.csv"
    try:
        result = check(uploaded(name, case.data), case.kind, options or Options(), context)
    except RejectedError as fault:
        result = rejected(name, case.kind, fault)
    report = result.report
    lines = [message.line(name) for message in report.messages]
    assert report.outcome is case.outcome, lines
    assert tuple(getattr(report, count) for count in COUNTS) == case.account, lines
    assert report.rows == report.loaded + report.quarantined + report.duplicates + report.skipped
    assert (len(result.facts), len(result.held)) == (report.loaded, report.quarantined)
    assert all(line.startswith(name) and len(line.splitlines()) == 1 for line in lines)
    assert all(word in "\n".join(lines) for word in case.words), lines
    if case.outcome is Outcome.REJECT:
        assert len(report.messages) == 1
        assert report.messages[0].mend
    held = [(row["row"], row["column"]) for row in result.held.to_pylist()]
    assert not case.told or held == list(case.told), held
    assert not case.codes or result.facts["code"].to_pylist() == list(case.codes)
    return result
