"""What a schema cannot say: codes, names, years and membership in the curated tables must agree with each other."""

import re
from collections.abc import Iterator, Mapping, Set
from datetime import date

from etl.area_agreement import code_faults
from etl.cells import or_none
from etl.fault import Fault
from etl.name_agreement import name_faults
from etl.rows import PrintedTable
from geo.fiscal import fiscal_year_of, parse_day, parse_fiscal_year

_MEND_YEAR = "資料の日付・年度を確かめてください"
# Tables whose areas must be prefectures or municipalities of today.
_TODAYS_AREAS = (
    ("participation", "code"),
    ("platform", "lead_code"),
    ("platform_member", "member_code"),
    ("regional_council", "code"),
    ("place", "code"),
)
_CODE_OF_SCOPE = {"nationwide": r"", "prefecture": r"\d{2}000", "municipality": r"\d{5}(?<!000)"}


def disagreements(printed: Mapping[str, PrintedTable], faulty: Set[str] = frozenset()) -> Iterator[Fault]:
    """Yield every contradiction between (or inside) rows of the tables; unreadable cells are passed over.

    Names and codes can be judged only by areas and aliases that are right: not while these are among the `faulty`.
    """
    wrong_codes = list(code_faults(printed["area"]))
    yield from wrong_codes
    yield from _year_faults(printed["participation"], "decided_on", "fiscal_year")
    yield from _year_faults(printed["platform"], "established_on", "established_year")
    yield from _printed_year_faults(printed["participation"])
    yield from _printed_day_faults(printed["participation"])
    yield from _programme_year_faults(printed)
    yield from _outside_members(printed)
    yield from _scope_faults(printed["grant_area"])
    if "area" not in faulty:
        yield from _current_code_faults(printed)
        yield from _ward_faults(printed)
    if not wrong_codes and not faulty & {"area", "alias"}:
        yield from name_faults(printed)


def _year_faults(table: PrintedTable, day_column: str, year_column: str) -> Iterator[Fault]:
    for index, (day, year) in table.each(day_column, year_column):
        found = or_none(lambda text: fiscal_year_of(date.fromisoformat(text)), day)
        if found is not None and str(found) != year:
            problem = f"{day} は{found}年度ですが、{year_column} は「{year}」です"
            yield table.fault(index, year_column, problem, _MEND_YEAR)


def _printed_year_faults(table: PrintedTable) -> Iterator[Fault]:
    """A printed year without digits (本年度) says nothing that could be compared."""
    for index, (text, year) in table.each("year_printed", "fiscal_year"):
        found = or_none(parse_fiscal_year, text)
        if found is None and re.search(r"\d", text):
            yield table.fault(index, "year_printed", f"「{text}」を年度として読めません", _MEND_YEAR)
        elif found is not None and str(found) != year:
            problem = f"「{text}」は{found}年度ですが、fiscal_year は「{year}」です"
            yield table.fault(index, "fiscal_year", problem, _MEND_YEAR)


def _printed_day_faults(table: PrintedTable) -> Iterator[Fault]:
    """A full printed day must be the day in decided_on; a partial one (2023-06) proves no day."""
    for index, (text, day) in table.each("decided_printed", "decided_on"):
        found = or_none(parse_day, text)
        if found is not None and found.isoformat() != day:
            problem = f"「{text}」は {found.isoformat()} ですが、decided_on は「{day}」です"
            yield table.fault(index, "decided_on", problem, _MEND_YEAR)


def _programme_year_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    """A listing or an award belongs to the fiscal year of its programme."""
    years = {
        programme: year
        for _, (programme, year) in printed["grant_programme"].each("programme_id", "fiscal_year")
    }
    for name in ("participation", "grant_award"):
        table = printed[name]
        for index, (programme, year) in table.each("programme_id", "fiscal_year"):
            if year.isascii() and year.isdigit() and years.get(programme, year) != year:
                problem = f"{programme} は{years[programme]}年度の事業ですが、fiscal_year は「{year}」です"
                yield table.fault(index, "fiscal_year", problem, _MEND_YEAR)


def _current_code_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    """Whoever takes part is a prefecture or municipality of today: neither a ward nor an area that ended."""
    rows = printed["area"].each("code", "kind", "valid_to")
    able = {code for _, (code, kind, ended) in rows if not ended and kind not in {"ward", "northern_village"}}
    mend = "行政区は市のコード、廃止された団体は後継のコードにしてください"
    for name, column in _TODAYS_AREAS:
        table = printed[name]
        for index, (code,) in table.each(column):
            if code and able and code not in able:
                yield table.fault(index, column, f"{code} は現在の都道府県・市区町村ではありません", mend)


def _ward_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    """The ward of a place is a ward of its city."""
    city = {code: parent for _, (code, parent) in printed["area"].each("code", "parent_code")}
    places = printed["place"]
    for index, (code, ward) in places.each("code", "ward_code"):
        if ward and city.get(ward, code) != code:
            yield places.fault(
                index,
                "ward_code",
                f"{ward} は {code} の行政区ではありません",
                "どちらかのコードを直してください",
            )


def _scope_faults(areas: PrintedTable) -> Iterator[Fault]:
    """A nationwide activity area has no code, a prefecture's ends in 000, a municipality's does not."""
    for index, (scope, code) in areas.each("scope", "code"):
        shape = _CODE_OF_SCOPE.get(scope)
        if shape is not None and not re.fullmatch(shape, code):
            problem = f"範囲「{scope}」にコード「{code}」は合いません"
            yield areas.fault(
                index, "code", problem, "全国なら空、都道府県なら末尾000、市区町村ならその5桁です"
            )


def _outside_members(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    leads = {
        platform: lead
        for _, (platform, lead, kind) in printed["platform"].each("platform_id", "lead_code", "kind")
        if kind == "prefectural"
    }
    members = printed["platform_member"]
    for index, (platform, code) in members.each("platform_id", "member_code"):
        lead = leads.get(platform)
        if lead is not None and code[:2] != lead[:2]:
            problem = f"{code} は {platform}（{lead}）の都道府県の外にあります"
            yield members.fault(
                index, "member_code", problem, "構成員のコードかプラットフォームを確かめてください"
            )
