"""Places of one municipality on a small map: folium shown by streamlit-folium, with Leaflet from our own address.

Used where a handful of points is looked at once; the atlas itself is `area_map`. Nothing is returned to Python, so panning
and zooming never run the page again, and nothing is asked from outside: no tiles, no icons, no content delivery network.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import folium
from streamlit_folium import st_folium

from dashboard.area_map.bundle import bundle_manifest

DOT: dict[str, Any] = {
    "radius": 6,
    "color": "#FFFFFF",
    "weight": 1.5,
    "fill": True,
    "fill_color": "#115A36",
    "fill_opacity": 1,
}
GROUND = {"color": "#767676", "weight": 1.5, "fillColor": "#F1F1F4", "fillOpacity": 1}
CLOSEST_ZOOM = 18


def point_map(
    places: Iterable[Mapping[str, Any]], outline: Mapping[str, Any], *, key: str, height: int
) -> None:
    """Draw `places` (each with what is shown of it, lat and lon in degrees) over the outline of their municipality.

    Args:
        places: rows; those without a point are left out.
        outline: a GeoJSON geometry (longitude, latitude).
        key: Streamlit key.
        height: CSS pixels.
    """
    library = bundle_manifest()
    # On a canvas the points are no stops of the Tab key; the list below the map is the keyboard path.
    atlas = folium.Map(tiles=None, max_zoom=CLOSEST_ZOOM, prefer_canvas=True, attribution_control=False)
    atlas.default_js = [("leaflet", f"/assets/{library.folium_js}")]
    atlas.default_css = [("leaflet_css", f"/assets/{library.folium_css}")]
    shape = folium.GeoJson(
        {"type": "Feature", "properties": {}, "geometry": outline}, style_function=lambda _: GROUND
    )
    shape.add_to(atlas)
    for place in places:
        if place["lat"] is not None:
            tooltip = escaped(place["shown"])
            folium.CircleMarker((place["lat"], place["lon"]), tooltip=tooltip, **DOT).add_to(atlas)
    atlas.fit_bounds(shape.get_bounds())  # type: ignore[arg-type]  # None only for an empty shape
    st_folium(atlas, key=key, height=height, use_container_width=True, returned_objects=[])


def escaped(text: str) -> str:
    """Return `text` with every ASCII sign but letters and digits as an entity: folium puts tooltips into a script's template.

    >>> escaped("甲<b>`${x}`")
    '甲&#60;b&#62;&#96;&#36;&#123;x&#125;&#96;'
    """
    return "".join(sign if sign.isalnum() or not sign.isascii() else f"&#{ord(sign)};" for sign in text)
