"""GDAL reads four formats and nothing else, whoever imports it first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import geo.drivers
from geo.drivers import ALLOWED, LEFT_OUT, DriversError, read_raw, require_restricted

SHOW = "import json, pyogrio; print(json.dumps(sorted(pyogrio.list_drivers())))"


def said_by(program: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


@pytest.fixture
def disguised(tmp_path: Path) -> Path:
    """A virtual file that calls itself GeoJSON and leads to a table beside it."""
    table = tmp_path / "secret.csv"
    table.write_text("name\nsecret\n", encoding="utf-8")
    path = tmp_path / "areas.geojson"
    source = f"<SrcDataSource>{table}</SrcDataSource>"
    path.write_text(f'<OGRVRTDataSource><OGRVRTLayer name="secret">{source}</OGRVRTLayer></OGRVRTDataSource>')
    return path


@pytest.mark.parametrize(
    "first", ["geo.drivers", "etl.build", "etl.intake.boundaries", "dashboard.commands.build"]
)
def test_whatever_is_imported_first_no_further_driver_is_there(first: str) -> None:
    done = said_by(f"import {first}; {SHOW}")
    assert done.stdout.strip() == str(sorted(ALLOWED)).replace("'", '"')
    assert not done.stderr


def test_the_list_names_every_other_driver_of_this_version_once() -> None:
    done = said_by(SHOW)
    known = set(done.stdout.strip()[2:-2].split('", "'))
    assert known == ALLOWED | set(LEFT_OUT)
    assert len(LEFT_OUT) == len(set(LEFT_OUT))


def test_without_the_restriction_a_virtual_file_would_read_the_other_file(disguised: Path) -> None:
    done = said_by(
        f"import pyogrio; print(pyogrio.read_dataframe({str(disguised)!r}, read_geometry=False)['name'][0])"
    )
    assert done.stdout.strip() == "secret"


def test_a_virtual_file_in_disguise_is_not_read(disguised: Path) -> None:
    with pytest.raises(Exception, match="not recognized"):
        read_raw(disguised, read_geometry=False)


def test_the_other_gdal_of_this_process_keeps_its_drivers() -> None:
    done = said_by(
        "import geo.shapes, geo.drivers, numpy as np\n"
        "from rasterio import features\n"
        "print(len(list(features.shapes(np.ones((2, 2), np.uint8)))))"
    )
    assert (done.stdout.strip(), done.stderr) == ("1", "")
    assert "OGR_VRT" not in os.environ.get("GDAL_SKIP", "")


def test_a_gdal_that_knows_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geo.drivers, "ALLOWED", ALLOWED - {"GPKG"})
    with pytest.raises(DriversError, match="GPKG"):
        require_restricted()
