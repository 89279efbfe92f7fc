"""The form of the yearly confirmation: filled in with what is known, recognised when it comes back, its changes shown first."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.build import Build, ensure_build
from etl.changes import Effect, changes
from etl.imports import check_file, take_in
from etl.intake.facts import Kind, Options
from etl.intake.report import Outcome
from etl.templates import STATUSES, TemplateError, template

pytestmark = pytest.mark.usefixtures("checked_here")


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    world.listed(2022, world.KO_SHI, "甲市")
    world.listed(2022, world.DAIKO_SHI, "大甲市")
    world.listed(2023, world.DAIKO_SHI, "大甲市", status="continuing")
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def build(data: Path, tmp_path: Path) -> Build:
    return ensure_build(folder=tmp_path / "builds", data=data)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sent_back(content: bytes, tmp_path: Path, data: Path, name: str = "form.xlsx") -> Any:
    (tmp_path / name).write_bytes(content)
    return check_file(tmp_path / name, Kind.PLATFORMS, Options(), data)


def test_every_body_of_the_prefecture_is_in_the_form_with_what_is_known(build: Build) -> None:
    rows = rows_of(template(Kind.PLATFORMS, "甲県", 2023, build.database, "csv"))
    assert rows[0][:6] == ["年度", "都道府県", "市区町村", "団体コード", "区分", "備考"]
    assert [(row[0], row[2], row[4], row[6]) for row in rows[1:]] == [
        ("2023", "", "参画の確認なし", ""),
        ("2023", "大甲市", "継続", "2022年度、2023年度"),
        ("2023", "甲市", "参画の確認なし", "2022年度"),
        ("2023", "丙町", "参画の確認なし", ""),
    ]
    assert all(len(row[3]) == 6 for row in rows[1:])


def test_the_workbook_has_choices_and_guidance_and_says_the_same(build: Build) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(Kind.PLATFORMS, "01", 2023, build.database)))
    form, guide = book.worksheets
    shown = [[cell or "" for cell in row] for row in form.iter_rows(values_only=True)]
    assert shown == rows_of(template(Kind.PLATFORMS, "01000", 2023, build.database, "csv"))
    (rule,) = form.data_validations.dataValidation
    assert all(word in rule.formula1 for word in STATUSES)
    assert "E2" in rule.cells
    assert guide.title == "書き方"


def test_an_unchanged_form_is_recognised_without_any_repair(build: Build, data: Path, tmp_path: Path) -> None:
    for fmt in ("xlsx", "csv"):
        content = template(Kind.PLATFORMS, "甲県", 2023, build.database, fmt)
        report = sent_back(content, tmp_path, data, f"form.{fmt}").report
        assert (report.outcome, report.rows, report.loaded) == (Outcome.ACCEPT, 4, 4)


def test_what_an_edited_form_would_change_is_shown_before(build: Build, data: Path, tmp_path: Path) -> None:
    form = template(Kind.PLATFORMS, "甲県", 2024, build.database, "csv").decode("utf-8-sig")
    assert changes(sent_back(form.encode(), tmp_path, data, "same.csv"), "s1", data) == []
    confirmed = form.replace("大甲市,011002,参画の確認なし", "大甲市,011002,継続")
    first = sent_back(confirmed.encode(), tmp_path, data, "first.csv")
    assert [(change.code, change.effect) for change in changes(first, "s1", data)] == [
        ("01100", Effect.ADDED)
    ]
    take_in(first, "s1", data)
    edited = form.replace("甲市,012025,参画の確認なし", "甲市,012025,再参加")
    second = sent_back(edited.encode(), tmp_path, data, "second.csv")
    found = [
        (change.code, change.effect, change.before, change.after) for change in changes(second, "s1", data)
    ]
    assert found == [("01100", Effect.REMOVED, "継続", ""), ("01202", Effect.ADDED, "", "再参加")]
    take_in(second, "s1", data)
    assert changes(second, "s1", data) == [] or all(
        not change.effect.needs_approval for change in changes(second, "s1", data)
    )


def test_a_registered_row_stays_whatever_the_form_says(build: Build, data: Path, tmp_path: Path) -> None:
    form = template(Kind.PLATFORMS, "甲県", 2023, build.database, "csv").decode("utf-8-sig")
    (change,) = [
        change
        for change in changes(
            sent_back(form.replace("継続", "参画の確認なし").encode(), tmp_path, data, "form.csv"), "s1", data
        )
        if change.code == "01100"
    ]
    assert change.effect is Effect.KEPT
    assert "登録済みの資料" in change.line()


def test_other_kinds_have_a_form_to_start_from(build: Build) -> None:
    rows = rows_of(template(Kind.PLACES, "乙県", 2024, build.database, "csv"))
    assert rows[1][rows[0].index("都道府県")] == "乙県"
    with pytest.raises(TemplateError, match="様式はありません"):
        template(Kind.COUNTS, "乙県", 2024, build.database)
    with pytest.raises(TemplateError, match="都道府県「丁県」がありません"):
        template(Kind.PLATFORMS, "丁県", 2024, build.database)
