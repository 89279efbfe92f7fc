"""Small good files of every kind and format that the check reads: what the mutations start from."""

import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.intake.facts import Kind
from tests.etl.intake.paper import paper

PLATFORMS = """年度,都道府県,市区町村,団体コード,区分,備考
2022,北海道,,010006,都道府県,
令和４年度,広島県,三原市,342041,市区町村,
R5.1.16,茨城県,竜ヶ崎市,,市区町村,
2022,,府中市,13206,市区町村,"一行目
二行目"
"""
GRANTEES = """年度,採択番号,団体名,事業名,都道府県,市区町村,活動地域,出典
2023,1,認定NPO法人あおぞら会,"居場所づくり, 見守り",東京都,府中市,全国,https://www.cas.go.jp/
2023,2,一般社団法人みなと,つながり,広島県,尾道市,尾道市・三原市,https://www.cas.go.jp/
"""
PLACES = """名称,種別,都道府県,市区町村,住所,緯度,経度,年度,出典URL,測地系
みんなの食堂,こども食堂,北海道,登別市,北海道登別市1-1,42.412778,141.106667,2024,https://www.example.jp/,
逆さサロン,居場所,東京都,府中市,東京都府中市1-1,139.477778,35.668889,2024,,
度分秒の会,居場所,東京都,府中市,東京都府中市1-1,35度40分8秒,１３９度２８分４０秒,2024,javascript:alert(1),旧日本測地系
点なし,居場所,東京都,府中市,,,,令和6年度,,
"""
SOURCES = "id,url,path,sha256\ns1,https://www.cas.go.jp/a.csv,a.csv," + "0" * 64 + "\n"


def _workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in text.splitlines():
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _parquet() -> bytes:
    content = io.BytesIO()
    pq.write_table(
        pa.table(
            {"年度": ["2022"], "都道府県": ["広島県"], "市区町村": ["三原市"], "団体コード": ["342041"]}
        ),
        content,
    )
    return content.getvalue()


def _points() -> bytes:
    feature = {
        "type": "Feature",
        "properties": {"名称": "みんなの食堂", "市区町村": "登別市"},
        "geometry": {"type": "Point", "coordinates": [141.106667, 42.412778]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature] * 2}, ensure_ascii=False).encode()


def _shapes() -> bytes:
    square = [[133.05, 34.37], [133.10, 34.37], [133.10, 34.42], [133.05, 34.42], [133.05, 34.37]]
    feature = {
        "type": "Feature",
        "properties": {"N03_001": "広島県", "N03_004": "三原市", "N03_007": "34204"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False).encode()


def seeds() -> list[tuple[Kind, str, bytes]]:
    """Return kind, file name and content of each seed."""
    return [
        (Kind.PLATFORMS, "list.csv", PLATFORMS.encode()),
        (Kind.PLATFORMS, "list.csv", PLATFORMS.encode("cp932")),
        (Kind.PLATFORMS, "list.csv", PLATFORMS.encode("utf-16")),
        (Kind.PLATFORMS, "list.xlsx", _workbook(PLATFORMS)),
        (Kind.PLATFORMS, "list.parquet", _parquet()),
        (Kind.GRANTEES, "grants.csv", GRANTEES.encode()),
        (Kind.PLACES, "places.csv", PLACES.encode()),
        (Kind.PLACES, "places.geojson", _points()),
        (Kind.SOURCES, "sources.csv", SOURCES.encode()),
        (Kind.BOUNDARIES, "shapes.geojson", _shapes()),
        (Kind.PDF, "list.pdf", paper([["令和４年度", "■札幌市 □鶴岡市"]])),
    ]
