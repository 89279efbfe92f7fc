"""The land that maps are drawn of: outlines by code, as a build keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Outlines in longitude and latitude of JGD2011 by five-digit code, neighbours sharing their borders.

    `prefectures` has all 47 ("01000" …) with everything that belongs to them, also land that is no municipality's (the
    Northern Territories, 所属未定地). `areas` has municipalities: the listed ones, or all of a prefecture.
    A border may lie `precision_m` metres off. A ground is itself alone: what is made of it is kept by its identity.
    """

    prefectures: Mapping[str, Any]
    areas: Mapping[str, Any]
    precision_m: float


def joined_land(outlines: Mapping[str, Any], land: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of each prefecture, by its five-digit code, of everything that belongs to it.

    Args:
        outlines: prefectures, or all municipalities of prefectures, by code.
        land: what is no municipality's, by codes that begin with its prefecture's.
    """
    parts: dict[str, list[Any]] = {}
    for code, shape in (*outlines.items(), *land.items()):
        parts.setdefault(f"{code[:2]}000", []).append(shape)
    return {
        code: shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(shapes)
        for code, shapes in parts.items()
    }
