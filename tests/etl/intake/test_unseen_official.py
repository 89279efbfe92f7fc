"""The official layouts as offices publish them: every row of each is loaded, and no telephone number with it."""

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.intake.context import Context
from etl.intake.facts import Kind, Options
from etl.intake.report import Outcome
from tests.etl.intake.unseen import DATA, Case, outcome_of, refused

PUBLISHED = tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))
LAYOUTS: dict[str, dict[str, Any]] = PUBLISHED["layout"]
RECORD: dict[str, str] = PUBLISHED["record"]
VENUES = "further venues"
NAMES = ("名称", "介護サービス事業所名称", "name")


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def listed(headings: Sequence[str], rows: Sequence[Mapping[str, str]], encoding: str = "cp932") -> bytes:
    content = io.StringIO()
    writer = csv.DictWriter(content, headings, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - {VENUES}))
def test_every_row_of_an_official_layout_is_loaded(name: str, encoding: str, context: Context) -> None:
    layout = LAYOUTS[name]
    assert len(layout["headings"]) == layout["width"]
    rows = [RECORD | dict.fromkeys(NAMES, f"居場所①{number}") for number in range(3)]
    rows[2] |= {"緯度": "", "経度": "", "latitude": "", "longitude": ""}
    data = listed(layout["headings"], rows, encoding)
    case = Case(name, data, Outcome.ACCEPT, (3, 3, 0, 0, 0, 0), kind=Kind.PLACES, codes=("22212",) * 3)
    result = outcome_of(case, context)
    assert result.report.facts["layout"] == layout["title"]
    assert result.facts["name"].to_pylist() == [f"居場所①{number}" for number in range(3)]
    assert [lat is None for lat in result.facts["lat"].to_pylist()] == [False, False, True]
    assert RECORD["電話番号"] not in json.dumps(result.facts.to_pylist(), ensure_ascii=False)


def test_the_code_of_the_place_goes_before_that_of_its_publisher(context: Context) -> None:
    minato = {"全国地方公共団体コード": "131032", "地方公共団体名": "東京都港区"}
    rows = [
        minato | {"名称": "箱根の家", "所在地_全国地方公共団体コード": "143821"},
        minato | {"名称": "港の家", "所在地_連結表記": "港区芝公園1-5-25"},
        {
            "全国地方公共団体コード": "92011",
            "地方公共団体名": "栃木県宇都宮市",
            "名称": "宮の家",
            "所在地_市区町村": "宇都宮市中央本町1-29",
        },
    ]
    codes = ("14382", "13103", "09201")
    case = Case(
        "publisher",
        listed(LAYOUTS["standard"]["headings"], rows),
        Outcome.REPAIR,
        (3, 3, 3, 0, 0, 0),
        kind=Kind.PLACES,
        codes=codes,
    )
    messages = outcome_of(case, context).report.messages
    assert {message.problem for message in messages if message.after and not message.before} == {
        "都道府県を補いました",
        "市区町村を補いました",
    }


def test_further_venues_alone_are_refused_with_the_reason(context: Context) -> None:
    data = listed(LAYOUTS[VENUES]["headings"], [{"ID": "1", "住所": "東京都府中市1-1"}]).decode("cp932")
    outcome_of(refused("more", data, "追加情報", "基本情報", kind=Kind.PLACES), context)


def test_a_list_without_municipality_takes_the_one_that_is_given(context: Context) -> None:
    data = listed(
        LAYOUTS["kitchens of Tokyo"]["headings"],
        [{"ID": "1", "名称": "おおた食堂", "住所": "大田区蒲田5-13-14", "開催頻度": "1"}],
    )
    case = Case("given", data, Outcome.REPAIR, (1, 1, 1, 0, 0, 0), kind=Kind.PLACES, codes=("13111",))
    outcome_of(case, context, Options(default_municipality="東京都大田区"))
    held = Case(
        "not given", data, Outcome.QUARANTINE, (1, 0, 0, 1, 0, 0), ((2, "市区町村名"),), kind=Kind.PLACES
    )
    outcome_of(held, context)


def test_points_without_a_municipality_get_the_one_they_lie_in(context: Context) -> None:
    points = [[139.581, 35.589], [139.477778, 35.668889], None, [35.668889, 139.477778], [0, 0]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"居場所{number}"},
            "geometry": point and {"type": "Point", "coordinates": point},
        }
        for number, point in enumerate(points)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    told = ((3, "緯度"), (4, "緯度"), (5, "緯度"))
    case = Case(
        "points", data, Outcome.QUARANTINE, (5, 2, 0, 3, 0, 0), kind=Kind.PLACES, codes=("14130", "13206")
    )
    held = outcome_of(case, context).held
    assert [row["row"] for row in held.to_pylist()] == [row for row, _ in told]
