"""Which property of a boundary file means what: 国土数値情報 N03, the Digital Agency's files, and plain Japanese headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.intake.polygons.layer import Layer
from etl.intake.report import RejectedError

# The first heading that is there counts. N03_007 has five digits; `lg_code` six, which is why `lg_code_5` goes before it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "prefecture": ("N03_001", "prefecture_name", "都道府県", "都道府県名", "PREF_NAME", "KEN"),
    "county": ("N03_003", "county_name", "GST_NAME", "郡", "郡名"),
    "municipality": ("N03_004", "city_name", "市区町村", "市区町村名", "CITY_NAME", "SIKUCHOSON"),
    "ward": ("N03_005",),
    "code": (
        "N03_007", "lg_code_5", "lg_code", "団体コード", "全国地方公共団体コード", "市区町村コード", "行政区域コード", "JCODE",
        "code",
    ),
}  # fmt: skip
UNASSIGNED = "所属未定"
"""所属未定地: land that no municipality owns yet (reclaimed land, a disputed border)."""
_SHOWN = 12


class Name(NamedTuple):
    """What a file calls one feature; "" where it says nothing. `municipality` is without its county."""

    prefecture: str
    municipality: str
    ward: str
    code: str

    @property
    def whole(self) -> str:
        """The name that identifies inside a prefecture: 札幌市中央区, 熊野町."""
        return f"{self.municipality}{self.ward}"


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the features of a layer are called, and under which headings (as printed, by role)."""

    names: Sequence[Name]
    headings: Mapping[str, str]

    @property
    def name_heading(self) -> str:
        """The heading of the names, else that of the codes."""
        return self.headings.get("municipality") or self.headings["code"]


def attributes_of(layer: Layer) -> Attributes:
    """Find the properties that name municipalities.

    Raises:
        RejectedError: there are none, or only prefectures are named.
    """
    printed = {heading.strip().casefold(): heading for heading in layer.columns}
    headings = {
        role: printed[found[0]]
        for role, names in HEADINGS.items()
        if (found := [name.casefold() for name in names if name.casefold() in printed])
    }
    if "municipality" not in headings and "code" not in headings:
        raise _nothing_found(layer, headings)
    empty = [""] * len(layer)
    columns = [layer.columns.get(headings.get(role, ""), empty) for role in HEADINGS]
    names = [_name(*parts) for parts in zip(*columns, strict=True)]
    if not any(name.municipality for name in names) and all(
        name.code.endswith("000") or not name.code for name in names
    ):
        raise _only_prefectures()
    return Attributes(names, headings)


def _name(prefecture: str, county: str, municipality: str, ward: str, code: str) -> Name:
    """Tell the parts of a name: until 2023 N03_003 held the city and N03_004 the ward, since then N03_004 and N03_005 do."""
    if county.endswith("市") and municipality.endswith("区") and not ward:
        return Name(prefecture, county, municipality, code)
    return Name(prefecture, municipality, "" if ward == municipality else ward, code)


def _nothing_found(layer: Layer, headings: Mapping[str, str]) -> RejectedError:
    if "prefecture" in headings:
        return _only_prefectures()
    shown = "、".join(list(layer.columns)[:_SHOWN]) or "なし"
    return RejectedError(
        f"市区町村の名前やコードの項目が見つかりません（読めた項目: {shown}）",
        "N03_004・N03_007 か city_name・lg_code のある境界を使ってください",
    )


def _only_prefectures() -> RejectedError:
    return RejectedError(
        "都道府県だけの境界です",
        "市区町村の境界を使ってください（都道府県の境界は市区町村から作ります）",
    )
