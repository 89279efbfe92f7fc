"""The islands that lie so far out that they may need a box of their own: which of them there are, and when they do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

MAINLAND = ""


@dataclass(frozen=True, slots=True)
class Region:
    """Islands between two meridians and parallels (degrees). They stay in place while the map shrinks by `worth` at most."""

    key: str
    west: float
    south: float
    east: float
    north: float
    worth: float = 1.15


REGIONS = (
    Region("okinawa", 126.0, 25.9, 128.36, 27.5),
    Region("iotorishima", 128.1, 27.7, 128.3, 28.0),  # 硫黄鳥島 of 沖縄県, beside Amami
    Region("amami", 128.3, 26.95, 131.2, 30.1),  # with Tokara, which follows Yakushima at 30.2 N
    Region("sakishima", 122.5, 23.9, 126.0, 26.2),  # with 尖閣諸島
    Region("daito", 130.9, 24.3, 131.6, 26.2),
    Region("izu", 138.9, 29.5, 140.6, 34.9),  # to 孀婦岩
    Region("ogasawara", 140.6, 24.0, 143.0, 28.0),
    Region("minamitorishima", 153.0, 23.9, 155.0, 24.8),
    Region("okinotorishima", 135.5, 20.0, 136.6, 21.0),
    Region("takeshima", 131.7, 37.0, 132.1, 37.5),
    Region("tsushima", 129.1, 34.05, 129.6, 34.8, worth=1.3),
    Region("danjo", 128.0, 31.9, 128.6, 32.4),
)
BY_KEY = {region.key: region for region in REGIONS}
CHAIN = ("amami", "iotorishima", "okinawa", "sakishima", "daito")
"""The Nansei islands: where Okinawa itself is boxed, what there is of them shares one box, so that they lie as in the sea."""

BOXES = (*BY_KEY, "nansei")
"""The keys of all boxes that there may be."""

Extent = tuple[float, float, float, float]
"""West, south, east, north."""


def region_of(lonlat: Numbers) -> npt.NDArray[np.str_]:
    """Return the key of the region that each place (n × 2, degrees) lies in, "" on the mainland."""
    found = np.full(len(lonlat), MAINLAND, dtype="<U16")
    for region in reversed(REGIONS):
        west_south = (lonlat >= (region.west, region.south)).all(axis=1)
        found[west_south & (lonlat <= (region.east, region.north)).all(axis=1)] = region.key
    return found


def boxes_of(extents: Mapping[str, Extent], room: tuple[float, float]) -> dict[str, str]:
    """Return the key of the box that each region of `extents` is drawn in, "" where it stays in place.

    `room` is the width and height that the map may take. Without a mainland (沖縄県 alone), the first region is the mainland.
    """
    order = [MAINLAND, *(region.key for region in REGIONS)]
    first, *others = (key for key in order if key in extents)
    kept, boxed = [first], list[str]()
    for keys in _together(others):
        now = scale_of([extents[one] for one in kept], room)
        then = scale_of([extents[one] for one in (*kept, *keys)], room)
        worth = min(BY_KEY[key].worth for key in keys)
        (kept if now <= then * worth else boxed).extend(keys)
    return dict.fromkeys(kept, MAINLAND) | {key: _box(key, boxed) for key in boxed}


def _together(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the regions that are decided on together: the Nansei islands beside a mainland, every other one alone."""
    chain = tuple(key for key in keys if key in CHAIN) if "okinawa" in keys else ()
    return [*([chain] if chain else []), *((key,) for key in keys if key not in chain)]


def scale_of(extents: Collection[Extent], room: tuple[float, float]) -> float:
    """Return how many points a kilometre can have where `extents` (kilometres) are to fit into `room` (points)."""
    west, south, east, north = joined(extents)
    return min(room[0] / max(east - west, 1e-6), room[1] / max(north - south, 1e-6))


def joined(extents: Collection[Extent]) -> Extent:
    """Return what holds all extents."""
    west, south, east, north = zip(*extents, strict=True)
    return min(west), min(south), max(east), max(north)


def _box(key: str, boxed: Collection[str]) -> str:
    if key not in CHAIN or "okinawa" not in boxed:
        return key
    return "nansei" if "amami" in boxed else "okinawa"
