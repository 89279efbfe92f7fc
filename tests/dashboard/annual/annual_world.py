"""A small world for the pages of the annual map: 47 square prefectures in a grid, a body in any of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import shapely

from dashboard.annual.facts import Body, BodyClass, Facts, Standing, YearList
from dashboard.annual.ground import Ground

WEST, NORTH, SIDE, ACROSS = 134.0, 42.0, 1.0, 7


def corner(prefecture: int) -> tuple[float, float]:
    """Return the south-west corner of a prefecture."""
    row, column = divmod(prefecture - 1, ACROSS)
    return WEST + column * SIDE, NORTH - (row + 1) * SIDE


def place(code: str) -> tuple[float, float]:
    """Return where a body lies: a municipality at a spot of its own in its prefecture, a prefecture in the middle."""
    west, south = corner(int(code[:2]))
    number = int(code[2:])
    across, up = (number * 7 % 10, number * 3 % 10) if number else (5, 5)
    return west + 0.05 + across * 0.09, south + 0.05 + up * 0.09


def area(code: str) -> shapely.Polygon:
    """Return the land of a municipality."""
    west, south = place(code)
    return shapely.box(west - 0.04, south - 0.04, west + 0.04, south + 0.04)


def ground(bodies: Sequence[Body] = ()) -> Ground:
    """Return the land of the world."""
    squares = {
        f"{n:02d}000": shapely.box(*corner(n), *(side + SIDE for side in corner(n))) for n in range(1, 48)
    }
    areas = {body.code: area(body.code) for body in bodies if not body.code.endswith("000")}
    return Ground(squares, areas, 100.0)


def body(code: str, **changes: object) -> Body:
    """Return a body that took part anew; five-digit codes ending in 000 are prefectures, in 100 designated cities."""
    kinds = {"000": BodyClass.PREFECTURE, "100": BodyClass.DESIGNATED_CITY}
    lon, lat = place(code)
    values: dict[str, object] = {
        "code": code,
        "name": f"甲{code[:2]}県" if code.endswith("000") else f"乙{code}市",
        "romaji": f"Ko{code[:2]}" if code.endswith("000") else f"Otsu{code}-shi",
        "body_class": kinds.get(code[2:], BodyClass.MUNICIPALITY),
        "standing": Standing.NEW,
        "lon": lon,
        "lat": lat,
        "first_year": 2022,
        "cohort": None,
        "decided_on": None,
        "is_counted": True,
        "is_likely": False,
        "source_id": "s1",
        "document": "甲の資料",
        "locator": "3頁の表",
    }
    return Body(**{**values, **changes})  # type: ignore[arg-type]  # the names are checked by Body itself


def year_list(year: int, bodies: Sequence[Body], published: int | None = -1) -> YearList:
    """Return a list; without `published` it is whole, with None nobody knows how many there are."""
    counted = sum(one.is_counted for one in bodies)
    total = counted if published == -1 else published
    state = "complete" if total == counted else "partial"
    return YearList(year, "甲推進事業", state, total, tuple(bodies), "s1", "甲の資料", "2023年1月")


def unlisted(year: int) -> YearList:
    """Return a year of which no list is registered."""
    return YearList(year, "", "not_registered", None, (), "none", "一覧なし", "")


def facts(*lists: YearList, names: Mapping[str, str] | None = None) -> Facts:
    """Return the facts of some lists."""
    return Facts(
        years=lists,
        latest_year=lists[-1].year,
        prefectures=(),
        names=names or {f"{n:02d}": f"甲{n:02d}県" for n in range(1, 48)},
        evidence=(),
        totals={},
        credit="境界の出典",
        build_id="abc123",
        built_on=date(2026, 11, 21),
    )
