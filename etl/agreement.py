"""What a schema cannot say: codes, names, years and membership in the curated tables must agree with each other.

A name is never mended here. A misprint of one document belongs in corrections.csv, another spelling in aliases.csv.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from etl.fault import Fault
from etl.rows import PrintedTable
from geo.area import Area, AreaCodeError, AreaKind, code5_of, code6_of
from geo.fiscal import fiscal_year_of, parse_day, parse_fiscal_year
from geo.names import Alias, Gazetteer, NameFaultError

Printed = TypeVar("Printed")
Read = TypeVar("Read")
# Words that name several areas at once (県内の全市町村, 市町村40, 鳥取県4町): no single area is called so.
_COLLECTIVE = re.compile(r"市町村|[0-9０-９]")
_MEND_NAME = "コードか名前を直すか、別表記は aliases.csv、資料の誤記は corrections.csv に書いてください"
_MEND_YEAR = "資料の日付・年度を確かめてください"


@dataclass(frozen=True, slots=True)
class NamedArea:
    """Columns in which a table prints the name of an area beside its code.

    `addition` matches what may follow the name in print without belonging to it.
    """

    table: str
    name: str
    code: str
    prefecture: str = ""
    addition: str = ""


AREA_COLUMNS = (
    "code", "name", "kind", "prefecture_code", "prefecture_name", "county", "parent_code", "valid_from", "valid_to",
    "successors",
)  # fmt: skip
NAMED_AREAS = (
    NamedArea("participation", "name_printed", "code", "prefecture_printed"),
    # The regional parts of a prefectural platform are led by an office: 北海道（宗谷総合振興局）.
    NamedArea("platform", "lead_printed", "lead_code", addition=r"[（(][^（）()]*[）)]"),
    NamedArea("platform_member", "name_printed", "member_code"),
    NamedArea("grant_area", "name_printed", "code"),
    NamedArea("grant_award", "base_printed", "base_code"),
)


def disagreements(printed: Mapping[str, PrintedTable], faulty: Set[str] = frozenset()) -> Iterator[Fault]:
    """Yield every contradiction between (or inside) rows of the tables; unreadable cells are passed over.

    Names and codes can be judged only by areas and aliases that are right: not while these are among the `faulty`.
    """
    areas = printed["area"]
    code_faults = list(_code_faults(areas))
    yield from code_faults
    yield from _year_faults(printed["participation"], "decided_on", "fiscal_year")
    yield from _year_faults(printed["platform"], "established_on", "established_year")
    yield from _printed_year_faults(printed["participation"])
    yield from _printed_day_faults(printed["participation"])
    yield from _outside_members(printed)
    if "area" not in faulty:
        yield from _current_code_faults(printed)
    if not code_faults and not faulty & {"area", "alias"}:
        yield from _name_faults(printed)


def _cells(table: PrintedTable, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (index, the named cells) of every row."""
    return enumerate(zip(*(table.cells[name] for name in names), strict=True))


def _code_faults(areas: PrintedTable) -> Iterator[Fault]:
    columns = ("code", "code6", "name", "kind", "prefecture_code", "prefecture_name")
    rows = list(_cells(areas, *columns))
    prefectures = {code[:2]: name for _, (code, _, name, kind, _, _) in rows if kind == AreaKind.PREFECTURE}
    for index, (code, code6, name, _, _, prefecture_name) in rows:
        right6 = _attempt(code6_of, code)
        if right6 is None:
            problem = f"{name}のコード {code} は全国地方公共団体コードではありません"
            yield areas.fault(index, "code", problem, "5桁のコードを確かめてください")
        elif code6 != right6:
            mend = f"{code} の6桁コードは {right6} です。どちらが正しいか確かめてください"
            yield areas.fault(index, "code6", f"{name}のコード {code6} の検査数字が合いません", mend)
        elif prefecture_name != prefectures.get(code[:2], prefecture_name):
            problem = f"{name}（{code}）は {prefectures[code[:2]]} の団体ですが「{prefecture_name}」です"
            yield areas.fault(index, "prefecture_name", problem, "都道府県名かコードを直してください")
        else:
            yield from _area_faults(areas, index)


def _area_faults(areas: PrintedTable, index: int) -> Iterator[Fault]:
    try:
        _area(tuple(areas.cells[column][index] for column in AREA_COLUMNS))
    except AreaCodeError as fault:
        problem = f"コード・種別・都道府県・市のコードが食い違います（{fault}）"
        yield areas.fault(index, "code", problem, "この行のコードと kind を確かめてください")
    except ValueError:
        pass  # an impossible kind or date is reported by the schema's own rules


def _year_faults(table: PrintedTable, day_column: str, year_column: str) -> Iterator[Fault]:
    for index, (day, year) in _cells(table, day_column, year_column):
        found = _attempt(lambda text: fiscal_year_of(date.fromisoformat(text)), day)
        if found is not None and str(found) != year:
            problem = f"{day} は{found}年度ですが、{year_column} は「{year}」です"
            yield table.fault(index, year_column, problem, _MEND_YEAR)


