"""May a file be opened at all: what it is on disk, what its first bytes say, and what an archive would unfold to.

A name is a claim, so the kind of content is told by the bytes alone. Nothing is unpacked or parsed here.
"""

import errno
import hashlib
import io
import os
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.intake.limits import FILE_BYTES, RATIO_FROM_BYTES, UNPACKED_BYTES, UNPACKED_RATIO, UPLOAD_BYTES
from etl.intake.report import RejectedError

MOST_MEMBERS = 1_000
MOST_DIRECTORY_BYTES = 5 * 10**6
"""A list of `MOST_MEMBERS` names is far smaller; a longer one is not even parsed."""
LONGEST_NAME = 200
FETCH_AGAIN = "もう一度取得したファイルを使ってください"

_READ_ONLY = (
    os.O_RDONLY
    # Neither follow a link that was put in place after the look, nor wait for a pipe's other end.
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_DIRECTORY_END = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
# Bits of a member's flags: encrypted, strongly encrypted, its place in the list masked.
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DRIVE = re.compile(r"[A-Za-z]:")
_NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n\0\x1a"


@dataclass(frozen=True, slots=True)
class Material:
    """What was handed in: a name fit to be shown on one line, all its bytes, and their sha256."""

    name: str
    data: bytes
    sha256: str


def material(path: Path) -> Material:
    """Return the content of a regular file.

    Raises:
        RejectedError: a link, a folder, a pipe or another device, too large, empty, unreadable, or not there.
    """
    refuse_special(path)
    try:
        with os.fdopen(os.open(path, _READ_ONLY), "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_special(status)
            data = file.read(status.st_size + 1)
    except OSError as fault:
        raise _unreadable(fault) from fault
    if len(data) != status.st_size:
        raise RejectedError(
            "読んでいる間にファイルが変わりました", "書き込みが終わってからもう一度試してください"
        )
    return _checked(shown_name(path.name), data, FILE_BYTES)


def refuse_special(path: Path) -> None:
    """Look at a path without opening it.

    Raises:
        RejectedError: a link, a folder, a pipe or another device, too large, or not there.
    """
    try:
        _refuse_special(path.lstat())
    except ValueError as fault:  # a NUL inside the path
        raise RejectedError("ファイル名が正しくありません", "ファイル名を直してください") from fault
    except OSError as fault:
        raise _unreadable(fault) from fault


def uploaded(name: str, data: bytes) -> Material:
    """Return content that came without a path; of the name that was sent along only its last part is kept.

    Raises:
        RejectedError: too large or empty.
    """
    return _checked(shown_name(re.split(r"[/\\]", name)[-1]), data, UPLOAD_BYTES)


def shown_name(name: str) -> str:
    """Return a name as one line: signs that cannot be seen are written out, and a very long name is cut.

    >>> shown_name("a\\n<b>.csv")
    'a\\\\n<b>.csv'
    """
    signs = (sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name)
    text = "".join(signs)
    return text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…"


def checked_members(data: bytes, *, most_unpacked: int = UNPACKED_BYTES) -> list[zipfile.ZipInfo]:
    """Return what an archive holds, folders left out. Nothing is unpacked; all of it may come to `most_unpacked` bytes.

    Raises:
        RejectedError: damaged, encrypted, too much of anything, a link, or a name that leads out of the archive.
    """
    refuse_long_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise RejectedError("zip（圧縮ファイル）が壊れているか、途中で切れています", FETCH_AGAIN) from fault
    if len(members) > MOST_MEMBERS:
        raise _too_many_members()
    _refuse_bomb(members, len(data), most_unpacked)
    for member in members:
        _refuse_member(member)
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        raise RejectedError(
            "zip の中に同じ名前のファイルが2つあります", "圧縮し直したファイルを使ってください"
        )
    return [member for member in members if not member.is_dir()]


def refuse_long_directory(data: bytes) -> None:
    """Raise a `RejectedError` if the list of an archive's members is itself too long to be parsed."""
    end = data.rfind(_DIRECTORY_END, max(0, len(data) - _LONGEST_COMMENT - 22))
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > MOST_DIRECTORY_BYTES:
        raise _too_many_members()


def _checked(name: str, data: bytes, most: int) -> Material:
    if len(data) > most:
        raise _too_large(most)
    if len(data) < 1_000 and not data.strip(_NOTHING):
        raise RejectedError(
            "ファイルが空です", "中身のあるファイルを使ってください。これまでのデータはそのまま残ります"
        )
    return Material(name, data, hashlib.sha256(data).hexdigest())


def _refuse_special(status: os.stat_result) -> None:
    mend = "ファイルそのものを指定してください"
    if stat.S_ISLNK(status.st_mode):
        raise RejectedError("リンク（シンボリックリンク）です。リンク先は読みません", mend)
    if stat.S_ISDIR(status.st_mode):
        raise RejectedError("通常のファイルではありません（フォルダーです）", mend)
    if not stat.S_ISREG(status.st_mode):
        raise RejectedError("通常のファイルではありません（パイプや装置です）", mend)
    if status.st_size > FILE_BYTES:
        raise _too_large(FILE_BYTES)


def _unreadable(fault: OSError) -> RejectedError:
    if isinstance(fault, FileNotFoundError):
        return RejectedError("ファイルがありません", "ファイルの場所と名前を確かめてください")
    if isinstance(fault, PermissionError):
        return RejectedError("ファイルを読む許可がありません", "読み取りの許可を付けてください")
    if fault.errno == errno.ELOOP:  # the file became a link between the look and the opening
        return RejectedError(
            "リンク（シンボリックリンク）です。リンク先は読みません", "ファイルそのものを指定してください"
        )
    return RejectedError("ファイルを読めませんでした", "ファイルの場所と状態を確かめてください")


def _too_large(most: int) -> RejectedError:
    return RejectedError(
        f"ファイルが大きすぎます（上限 {most // 10**6:,} MB）",
        "ファイルを分けるか、必要な行だけにしてください",
    )


def _too_many_members() -> RejectedError:
    return RejectedError(
        f"zip の中のファイルが多すぎます（上限 {MOST_MEMBERS:,}個）", "必要なファイルだけにしてください"
    )


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int, most_unpacked: int) -> None:
    """The sizes that the archive's directory claims are an upper limit: `zipfile` never reads beyond them."""
    unpacked = sum(member.file_size for member in members)
    mend = "圧縮前のファイルが正しいか確かめ、必要な部分だけにしてください"
    if unpacked > most_unpacked:
        size, most = unpacked // 10**6, most_unpacked // 10**6
        raise RejectedError(f"展開すると {size:,} MB になります（上限 {most:,} MB）", mend)
    if unpacked > RATIO_FROM_BYTES and unpacked > UNPACKED_RATIO * packed:
        times = unpacked // packed
        raise RejectedError(f"展開すると {times:,}倍の大きさになります（上限 {UNPACKED_RATIO}倍）", mend)


def _refuse_member(member: zipfile.ZipInfo) -> None:
    name = shown_name(member.filename)
    if member.flag_bits & _ENCRYPTED:
        raise RejectedError("パスワードの付いた zip です", "パスワードを外してください", column=name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RejectedError(
            "対応していない圧縮方式の zip です", "普通の zip（Deflate）で圧縮し直してください"
        )
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RejectedError(f"zip の中にリンクか特殊なファイルがあります（{name}）", "リンクを除いてください")
    # `filename` is already cut at a NUL and has this system's separators replaced: the name as stored is judged.
    stored = member.orig_filename
    parts = PurePosixPath(stored.replace("\\", "/")).parts
    if "\0" in stored or "\\" in stored or ".." in parts or stored.startswith("/") or _DRIVE.match(stored):
        raise RejectedError(
            f"zip の中の名前がフォルダーの外を指しています（{name}）", "圧縮し直したファイルを使ってください"
        )
