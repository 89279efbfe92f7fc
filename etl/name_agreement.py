"""Is every printed name the name of the code beside it?

A name is never mended here. A misprint of one document belongs in corrections.csv, another spelling in aliases.csv.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.area_agreement import areas_of
from etl.cells import or_none
from etl.fault import Fault
from etl.rows import PrintedTable
from geo.area import code5_of
from geo.names import Alias, Gazetteer, NameFaultError

# Words that name several areas at once (県内の全市町村, 市町村40, 鳥取県4町): no single area is called so.
_COLLECTIVE = re.compile(r"市町村|[0-9０-９]")
_MEND_NAME = "コードか名前を直すか、別表記は aliases.csv、資料の誤記は corrections.csv に書いてください"


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


NAMED_AREAS = (
    NamedArea("participation", "name_printed", "code", "prefecture_printed"),
    # The regional parts of a prefectural platform are led by an office: 北海道（宗谷総合振興局）.
    NamedArea("platform", "lead_printed", "lead_code", addition=r"[（(][^（）()]*[）)]"),
    NamedArea("platform_member", "name_printed", "member_code"),
    NamedArea("grant_area", "name_printed", "code"),
    NamedArea("grant_award", "base_printed", "base_code"),
)


def name_faults(printed: Mapping[str, PrintedTable]) -> Iterator[Fault]:
    """Yield every printed name that its code does not bear, with the areas that may have been meant."""
    areas = list(areas_of(printed["area"]))
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
        for _, (source, text, reading) in printed["correction"].each("source_id", "printed", "corrected")
    }
    for named in NAMED_AREAS:
        yield from _unresolved(printed[named.table], named, gazetteer, corrected)


def _unresolved(
    table: PrintedTable, named: NamedArea, gazetteer: Gazetteer, corrected: Mapping[tuple[str, str], str]
) -> Iterator[Fault]:
    prefectures = table.cells[named.prefecture] if named.prefecture else [""] * len(table.rows)
    for index, (text, code, source) in table.each(named.name, named.code, "source_id"):
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


def _aliases(table: PrintedTable) -> Iterable[Alias]:
    for _, (text, code, prefecture) in table.each("printed", "code", "prefecture_name"):
        code5 = or_none(code5_of, code)
        if text and code5:
            yield Alias(text, code5, prefecture)
