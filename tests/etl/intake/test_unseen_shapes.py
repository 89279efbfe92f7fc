"""Boundary files of every good, odd and hostile form: what becomes of the whole file."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from etl.intake.check import check
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import Material
from etl.intake.report import COUNTS, Outcome
from tests.etl.intake.drawn import (
    FUCHU,
    MIHARA,
    ONOMICHI,
    file_of,
    frame,
    geojson,
    n03,
    polygon,
    shapefile,
    square,
    three,
    zipped,
)
from tests.etl.intake.unseen import DATA

ONE, TWO = n03("34204", "三原市", [square(MIHARA)]), n03("34205", "尾道市", [square(ONOMICHI)])
BOW = [[133.0, 34.0], [133.1, 34.1], [133.1, 34.0], [133.0, 34.1], [133.0, 34.0]]
METRES = [[14811000.0, 4080000.0], [14816000.0, 4080000.0], [14816000.0, 4085000.0], [14811000.0, 4080000.0]]
REJECT, HELD, REPAIR, ACCEPT = Outcome.REJECT, Outcome.QUARANTINE, Outcome.REPAIR, Outcome.ACCEPT
NOTHING = (0, 0, 0, 0, 0, 0)
PARTS = shapefile(frame([ONE, TWO]))


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def checked(file: Material, context: Context) -> Checked:
    return check(file, Kind.BOUNDARIES, Options(), context)


def text(content: str) -> Material:
    return file_of(content.encode())


def number(printed: str) -> Material:
    """Return two features, one of which has this in the place of a coordinate."""
    content = json.dumps({"type": "FeatureCollection", "features": [ONE, TWO]}, ensure_ascii=False)
    return text(content.replace("133.05", printed, 1))


def crs(name: Any) -> Material:
    return geojson([ONE], crs={"type": "name", "properties": {"name": name}})


def members(parts: Mapping[str, bytes]) -> Material:
    return zipped(parts, "areas.zip")


def shape(kind: str, coordinates: Any) -> Mapping[str, Any]:
    return n03("34204", "三原市", {"type": kind, "coordinates": coordinates})


FILES: list[tuple[str, Material, Outcome, tuple[int, ...], tuple[str, ...]]] = [
    (
        "islands",
        geojson([ONE, n03("34204", "三原市", [square((133.12, 34.30), 0.01)]), TWO]),
        ACCEPT,
        (3, 3, 0, 0, 0, 0),
        (),
    ),
    (
        "a hole",
        geojson([n03("34204", "三原市", [square(MIHARA), square((133.06, 34.38), 0.01)[::-1]])]),
        ACCEPT,
        (1, 1, 0, 0, 0, 0),
        (),
    ),
    (
        "a bow",
        geojson([n03("34204", "三原市", [BOW]), TWO]),
        REPAIR,
        (2, 2, 1, 0, 0, 0),
        ("1行目", "0.000 km²"),
    ),
    ("twice the same", geojson([ONE, ONE, TWO]), REPAIR, (3, 2, 0, 0, 1, 0), ("2行目: 1行目と同じ",)),
    (
        "heights",
        geojson([n03("34204", "三原市", [[[*point, 5.0] for point in square(MIHARA)]])]),
        REPAIR,
        (1, 1, 1, 0, 0, 0),
        ("高さ",),
    ),
    (
        "wards of an ended division",
        geojson([n03("22131", "浜松市中区", [square((137.7, 34.7))], "静岡県")]),
        REPAIR,
        (1, 1, 1, 0, 0, 0),
        ("22130",),
    ),
    (
        "points and lines",
        geojson([shape("Point", [133, 34]), shape("LineString", [[133, 34], [134, 35]]), TWO]),
        HELD,
        (3, 1, 0, 2, 0, 0),
        ("Point", "LineString"),
    ),
    (
        "no area",
        geojson([n03("34204", "三原市", [[[133, 34], [133.1, 34], [133, 34], [133, 34]]]), TWO]),
        HELD,
        (2, 1, 0, 1, 0, 0),
        ("面積",),
    ),
    (
        "too few points",
        geojson([n03("34204", "三原市", [[[133, 34], [133.1, 34]]]), TWO]),
        HELD,
        (2, 1, 0, 1, 0, 0),
        ("足りません",),
    ),
    (
        "one of three abroad",
        geojson([n03("34204", "三原市", [square((2.3, 48.8))]), *three()[1:]]),
        HELD,
        (3, 2, 0, 1, 0, 0),
        ("日本の外",),
    ),
    (
        "the name of another code",
        geojson([n03("34204", "尾道市", [square(MIHARA)]), n03("34208", "府中市", [square(FUCHU)])]),
        HELD,
        (2, 1, 0, 1, 0, 0),
        ("1行目", "34204 広島県三原市"),
    ),
    ("a text as coordinate", number('"133.05"'), HELD, (2, 1, 0, 1, 0, 0), ("1行目", "座標")),
    ("beyond all numbers", number("1e999"), HELD, (2, 1, 0, 1, 0, 0), ("1行目", "有限")),
    ("no number", number("NaN"), REJECT, NOTHING, ("NaN",)),
    ("metres without a system", geojson([n03("34204", "三原市", [METRES])]), REJECT, NOTHING, ("座標系",)),
    (
        "metres with their system",
        geojson([n03("34204", "三原市", [METRES])], crs={"properties": {"name": "EPSG:3857"}}),
        ACCEPT,
        (1, 1, 0, 0, 0, 0),
        (),
    ),
    ("a system that is none", crs("EPSG:999999"), REJECT, NOTHING, ("座標系",)),
    ("a system that is a file", crs("/etc/passwd"), REJECT, NOTHING, ("座標系",)),
    (
        "a system elsewhere",
        geojson([ONE], crs={"type": "link", "properties": {"href": "http://203.0.113.9/"}}),
        REJECT,
        NOTHING,
        ("座標系",),
    ),
    ("prefectures only", geojson([n03("34000", "", [square(MIHARA)])]), REJECT, NOTHING, ("都道府県だけ",)),
    (
        "no names",
        text(
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        {"type": "Feature", "properties": {"a": 1}, "geometry": polygon([square(MIHARA)])}
                    ],
                }
            )
        ),
        REJECT,
        NOTHING,
        ("項目",),
    ),
    (
        "no features",
        text('{"type": "FeatureCollection", "features": []}'),
        REJECT,
        NOTHING,
        ("1件もありません",),
    ),
    (
        "features that are none",
        text('{"type": "FeatureCollection", "features": [null]}'),
        REJECT,
        NOTHING,
        ("Feature",),
    ),
    ("a list", text("[]"), REJECT, NOTHING, ("GeoJSON ではありません",)),
    (
        "a layer elsewhere",
        text("<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>"),
        REJECT,
        NOTHING,
        ("GeoJSON ではありません",),
    ),
    ("an address", text("WFS:http://127.0.0.1:9/"), REJECT, NOTHING, ("GeoJSON ではありません",)),
    (
        "entities",
        text('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        REJECT,
        NOTHING,
        ("GeoJSON ではありません",),
    ),
    (
        "shapefile in UTF-8",
        zipped(shapefile(frame([ONE, TWO]), encoding="UTF-8", cpg="UTF-8")),
        ACCEPT,
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    (
        "shapefile in metres",
        zipped(shapefile(frame([ONE, TWO]).to_crs(6671))),
        ACCEPT,
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    (
        "shapefile in a folder",
        members({f"a/b/{name}": part for name, part in PARTS.items()}),
        ACCEPT,
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    *[
        (
            f"shapefile without {ending}",
            zipped(shapefile(frame([ONE]), without=ending)),
            REJECT,
            NOTHING,
            (ending,),
        )
        for ending in (".prj", ".shx", ".shp", ".dbf")
    ],
    (
        "shapefile cut off",
        members(PARTS | {"N03.shp": PARTS["N03.shp"][:150]}),
        REJECT,
        NOTHING,
        (".shp が途中で切れています",),
    ),
    ("table cut off", members(PARTS | {"N03.dbf": PARTS["N03.dbf"][:100]}), REJECT, NOTHING, (".dbf",)),
    (
        "a path out of the archive",
        members({"../../evil.shp": b"x"} | PARTS),
        REJECT,
        NOTHING,
        ("外を指して", "evil.shp"),
    ),
    ("an absolute path", members({"/evil.shp": b"x"} | PARTS), REJECT, NOTHING, ("外を指して",)),
    ("a drive", members({"C:\\evil.shp": b"x"} | PARTS), REJECT, NOTHING, ("外を指して",)),
    (
        "an archive in an archive",
        members({"in.zip": members(PARTS).data}),
        REJECT,
        NOTHING,
        ("境界のファイルがありません",),
    ),
]


@pytest.mark.parametrize(
    ("file", "outcome", "account", "words"), [pytest.param(*case[1:], id=case[0]) for case in FILES]
)
def test_every_boundary_file_comes_to_its_outcome(
    file: Material, outcome: Outcome, account: tuple[int, ...], words: tuple[str, ...], context: Context
) -> None:
    report = checked(file, context).report
    lines = [message.line(report.file) for message in report.messages]
    assert (report.outcome, *(getattr(report, count) for count in COUNTS)) == (outcome, *account), lines
    assert all(word in "\n".join(lines) for word in words), lines
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert outcome is not Outcome.REJECT or (len(lines) == 1 and report.messages[0].mend)


def test_a_bomb_is_refused_by_what_its_directory_says(context: Context) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("N03.shp", bytes(5_000_000))
    report = checked(file_of(content.getvalue(), "bomb.zip"), context).report
    assert report.outcome is Outcome.REJECT
    assert "倍の大きさ" in report.messages[0].problem
