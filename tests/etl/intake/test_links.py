"""Links that may be shown, and the addresses, paths and hashes that a list of sources may name."""

import pyarrow as pa
import pytest

from etl.intake.links import bad_links, is_inside, is_listed, is_sha256


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://www.city.hirakata.osaka.jp/",
        "http://a.jp",
        "HTTPS://A.JP/?q=1#x",
        "http://例え.jp/あ",
        "https://a.jp:8080/@user",
        "https://a.jp/%0a",
    ],
)
def test_links_of_the_web_may_be_shown(link: str) -> None:
    assert not len(bad_links(pa.array([link])))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNj", "file:///etc/passwd", "//203.0.113.9/x",
        "https://ok.example.jp\r\nSet-Cookie: a=b", "http://user:pass@example.jp/", "http://user@example.jp",
        "https://a.jp\\@evil.example/", "ftp://a.jp/",
        "vbscript:x", "www.example.jp", "https://", "https:///a", "なし", "https://a.jp/ https://b.jp/",
        "https://a.jp/\u3000x", "https://[::1]/",
        "\x01javascript:alert(1)", "https://a.jp/" + "x" * 2000,
    ],
)  # fmt: skip
def test_anything_else_is_no_link(link: str) -> None:
    assert bad_links(pa.array([link])).tolist() == [0]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.cas.go.jp/a.csv", "https://nlftp.mlit.go.jp/ksj/", "https://www.pref.saga.lg.jp/",
        "https://www100.pref.yamagata.jp/x",
        "https://www.city.sendai.jp/", "https://www.city.hirakata.osaka.jp/", "https://opendata.city.minato.tokyo.jp/",
        "https://www.cas.go.jp:443/",
        "https://www.opendata.metro.tokyo.lg.jp/x.csv",
    ],
)  # fmt: skip
def test_official_hosts_are_listed(url: str) -> None:
    assert is_listed(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "file:///etc/passwd", "http://www.cas.go.jp/a.csv", "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/", "http://2130706433/",
        "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/", "https://10.0.0.1/", "https://www.cas.go.jp.evil.example/", "https://evil.example/www.cas.go.jp",
        "https://www.cas.go.jp@evil.example/", "https://user:pass@www.cas.go.jp/", "https://www.cas.go.jp:8443/",
        "https://evilgo.jp/",
        "https://city.evil.jp/", "https://city.tokyo.evil.jp/", "https://www.cas.go.jp\\@evil.example/",
        "https://www.cas.go.jp\r\n/", "ftp://www.cas.go.jp/",
        "https://ｗｗｗ.cas.go.jp/", "https:www.cas.go.jp", "https://go.jp.", "gopher://www.cas.go.jp/", "//www.cas.go.jp/",
        "https://www.cas.go.jp:x/",
    ],
)  # fmt: skip
def test_everything_else_is_no_source(url: str) -> None:
    assert not is_listed(url)


@pytest.mark.parametrize("path", ["x.csv", "lists/2022/x.csv", "居場所.csv", "a b.csv", "..a/x.csv"])
def test_files_of_the_data_folder_may_be_named(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize(
    "path",
    [
        "", "../x.csv", "../../../../etc/passwd", "a/../../x", "a/..", "/etc/passwd", "//host/x", "C:\\x.csv", "C:/x.csv",
        "a\\..\\x", "~/x.csv", "~root/x",
        "./x.csv", "a//x.csv", "a/", "x\0.csv", "x\n.csv", "%2e%2e/x", "file:x", " x.csv", "a/.. /x",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_data_folder(path: str) -> None:
    assert not is_inside(path)


def test_a_hash_has_64_hexadecimal_digits() -> None:
    assert is_sha256("0" * 64)
    assert not any(is_sha256(text) for text in ("", "0" * 63, "0" * 65, "g" * 64, "0" * 64 + "\n"))
