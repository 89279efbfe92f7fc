"""A ministry's list in a PDF → candidate rows for a person to review; never facts.

The lists mark a prefecture or designated city with ■ and any other municipality with □, as labels on a map or lines of a table.
The text says nothing of what stands beside a label, so each name is a candidate: the area that it means where only one can be
meant, and all that may be meant elsewhere. A PDF that cannot be read, has no page, no text or no marked name is an error, not an
empty list.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pypdfium2

from etl.intake.facts import FACTS, HELD, Checked, Kind
from etl.intake.guard import Material
from etl.intake.report import Ledger, RejectedError, Report
from geo.area import Area, AreaKind
from geo.fiscal import FiscalYearError, parse_fiscal_year
from geo.names import Gazetteer, NameFaultError

MOST_PAGES = 500
"""A list of a year has a page or two; white papers have some hundreds."""
MARKED = re.compile(r"(?P<mark>[■□])[ \u3000]*(?P<name>[^\s■□、,，（(「」『』：:]{2,20})")
YEAR = re.compile(r"(?:令和|平成)(?:元|[0-9]{1,2})年度")
LEADING = frozenset({AreaKind.PREFECTURE, AreaKind.DESIGNATED_CITY})
"""What ■ stands for in the lists; □ stands for every other municipality."""
REVIEW = "候補の表を書き出し、資料と見比べてから platforms として取り込んでください"
FETCH_AGAIN = "もう一度ダウンロードしてください"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One marked name: where it stands, the only area it can mean (or None), and why a person must decide."""

    page: int
    mark: str
    printed: str
    fiscal_year: int | None
    area: Area | None
    doubt: str

    def cells(self) -> Mapping[str, str]:
        """Return the candidate as a row of the platforms template."""
        area = self.area
        is_prefecture = area is not None and area.kind is AreaKind.PREFECTURE
        return {
            "年度": "" if self.fiscal_year is None else str(self.fiscal_year),
            "都道府県": area.prefecture_name if area else "",
            "市区町村": self.printed if area is None else "" if is_prefecture else area.name,
            "団体コード": area.code if area else "",
            "区分": "都道府県" if is_prefecture else "市区町村",
            "備考": f"{self.page}ページ {self.mark}{self.printed}",
        }


def check_pdf(material: Material, gazetteer: Gazetteer) -> Checked:
    """Return the marked names of a PDF, every one held for review.

    Raises:
        RejectedError: the PDF cannot be read to its end, has no text, or names nobody.
    """
    found = list(candidates(pages_of(material.data), gazetteer))
    if not found:
        raise RejectedError(
            "■または□の印が付いた団体名が見つかりません",
            "取組団体の一覧があるPDFか確かめ、なければ表（CSV・Excel）で取り込んでください",
        )
    ledger = Ledger(np.arange(1, len(found) + 1))
    for index, candidate in enumerate(found):
        meant = f"候補: {gazetteer.full_name(candidate.area)}" if candidate.area else candidate.doubt
        ledger.hold(
            index, "市区町村", f"{candidate.page}ページ {candidate.mark}{candidate.printed}: {meant}", REVIEW
        )
    held = pa.Table.from_pylist(
        [
            {
                "row": message.row,
                "column": message.column,
                "problem": message.problem,
                "mend": message.mend,
                "cells": json.dumps(candidate.cells(), ensure_ascii=False),
            }
            for message, candidate in zip(ledger.messages, found, strict=True)
        ],
        HELD,
    )
    sure = sum(candidate.area is not None for candidate in found)
    report = Report.of(material.name, Kind.PDF, ledger, {"layout": "■□の一覧", "certain": str(sure)})
    return Checked(report, FACTS[Kind.PLATFORMS].empty_table(), held)


def pages_of(data: bytes) -> list[str]:
    """Return the text of every page.

    Raises:
        RejectedError: not a PDF, damaged, locked, too long, or without any text.
    """
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        kind = (
            "HTMLのページ"
            if b"<html" in data[:2000].lower() or b"<!doctype" in data[:2000].lower()
            else "別の形式"
        )
        raise RejectedError(f"PDFではなく{kind}です", FETCH_AGAIN)
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 1 <= len(document) <= MOST_PAGES:
                raise RejectedError(f"壊れたPDFです（ページ数が {len(document):,}）", FETCH_AGAIN)
            texts = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as fault:
        raise RejectedError("壊れているか、パスワードの付いたPDFです", FETCH_AGAIN) from fault
    if not any(text.strip() for text in texts):
        raise RejectedError(
            "文字のない（画像だけの）PDFです", "文字を選べるPDFか、表（CSV・Excel）を使ってください"
        )
    return texts


def candidates(pages: Iterable[str], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield the marked names in the order of the text; a year is read only where a page names a single one."""
    for number, page in enumerate(pages, start=1):
        text = unicodedata.normalize("NFKC", page)
        year = _only_year(text)
        for found in MARKED.finditer(text):
            area, doubt = _meant(found["mark"], found["name"], gazetteer)
            yield Candidate(number, found["mark"], found["name"], year, area, doubt)


def _only_year(text: str) -> int | None:
    years = set()
    for printed in YEAR.findall(text):
        try:
            years.add(parse_fiscal_year(printed))
        except FiscalYearError:
            continue
    return years.pop() if len(years) == 1 else None


def _meant(mark: str, name: str, gazetteer: Gazetteer) -> tuple[Area | None, str]:
    """Return the area that a marked name means, or why a person must decide."""
    try:
        area = gazetteer.resolve(name)
    except NameFaultError as fault:
        fitting = [area for area in fault.candidates if area.kind is not AreaKind.WARD]
        shown = "、".join(f"{area.code} {gazetteer.full_name(area)}" for area in fitting)
        return None, f"どの団体か決められません（候補: {shown}）" if shown else "この名前の団体はありません"
    if (area.kind in LEADING) != (mark == "■"):
        wanted = "都道府県か政令指定都市" if mark == "■" else "政令指定都市でない市区町村"
        return None, f"{mark}は{wanted}の印ですが、{gazetteer.full_name(area)}はそうではありません"
    return area, ""
