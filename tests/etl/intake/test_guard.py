"""What must not be opened is refused before anything of it is read or unpacked, and a name never breaks a line."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from etl.intake.content import Content, content_of
from etl.intake.guard import checked_members, material, shown_name, uploaded
from etl.intake.limits import FILE_BYTES, UPLOAD_BYTES
from etl.intake.report import RejectedError
from tests.etl.intake.tables import packed, read


def refusal_of_path(path: Path) -> str:
    with pytest.raises(RejectedError) as caught:
        material(path)
    return caught.value.message.problem


def refusal_of_archive(data: bytes) -> str:
    with pytest.raises(RejectedError) as caught:
        checked_members(data)
    return caught.value.message.problem


def content(data: bytes) -> Content:
    return content_of(uploaded("x", data))


def test_a_file_is_its_name_its_bytes_and_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"abc")
    read_in = material(path)
    assert (read_in.name, read_in.data) == ("表.csv", b"abc")
    assert read_in.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("secret")
    (tmp_path / "x.csv").symlink_to(tmp_path / "real.csv")
    assert "リンク" in refusal_of_path(tmp_path / "x.csv")


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    assert "通常のファイルではありません" in refusal_of_path(tmp_path / "x.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    assert "フォルダー" in refusal_of_path(tmp_path / "x.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("abc")
    path.chmod(0)
    assert "許可" in refusal_of_path(path)


def test_a_refused_permission_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError

    (tmp_path / "x.csv").write_text("abc")
    monkeypatch.setattr(os, "open", refuse)
    assert "許可" in refusal_of_path(tmp_path / "x.csv")


def test_a_file_that_is_not_there_is_told_as_that(tmp_path: Path) -> None:
    assert "ファイルがありません" in refusal_of_path(tmp_path / "x.csv")
    assert "正しくありません" in refusal_of_path(tmp_path / "x\0.csv")


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    with (tmp_path / "x.csv").open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    assert "200 MB" in refusal_of_path(tmp_path / "x.csv")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n \n", b"\xff\xfe"])
def test_a_file_without_content_is_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    assert "空です" in refusal_of_path(tmp_path / "x.csv")


def test_an_upload_has_a_limit_of_its_own() -> None:
    with pytest.raises(RejectedError, match="10 MB"):
        uploaded("x.csv", b"a" * (UPLOAD_BYTES + 1))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\n<b>'.csv", "a\\n<b>'.csv"),
        ("\u202egnp.csv", "\\u202egnp.csv"),
        ("a\x1b[2J.csv", "a\\x1b[2J.csv"),
        ("\udc82.csv", "\\udc82.csv"),
        ("一覧.csv", "一覧.csv"),
    ],
)
def test_a_name_is_shown_on_one_line_with_nothing_hidden(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\Users\\x\\passwd", "/etc/passwd"])
def test_of_an_uploaded_path_only_the_name_is_kept(name: str) -> None:
    assert uploaded(name, b"a").name == "passwd"


def test_the_members_of_a_sound_archive_are_listed_without_its_folders() -> None:
    names = [member.filename for member in checked_members(packed({"a/": "", "a/b.csv": "x"}))]
    assert names == ["a/b.csv"]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x", "C:/x", "a\\..\\x", "..\\x"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert "外を指しています" in refusal_of_archive(packed({name: "x"}))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_in_an_archive_is_refused(kind: int) -> None:
    member = zipfile.ZipInfo("x.csv")
    member.create_system, member.external_attr = 3, (kind | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(member, "/etc/passwd")
    assert "リンク" in refusal_of_archive(data.getvalue())


def test_an_archive_that_unfolds_to_too_much_is_refused_by_its_directory() -> None:
    assert "101 MB" in refusal_of_archive(packed({"x": b"\0" * 101_000_000}))


def test_an_archive_of_a_suspicious_ratio_is_refused() -> None:
    assert "倍" in refusal_of_archive(packed({"x": b"\0" * 2_000_000}))


def test_a_small_archive_may_be_packed_well() -> None:
    assert checked_members(packed({"x": b"\0" * 900_000}))


def test_an_archive_of_too_many_members_is_refused() -> None:
    assert "多すぎます" in refusal_of_archive(packed({f"{number}": "" for number in range(1_001)}))


def test_a_list_of_members_that_is_itself_too_long_is_not_parsed() -> None:
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, 2**31, 0, 0)
    assert "多すぎます" in refusal_of_archive(b"PK\x03\x04" + b"\0" * 100 + end)


def test_two_members_of_one_name_are_refused() -> None:
    assert "同じ名前" in refusal_of_archive(packed({"a.csv": "x", "A.csv": "y"}))


def test_a_cut_archive_is_damaged() -> None:
    assert "壊れている" in refusal_of_archive(packed({"a.csv": "x"})[:-10])


@pytest.mark.parametrize("flag", [0x1, 0x40])
def test_an_archive_with_a_password_is_refused(flag: int) -> None:
    data = bytearray(packed({"a.csv": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= flag
    assert "パスワード" in refusal_of_archive(bytes(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2", Content.CSV),
        ("年度".encode("utf-16"), Content.CSV),
        ("年度,氏名\n".encode("cp932"), Content.CSV),
        (b"\x1b$BG/EY\x1b(B,a", Content.CSV),
        (b"a\0b,c\n1,2\n" * 5, Content.CSV),
        (b'\xef\xbb\xbf{"type":1}', Content.JSON),
        (b'[{"a":1}]', Content.JSON),
        ("［コード］,名称".encode(), Content.CSV),
        (b"[a],b\n1,2\n", Content.CSV),
        (b"PAR1....", Content.PARQUET),
        (b"%PDF-1.7", Content.PDF),
        (b"<!DOCTYPE html><p>", Content.HTML),
        (b"\n\n<html lang=ja>", Content.HTML),
        ("<html>".encode("utf-16"), Content.HTML),
        (b"<OGRVRTDataSource><OGRVRTLayer/>", Content.XML),
        (b"<?xml version='1.0'?><kml/>", Content.XML),
        (b"SQLite format 3\0xx", Content.SQLITE),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08DUCK", Content.DUCKDB),
        (b"\x80\x04\x95\x10", Content.PICKLE),
        (b"\x89PNG\r\n", Content.IMAGE),
        (b"\x1f\x8b\x08", Content.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "Workbook".encode("utf-16-le"), Content.XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Content.ENCRYPTED),
        (bytes(range(1, 32)) * 9, Content.UNKNOWN),
    ],
)
def test_content_is_told_by_bytes(data: bytes, expected: Content) -> None:
    assert content(data) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], Content.XLSX),
        (["[Content_Types].xml", "xl/workbook.bin"], Content.XLSB),
        (["[Content_Types].xml", "word/document.xml"], Content.DOCUMENT),
        (["mimetype", "content.xml"], Content.ODS),
        (["Index/Document.iwa", "Metadata/Properties.plist"], Content.NUMBERS),
        (["a.shp", "a.dbf"], Content.ZIP),
    ],
)
def test_office_files_are_told_apart(names: list[str], expected: Content) -> None:
    assert content(packed(dict.fromkeys(names, ""))) == expected


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), r"\.xls）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (packed({"Index/Document.iwa": "x"}), "Numbers"),
        (b"<!doctype html>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        (b"\x80\x04\x95\x10", "pickle"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08DUCK", "DuckDB"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(data: bytes, named: str) -> None:
    with pytest.raises(RejectedError, match=named):
        read(data)


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_file_that_becomes_something_else_after_the_look_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    regular, path = tmp_path / "real.csv", tmp_path / "x.csv"
    regular.write_text("secret")
    before = regular.stat()
    if kind == "link":
        path.symlink_to(regular)
    else:
        os.mkfifo(path)
    other_end = os.open(path, os.O_RDWR) if kind == "pipe" else -1
    monkeypatch.setattr(Path, "lstat", lambda _: before)
    try:
        assert ("リンク" if kind == "link" else "パイプ") in refusal_of_path(path)
    finally:
        if other_end >= 0:
            os.close(other_end)
