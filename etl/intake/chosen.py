"""Where municipalities lie by the official boundaries that were chosen."""

from pathlib import Path

from etl.boundary_store import current, read_areas
from geo.locate import Locator
from geo.shapes import PRECISION_M


def finer_locator(data: Path) -> Locator | None:
    """Return the locator of the chosen boundaries; None if none are chosen, or if they are no finer than the embedded mesh.

    Raises:
        BoundaryError: the boundaries that were chosen are damaged.
    """
    chosen = current(data)
    if chosen is None or chosen.precision_m >= PRECISION_M:
        return None
    return Locator.from_shapes(read_areas(data, chosen), chosen.precision_m)
