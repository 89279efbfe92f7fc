"""Words apart from the drawing: in few layers, and never under what lies over them."""

from dashboard.annual.drawing.page_layers import layers
from dashboard.annual.marks import Box, Ink, Line, Mark, Paragraph, Rect, Run, Text
from tests.dashboard.annual.every_mark import page


def text(name: str, x: float) -> Text:
    return Text(name, Rect(x, 0, 40, 14), (Paragraph((Run("居場所", 10),)),))


def box(name: str, x: float) -> Box:
    return Box(name, Rect(x, 2, 8, 8), Ink("#0017C1"))


def names(*marks: Mark) -> list[tuple[list[str], list[str]]]:
    return [([m.name for m in layer.drawn], [m.name for m in layer.words]) for layer in layers(marks)]


def test_what_lies_beside_the_words_needs_no_layer_of_its_own() -> None:
    assert names(box("a", 0), text("b", 10), box("c", 50), text("d", 60)) == [(["a", "c"], ["b", "d"])]


def test_what_lies_over_words_stays_over_them() -> None:
    assert names(text("under", 0), box("over", 10), text("top", 0)) == [
        ([], ["under"]),
        (["over"], ["top"]),
    ]
    crossing = Line("line", ((0, 9), (100, 9)), Ink(line="#1A1A1A"))
    assert len(names(text("under", 0), crossing)) == 2


def test_words_that_run_out_of_their_box_are_where_they_are_seen() -> None:
    wide = Text("wide", Rect(0, 0, 5, 14), (Paragraph((Run("居場所" * 5, 10),)),))
    assert len(names(wide, box("over", 100))) == 2


def test_a_page_of_every_mark_is_one_layer_and_the_note_that_covers_words() -> None:
    assert len(list(layers(page().marks))) == 2