def _printed_year_faults(table: PrintedTable) -> Iterator[Fault]:
    """A printed year without digits (本年度) says nothing that could be compared."""
    for index, (text, year) in _cells(table, "year_printed", "fiscal_year"):
        found = _attempt(parse_fiscal_year, text)
        if found is None and re.search(r"\d", text):
            yield table.fault(index, "year_printed", f"「{text}」を年度として読めません", _MEND_YEAR)
        elif found is not None and str(found) != year:
            problem = f"「{text}」は{found}年度ですが、fiscal_year は「{year}」です"
            yield table.fault(index, "fiscal_year", problem, _MEND_YEAR)


def _printed_day_faults(table: PrintedTable) -> Iterator[Fault]:
    """A full printed day must be the day in decided_on; a partial one (2023-06) proves no day."""
    for index, (text, day) in _cells(table, "decided_printed", "decided_on"):
        found = _attempt(parse_day, text)
        if found is not None and found.isoformat() != day:
            problem = f"「{text}」は {found.isoformat()} ですが、decided_on は「{day}」です"
            yield table.fault(index, "decided_on", problem, _MEND_YEAR)


def _current_code_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    """Whoever takes part is a prefecture or municipality of today: neither a ward nor an area that ended."""
    rows = _cells(printed["area"], "code", "kind", "valid_to")
    able = {code for _, (code, kind, ended) in rows if not ended and kind not in {"ward", "northern_village"}}
    for name, column in (
        ("participation", "code"),
        ("platform", "lead_code"),
        ("platform_member", "member_code"),
    ):
        table = printed[name]
        for index, (code,) in _cells(table, column):
            if code and able and code not in able:
                problem = f"{code} は現在の都道府県・市区町村ではありません"
                yield table.fault(
                    index, column, problem, "行政区は市のコード、廃止された団体は後継のコードにしてください"
                )


def _outside_members(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    leads = {
        platform: lead
        for _, (platform, lead, kind) in _cells(printed["platform"], "platform_id", "lead_code", "kind")
        if kind == "prefectural"
    }
    members = printed["platform_member"]
    for index, (platform, code) in _cells(members, "platform_id", "member_code"):
        lead = leads.get(platform)
        if lead is not None and code[:2] != lead[:2]:
            problem = f"{code} は {platform}（{lead}）の都道府県の外にあります"
            yield members.fault(
                index, "member_code", problem, "構成員のコードかプラットフォームを確かめてください"
            )


def _name_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    areas = list(_areas(printed["area"]))
    try:
        gazetteer = Gazetteer(areas, aliases=_aliases(printed["alias"]))
    except ValueError as fault:
        yield Fault(
            "aliases.csv",
            0,
            "",
            f"名前の索引を作れません（{fault}）",
            "areas.csv と aliases.csv を確かめてください",
        )
        return
    corrected = {
        (source, text): reading
        for _, (source, text, reading) in _cells(printed["correction"], "source_id", "printed", "corrected")
    }
    for named in NAMED_AREAS:
        yield from _unresolved(printed[named.table], named, gazetteer, corrected)


def _unresolved(
    table: PrintedTable, named: NamedArea, gazetteer: Gazetteer, corrected: Mapping[tuple[str, str], str]
) -> Iterator[Fault]:
    prefectures = table.cells[named.prefecture] if named.prefecture else [""] * len(table.rows)
    for index, (text, code, source) in _cells(table, named.name, named.code, "source_id"):
        if not text or not code or _COLLECTIVE.search(text):
            continue
        name = re.sub(rf"{named.addition}$", "", corrected.get((source, text), text))
        try:
            gazetteer.resolve(name, prefecture=prefectures[index], code=code)
        except NameFaultError as fault:
            candidates = "、".join(
                f"{area.code} {area.prefecture_name}{area.name}" for area in fault.candidates
            )
            problem = f"{prefectures[index]}「{text}」はコード {code} の名前ではありません"
            yield table.fault(
                index, named.name, problem + (f"（候補: {candidates}）" if candidates else ""), _MEND_NAME
            )


def _areas(table: PrintedTable) -> Iterator[Area]:
    """Yield the areas that can be built; the others have a fault of their own already."""
    for _, cells in _cells(table, *AREA_COLUMNS):
        area = _attempt(_area, cells)
        if area is not None:
            yield area


def _area(cells: tuple[str, ...]) -> Area:
    code, name, kind, prefecture_code, prefecture_name, county, parent, begun, ended, successors = cells
    return Area(
        code,
        name,
        AreaKind(kind),
        prefecture_code,
        prefecture_name,
        county=county,
        parent_code=parent,
        valid_from=date.fromisoformat(begun) if begun else None,
        valid_to=date.fromisoformat(ended) if ended else None,
        successors=tuple(filter(None, successors.split(";"))) if ended else (),
    )


def _aliases(table: PrintedTable) -> Iterable[Alias]:
    for _, (text, code, prefecture) in _cells(table, "printed", "code", "prefecture_name"):
        code5 = _attempt(code5_of, code)
        if text and code5:
            yield Alias(text, code5, prefecture)


def _attempt(read: Callable[[Printed], Read], text: Printed) -> Read | None:
    try:
        return read(text)
    except ValueError:
        return None
