"""The names of prefectures on the pages of the real data: read as their own land's, covering nothing, hardly any left out."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import pytest
import shapely

from dashboard.annual.asked import Asked
from dashboard.annual.maps.map_pages import year_pages
from dashboard.annual.marks import Box, Page, Rect, Shape, Text
from dashboard.annual.paper import paper_of
from dashboard.closed_lists import Block, Colouring, Language, PaperKind
from dashboard.slides.gather import gathered
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build

LETTERS = 0.66
"""The letters' share of the height of a name's box on the page."""
NEAR = 6.0
"""Points that the name of small islands is off them at most."""
LEFT_OUT = {
    (Language.JA, PaperKind.SLIDE): 2,
    (Language.JA, PaperKind.A3): 1,
    (Language.EN, PaperKind.SLIDE): 4,
    (Language.EN, PaperKind.A3): 5,
}
"""How many of the 47 may be left out on a page of the nation."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a page shows of names: boxes of the letters and sizes by two-digit code, the land, and what may not be covered."""

    boxes: dict[str, Any]
    sizes: dict[str, float]
    land: dict[str, Any]
    taken: dict[str, Any]


@lru_cache(maxsize=1)
def store_of(build: Build) -> Store:
    return Store(build)


def page_of(build: Build, asked: Asked) -> Page:
    store = store_of(build)
    facts = gathered(store, asked.language)
    listed = {body.code for year in facts.years for body in year.bodies if not body.code.endswith("000")}
    ground = store.ground(2022, *sorted(listed))
    (page,) = year_pages(asked, facts, ground, words(asked.language), asked.years[0])
    return page


def box_of(at: Rect, height: float = 1.0) -> Any:
    middle, half = at.y + at.height / 2, height * at.height / 2
    return shapely.box(at.x, middle - half, at.right, middle + half)


def named(page: Page) -> Named:
    found = Named({}, {}, {}, {})
    for mark in page.marks:
        kind, *rest = mark.name.split(" ")
        if kind == "name" and isinstance(mark, Text):
            found.boxes[rest[0]] = box_of(mark.at, LETTERS)
            found.sizes[rest[0]] = mark.paragraphs[0].runs[0].size
        elif kind == "prefecture" and isinstance(mark, Shape):
            rings = [shapely.Polygon(ring).buffer(0) for ring in mark.rings if len(ring) > 3]
            found.land[rest[0][:2]] = shapely.union_all(rings)
        elif (kind == "sign" and isinstance(mark, Box)) or (kind == "label" and isinstance(mark, Text)):
            found.taken[mark.name] = box_of(mark.at).buffer(-0.3)
    return found


def nation(language: Language, paper: PaperKind, year: int = 2022) -> Asked:
    return Asked((year,), language=language, paper=paper)


def is_its_own(box: Any, code: str, land: dict[str, Any]) -> bool:
    """Whether a name is read as its own land's: more of that lies under it, or at the coast about it, than of any other's."""

    def covered(area: Any) -> tuple[float, float]:
        """On its own land, and on the land of that other which it is most on."""
        return land[code].intersection(area).area, max(
            land[other].intersection(area).area for other in land if other != code
        )

    (own, most), (own_about, most_about) = covered(box), covered(box.buffer(4, join_style="mitre"))
    is_ashore = bool(land[code].buffer(1).contains(box.centroid)) and own > most
    is_alone = not most_about and bool(land[code].distance(box) < NEAR)
    is_at_coast = most < 0.1 * box.area and (own_about > most_about or is_alone)
    return is_ashore or is_at_coast


EVERY = [
    *(nation(language, paper, year) for language, paper in LEFT_OUT for year in (2022, 2024)),
    Asked((2022,), language=Language.EN, colouring=Colouring.MONO),
    *(
        Asked((2022,), language=Language.EN, block=block)
        for block in (Block.KANTO, Block.KINKI, Block.CHUGOKU)
    ),
    Asked((2022,), block=Block.KYUSHU),
]


@pytest.fixture(
    params=EVERY, ids=lambda asked: f"{asked.language}-{asked.paper}-{asked.block}-{asked.years[0]}"
)
def asked(request: pytest.FixtureRequest) -> Asked:
    """One page of several."""
    found: Asked = request.param
    return found


def test_every_name_is_read_as_that_of_its_own_land(project_build: Build, asked: Asked) -> None:
    found = named(page_of(project_build, asked))
    wrong = [code for code, box in found.boxes.items() if not is_its_own(box, code, found.land)]
    assert not wrong


def test_no_name_covers_another_or_a_sign_or_a_label(project_build: Build, asked: Asked) -> None:
    found = named(page_of(project_build, asked))
    pairs = [(a, b) for a, b in combinations(found.boxes, 2) if found.boxes[a].intersects(found.boxes[b])]
    covered = [
        (c, n) for c, box in found.boxes.items() for n, at in found.taken.items() if box.intersects(at)
    ]
    assert not pairs
    assert not covered


def test_names_are_never_smaller_than_three_quarters_of_their_size(
    project_build: Build, asked: Asked
) -> None:
    usual = paper_of(asked).small
    sizes = named(page_of(project_build, asked)).sizes
    assert set(sizes.values()) <= {usual, 0.875 * usual, 0.75 * usual}
    assert min(sizes.values()) >= 6


@pytest.mark.parametrize(("language", "paper"), LEFT_OUT)
def test_hardly_any_prefecture_has_no_name(
    project_build: Build, language: Language, paper: PaperKind
) -> None:
    found = named(page_of(project_build, nation(language, paper)))
    labels = {name.split(" ")[1] for name in found.taken if name.startswith("label")}
    out = sorted(set(found.land) - set(found.boxes))
    unsaid = [code for code in out if f"{code}000" not in labels]
    print(f"{language} {paper}: {len(out)} left out {out}, of these named by no label {unsaid}")
    assert len(out) <= LEFT_OUT[language, paper]
    assert len(unsaid) <= LEFT_OUT[language, paper] // 2 + 1
