"""What the subcommands for the build do: make it, serve it, ask it, write it to files."""

import argparse
import json
from time import monotonic

from dashboard.answer import FORMATS, answered
from dashboard.area_map.bundle import ensure_bundle
from dashboard.progress import steps
from dashboard.serve import serve
from dashboard.web.address import Address
from etl.build import Build, current_build, ensure_build
from etl.export import export_all


def build(options: argparse.Namespace) -> None:
    """Bring the map's front end and the database up to date."""
    began = monotonic()
    ready = _prepared(force=options.force)
    seconds = round(monotonic() - began, 2)
    if options.json:
        told = {
            "build_id": ready.build_id,
            "database": str(ready.database),
            "sha256": ready.sha256,
            "built_at": ready.built_at,
            "seconds": seconds,
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"データは最新です: {ready.database}（{ready.built_at}、{seconds:.1f} 秒）")


def serve_app(options: argparse.Namespace) -> None:
    """Serve the atlas until it is stopped."""
    address = Address(options.host, options.port, tuple(options.allow_host))
    serve(address, prepare=_prepared, announce=lambda url: print(f"居場所アトラス: {url}", flush=True))


def query(options: argparse.Namespace) -> None:
    """Answer one SQL question from the current build."""
    print(FORMATS[options.format](answered(current_build(), options.sql)))


def export(options: argparse.Namespace) -> None:
    """Write every public table to files."""
    ready = current_build()
    with steps() as progress:
        progress("データを書き出しています")
        export_all(ready.database, options.out)
    print(f"書き出しました: {options.out}")


def _prepared(*, force: bool = False) -> Build:
    with steps() as progress:
        ensure_bundle(progress)
        return ensure_build(progress, force=force)
