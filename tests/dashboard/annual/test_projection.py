"""The projection of the annual map against PROJ, which computes it by other means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from dashboard.annual.layout.projection import projected, projected_point

PROJ = Transformer.from_crs(
    "EPSG:6668",
    "+proj=lcc +lat_1=33 +lat_2=44 +lat_0=38 +lon_0=137 +ellps=GRS80 +units=km",
    always_xy=True,
)


def test_the_centre_is_where_it_is_said_to_be() -> None:
    assert projected_point(137, 38) == pytest.approx((0, 0), abs=1e-9)


@given(lon=st.floats(122, 154.5), lat=st.floats(20, 46))
def test_every_place_of_japan_is_where_proj_puts_it(lon: float, lat: float) -> None:
    assert projected_point(lon, lat) == pytest.approx(PROJ.transform(lon, lat), abs=1e-6)


def test_many_places_are_projected_as_each_alone() -> None:
    places = np.array([[122.9, 24.4], [154.0, 24.3], [148.9, 45.5]])
    assert projected(places) == pytest.approx(np.array([projected_point(*place) for place in places]))
