"""The Python side of the stage: each drawn element travels once, and what comes back is a key or nothing."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

import dashboard.stage as stage_module
from dashboard.stage import STAGE_WORDS, StagePage, stage, stage_room, stage_words, turned_to
from dashboard.words import words

OUTLINES = [" ".join(f"{n}.{point} {n + point}L" for point in range(200)) for n in range(47)]


def page(key: str, text: str = "甲市") -> StagePage:
    shapes = "".join(f'<path id="{key}-{n}" d="{outline}"/>' for n, outline in enumerate(OUTLINES))
    return StagePage(key=key, title=key, alt="", svg=f"<svg>{shapes}<text>{text}</text></svg>")


def unpacked(data: bytes) -> dict[str, Any]:
    """Return what the browser reads."""
    read: dict[str, Any] = json.loads(zlib.decompress(data))
    return {**read, "bytes": data}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the element of the pages is sent."""
    calls: list[dict[str, Any]] = []

    def component(name: str, part: str) -> Callable[..., None]:
        del name
        return lambda **call: calls.append(unpacked(call["data"])) if part == "stagePages" else None

    monkeypatch.setattr(stage_module, "_component", component)
    return calls


def test_pages_of_the_same_land_send_it_once(sent: list[dict[str, Any]]) -> None:
    stage([page("2022")], key="s", words={})
    place = stage([page("2022"), page("2023")], key="s", words={}, room="r")
    stage_room(place, [page("2022"), page("2023", "乙町")], key="s", room="r")
    one, two, room = (len("".join(data["pieces"])) for data in sent)
    assert one > 100_000
    assert max(two, room) < 1.2 * one
    assert len(sent[1]["bytes"]) < one / 2


def test_the_pieces_are_the_pages_again(sent: list[dict[str, Any]]) -> None:
    pages = [page("2022", "a<tspan>b</tspan>"), page("2023", "&lt;甲&gt;")]
    pages[1]["svg"] = '<?xml version="1.0"?>\n' + pages[1]["svg"]
    stage(pages, key="s", words={})
    data = sent[0]
    told = ["".join(data["pieces"][piece] for piece in each["svg"]) for each in data["pages"]]
    assert told == [each["svg"] for each in pages]


def test_the_same_pages_have_the_same_digest_and_others_another(sent: list[dict[str, Any]]) -> None:
    for text, present in (("甲市", ""), ("甲市", "2022"), ("乙町", "")):
        stage([page("2022", text)], key="s", words={}, present=present, shown=present)
    first, again, other = sent
    assert first == again, "Streamlit sends it once"
    assert first["bytes"] is again["bytes"], "packed once"
    assert first["rev"] != other["rev"]


def test_pages_for_the_room_bear_the_name_that_the_stage_was_told(sent: list[dict[str, Any]]) -> None:
    place = stage([page("2022")], key="s", words={}, room="2022 in Kinki")
    stage_room(place, [page("2022")], key="s", room="2022 in Kinki")
    assert [data["name"] for data in sent] == ["s-pages", "s-room"]
    assert sent[1]["rev"] == "2022 in Kinki"


def test_two_pages_of_one_key_are_an_error(sent: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="same key"):
        stage([page("a"), page("a")], key="s", words={})
    with pytest.raises(ValueError, match="same key"):
        stage_room(st.container(), [page("b"), page("b")], key="s", room="r")
    assert sent == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_sentence_of_the_stage_is_handed_over_and_asked_for(language: str) -> None:
    named = {key.removeprefix("stage.") for key in words(language).sentences if key.startswith("stage.")}
    assert set(stage_words(words(language))) == named == set(STAGE_WORDS)
    assert stage_words(words(language))["count"] == "{page} / {pages}"
    scripts = "".join(
        file.read_text(encoding="utf-8") for file in Path(stage_module.__file__).parent.glob("*.js")
    )
    composed = ("note_", "vision_")
    unused = [name for name in STAGE_WORDS if name not in scripts and not name.startswith(composed)]
    assert unused == []


@pytest.mark.parametrize("state", [None, {}, {"turned": None}, {"turned": "2022"}, {"turned": {"key": 2022}}])
def test_an_answer_that_is_no_key_is_nothing(monkeypatch: pytest.MonkeyPatch, state: object) -> None:
    monkeypatch.setattr(stage_module.st, "session_state", {"s": state})
    assert turned_to("s") == ""


def test_the_page_that_was_turned_to_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_module.st, "session_state", {"s": {"turned": {"key": "2023", "turn": 1}}})
    assert turned_to("s") == "2023"


def test_leaving_takes_the_parameter_from_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    address = {"year": "2022", "present": "2022"}
    monkeypatch.setattr(stage_module.st, "query_params", address)
    for _ in range(2):
        stage_module._left()
    assert address == {"year": "2022"}


def test_the_stub_stays_a_stub() -> None:
    assert len(stage_module._STUB) < 700
    assert "\n" in stage_module._STUB
