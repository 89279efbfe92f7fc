"""GDAL as a reader of four file formats and of nothing else.

GDAL opens by content, not by name: with all of its drivers a few lines of XML called areas.geojson make it read another file
of this machine (VRT) or ask the network (WFS). Drivers can be left out only while they are registered, which happens at the
import of pyogrio; so this module must be the first to import it, and it alone hands out its functions.
"""

import os

_VARIABLE = "GDAL_SKIP"
ALLOWED = frozenset({"ESRI Shapefile", "GPKG", "GeoJSON", "TopoJSON"})
# Every other vector driver of the wheels of GDAL 3.12. One that a later version adds is found by `require_restricted`.
LEFT_OUT = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "CSV", "CSW", "Carto", "DGN", "DXF", "EDIGEO", "EEDA", "ESRIJSON",
    "Elasticsearch", "FlatGeobuf", "GDALG", "GML", "GPSBabel", "GPX", "GTFS", "GeoJSONSeq", "GeoRSS", "HTTP", "Idrisi", "JML",
    "JSONFG", "KML", "LIBKML", "LVBAG", "MBTiles", "MEM", "MVT", "MapInfo File", "MapML", "MiraMonVector", "NGW", "OAPIF",
    "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM", "OpenFileGDB", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES",
    "PMTiles", "S57", "SQLite", "SXF", "Selafin", "VDV", "VFK", "VICAR", "WAsP", "WFS", "XLSX",
)  # fmt: skip

_before = os.environ.get(_VARIABLE)
os.environ[_VARIABLE] = ",".join(LEFT_OUT)

import pyogrio  # noqa: E402  the variable must be set before

pyogrio.list_drivers()
# rasterio brings a GDAL of its own, which needs MEM and would print a warning for each name that it does not know.
if _before is None:
    del os.environ[_VARIABLE]
else:
    os.environ[_VARIABLE] = _before

list_layers = pyogrio.list_layers
read_raw = pyogrio.raw.read


class DriversError(RuntimeError):
    """GDAL was loaded before, or is a version that knows further formats."""


def require_restricted() -> None:
    """Check that GDAL can open nothing but the four formats.

    Raises:
        DriversError: it can; no file may be read with it.
    """
    if further := sorted(set(pyogrio.list_drivers()) - ALLOWED):
        raise DriversError(f"GDAL reads more than it may: {', '.join(further[:5])}")
