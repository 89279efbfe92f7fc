"""The Python side of the map: what it sends is small and checked, what comes back is a code or nothing."""

import json
from collections.abc import Callable

import pytest

import dashboard.area_map as area_map_module
import dashboard.small_maps as small_maps_module
from dashboard.area_map import Frame, LegendEntry, MapData, area_map
from dashboard.small_maps import SmallMap, small_maps


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


def test_the_frames_of_a_build_up_travel_packed(sent: list[dict[str, object]]) -> None:
    frames: list[Frame] = [{"label": f"{year}年度末", "values": "E" * 1741} for year in range(2021, 2031)]
    area_map(key="m", data={**data("E" * 1741), "frames": frames}, height=500)
    area_map(key="m", data=data("E" * 1741), height=500)
    with_frames, without = (len(json.dumps(call["data"], ensure_ascii=False).encode()) for call in sent)
    assert with_frames - without < 1000
    assert "frames" not in str(sent[1]["data"])


def test_a_frame_is_explained_by_the_legend_too(sent: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="Z"):
        area_map(key="m", data={**data("E"), "frames": [{"label": "", "values": "Z"}]}, height=500)
    assert sent == []


def small(name: str, values: str) -> SmallMap:
    return SmallMap(
        id=name, title=name, note="", geometry="/g", outline=None, values=values, fit="", inset=False
    )


def test_a_picture_that_was_picked_is_told_once_and_only_if_it_was_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[dict[str, Callable[[], None]]] = []
    told: list[str] = []
    monkeypatch.setattr(small_maps_module, "_component", lambda: lambda **call: calls.append(call))
    legend = data("E")["legend"]
    small_maps(
        [small("2022", "E")], key="s", legend=legend, words={}, height=9, columns=5, on_pick=told.append
    )
    for choice in ({"id": "2022", "pick": 1}, {"id": "<b>", "pick": 2}, {"id": 1}, None, "2022"):
        monkeypatch.setattr(small_maps_module.st, "session_state", {"s": {"picked": choice}})
        calls[0]["on_picked_change"]()
    assert told == ["2022"]


def test_small_maps_are_checked_before_they_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_maps_module, "_component", lambda: pytest.fail("sent"))
    legend = data("E")["legend"]
    with pytest.raises(ValueError, match="Z"):
        small_maps([small("a", "Z")], key="s", legend=legend, words={}, height=9, columns=5)
    with pytest.raises(ValueError, match="same id"):
        small_maps([small("a", "E"), small("a", "E")], key="s", legend=legend, words={}, height=9, columns=5)
