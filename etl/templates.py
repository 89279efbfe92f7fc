"""Forms of the yearly confirmation: every municipality of a prefecture with what is known of it, to be corrected and sent back.

The headings are those that the importer knows; the column of earlier years is for the reader and left out on import.
"""

from pathlib import Path

import duckdb

from etl.changes import ABSENT
from etl.current import connect_file
from etl.fault import BuildError
from etl.form_sheet import FORMS, Form
from etl.intake.facts import Kind

STATUSES = ("新規", "継続", "再参加", "参加", ABSENT)
_COLUMNS = {
    Kind.PLATFORMS: ("年度", "都道府県", "市区町村", "団体コード", "区分", "備考", "これまでの一覧"),
    Kind.GRANTEES: ("年度", "採択番号", "団体名", "事業名", "都道府県", "市区町村", "活動地域", "出典"),
    Kind.PLACES: ("名称", "種別", "都道府県", "市区町村", "住所", "緯度", "経度", "年度", "出典URL"),
}
_TITLES = {
    Kind.PLATFORMS: "取組団体の確認",
    Kind.GRANTEES: "採択団体の一覧",
    Kind.PLACES: "居場所の一覧",
}
_GUIDES = {
    Kind.PLATFORMS: (
        "1行が1団体です。すべての市区町村と都道府県が入っています。区分だけを確かめて直してください。",
        "区分: 新規（その年度から）、継続（前年度から）、再参加（以前に参加）、参加（どれか分からない）。",
        f"参加していない団体や、分からない団体の区分は「{ABSENT}」です。",
        "区分には、その年度の収録した資料から分かることを入れてあります。前年度までの一覧にある団体も、続いているとは決めていません。",
        "備考には、資料の名前や決定日などを書けます。個人の氏名・電話番号・メールアドレスは書かないでください。",
        "団体コードは6桁の全国地方公共団体コードです。書き換えないでください。「これまでの一覧」は参考で、取り込みません。",
        "直したファイルは `ibasho import FILE --kind platforms --source 出典ID` で取り込みます。変わる行を先に表示します。",
        "One row per body. Check the column 区分: 新規 new, 継続 continuing, 再参加 returning, 参画の確認なし not confirmed.",
    ),
    Kind.GRANTEES: (
        "1行が1件の採択です。都道府県・市区町村は団体の所在地、活動地域は「全国」か、都道府県・市区町村の名（「、」区切り）です。",
        "出典は https:// で始まるアドレスです。個人の氏名・電話番号・メールアドレスは書かないでください。",
        "One row per award. 活動地域: 全国 (nationwide) or names of prefectures and municipalities.",
    ),
    Kind.PLACES: (
        "1行が1か所です。緯度・経度は度（世界測地系）で、分からなければ空のままにしてください。",
        "個人の氏名・電話番号・メールアドレスは書かないでください。",
        "One row per place. Latitude and longitude in degrees; leave them empty if unknown.",
    ),
}
_BODIES = """
SELECT prefecture_name, CASE kind WHEN 'prefecture' THEN '' ELSE name END, code, code6
FROM area
WHERE prefecture_code = ? AND kind NOT IN ('ward', 'northern_village')
ORDER BY code
"""
_LISTED = """
SELECT code, fiscal_year, status FROM participation
WHERE prefecture_code = ? AND fiscal_year <= ? AND is_counted
ORDER BY code, fiscal_year
"""
_WORDS = {"new": "新規", "continuing": "継続", "returning": "再参加", "unknown": "参加"}


class TemplateError(BuildError):
    """There is no form of that kind or for that prefecture."""


def template(kind: Kind, prefecture: str, fiscal_year: int, database: Path, fmt: str = "xlsx") -> bytes:
    """Return a form to send to a prefecture.

    Args:
        kind: platforms (filled in), grantees or places (only year and prefecture are filled in).
        prefecture: code of two or five digits, or the name.
        fiscal_year: the year that is asked for.
        database: file of a build.
        fmt: xlsx (with guidance and a list of choices) or csv (UTF-8 with BOM).

    Raises:
        TemplateError: no form of that kind, or no such prefecture.
        KeyError: another format.
    """
    if kind not in _COLUMNS:
        raise TemplateError(f"この種類（{kind}）の様式はありません。使える種類: {'、'.join(_COLUMNS)}。")
    with connect_file(database) as con:
        bodies = _bodies(con, prefecture)
        rows = (
            _filled_in(con, bodies, fiscal_year)
            if kind is Kind.PLATFORMS
            else [_start(kind, bodies, fiscal_year)]
        )
    form = Form(
        title=f"{fiscal_year}年度 {bodies[0][0]} {_TITLES[kind]}",
        columns=_COLUMNS[kind],
        rows=rows,
        choices={"区分": STATUSES} if kind is Kind.PLATFORMS else {},
        guide=_GUIDES[kind],
    )
    return FORMS[fmt](form)


def _bodies(con: duckdb.DuckDBPyConnection, prefecture: str) -> list[tuple[str, str, str, str]]:
    """Return (prefecture, municipality or empty, code, six digits) of the prefecture and its municipalities."""
    found = con.execute(
        "SELECT prefecture_code FROM area WHERE kind = 'prefecture' AND (name = ? OR code = ? OR prefecture_code = ?)",
        [prefecture, prefecture[:5], prefecture],
    ).fetchall()
    if not found:
        raise TemplateError(
            f"都道府県「{prefecture[:20]}」がありません。名前（例 広島県）かコード（例 34）で指定してください。"
        )
    return [(row[0], row[1], row[2], row[3]) for row in con.execute(_BODIES, list(found[0])).fetchall()]


def _filled_in(
    con: duckdb.DuckDBPyConnection, bodies: list[tuple[str, str, str, str]], fiscal_year: int
) -> list[tuple[str, ...]]:
    listed: dict[str, dict[int, str]] = {}
    for code, year, status in con.execute(_LISTED, [bodies[0][2][:2], fiscal_year]).fetchall():
        listed.setdefault(code, {})[year] = status
    return [
        (
            str(fiscal_year),
            prefecture,
            municipality,
            code6,
            _known(listed.get(code, {}), fiscal_year),
            "",
            "、".join(f"{year}年度" for year in listed.get(code, {})),
        )
        for prefecture, municipality, code, code6 in bodies
    ]


def _known(years: dict[int, str], fiscal_year: int) -> str:
    """What the registered list of the year says; a body of earlier lists is not taken to go on."""
    return _WORDS[years[fiscal_year]] if fiscal_year in years else ABSENT


def _start(kind: Kind, bodies: list[tuple[str, str, str, str]], fiscal_year: int) -> tuple[str, ...]:
    known = {"年度": str(fiscal_year), "都道府県": bodies[0][0]}
    return tuple(known.get(column, "") for column in _COLUMNS[kind])
