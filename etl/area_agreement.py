"""Do the codes, kinds and prefectures of the area table agree with each other?"""

from collections.abc import Iterator
from datetime import date

from etl.cells import or_none
from etl.fault import Fault
from etl.rows import PrintedTable
from geo.area import Area, AreaCodeError, AreaKind, code6_of

AREA_COLUMNS = (
    "code", "name", "kind", "prefecture_code", "prefecture_name", "county", "parent_code", "valid_from", "valid_to",
    "successors",
)  # fmt: skip


def code_faults(areas: PrintedTable) -> Iterator[Fault]:
    """Yield wrong check digits, unknown codes, and codes that contradict kind, prefecture or city."""
    columns = ("code", "code6", "name", "kind", "prefecture_code", "prefecture_name")
    rows = list(areas.each(*columns))
    prefectures = {code[:2]: name for _, (code, _, name, kind, _, _) in rows if kind == AreaKind.PREFECTURE}
    for index, (code, code6, name, _, _, prefecture_name) in rows:
        right6 = or_none(code6_of, code)
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


def areas_of(table: PrintedTable) -> Iterator[Area]:
    """Yield the areas that can be built; the others have a fault of their own already."""
    for _, cells in table.each(*AREA_COLUMNS):
        area = or_none(_area, cells)
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
