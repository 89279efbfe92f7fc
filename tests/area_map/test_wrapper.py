"""The Python side of the map: what it sends is small and checked, what comes back is a code or nothing."""

import json

import pytest

import dashboard.area_map as area_map_module
from dashboard.area_map import LegendEntry, MapData, area_map


class Answer:
    """What Streamlit hands back: the state of the component."""

    def __init__(self, selected: object) -> None:
        self.selected = selected


def data(values: str) -> MapData:
    state = LegendEntry(
        key="E", label="参画の確認なし", fill="#FFFFFF", pattern="outline", line="#949494", count=1741
    )
    return MapData(
        geometry="/geometry/municipalities-ab12cd34.topo.json", outline=None, values=values, legend=[state], pick="prefecture",
        selected=None, fit="", inset=True, labels=False, hints={}, points=None, words={}, attribution="", rev="1",
    )  # fmt: skip


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    calls: list[dict[str, object]] = []

    def component(**call: object) -> Answer:
        calls.append(call)
        return Answer({"code": "34208", "pick": 1})

    monkeypatch.setattr(area_map_module, "_component", lambda: component)
    return calls


def test_the_nation_travels_in_a_few_kilobytes(sent: list[dict[str, object]]) -> None:
    assert area_map(key="m", data=data("E" * 1741), height=500) == "34208"
    assert len(json.dumps(sent[0]["data"]).encode()) < 15_000


def test_a_key_that_the_legend_does_not_explain_is_an_error(sent: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="Z"):
        area_map(key="m", data=data("E-Z"), height=500)
    assert sent == []


@pytest.mark.parametrize(
    "choice",
    [None, "34208", {"code": 34208}, {"code": "３４２０８"}, {"code": "x' or 1"}, {}, [], {"code": "342"}],
)
def test_an_answer_that_is_no_code_is_nothing(choice: object) -> None:
    assert area_map_module._code_of(choice) is None


def test_the_stub_stays_a_stub() -> None:
    assert len(area_map_module._STUB) < 400
    assert "\n" in area_map_module._STUB  # a single line would be taken for a path
