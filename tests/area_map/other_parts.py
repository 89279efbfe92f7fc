"""More of the page under test: a folium map with clusters."""

import folium
from streamlit_folium import st_folium

from dashboard.area_map.bundle import bundle_manifest
from dashboard.clustered import Spot, clustered

HOSTILE = '<img src=x onerror="window.pwned=1">{{ 6 * 7 }}</script>'


def clusters() -> None:
    """Draw thirty places close together and one grantee apart, whose name is an attack, as the finder does."""
    library = bundle_manifest()
    atlas = folium.Map((36, 139), tiles=None, zoom_start=7, prefer_canvas=True, attribution_control=False)
    atlas.default_js = [("leaflet", f"/assets/{library.folium_js}")]
    atlas.default_css = [("leaflet_css", f"/assets/{library.folium_css}")]
    crowd = [Spot(36 + n * 0.0004, 139, f"居場所{n}") for n in range(30)]
    clustered(atlas, [*crowd, Spot(37, 140.5, HOSTILE, "triangle", "#C74700")], label="{n}か所をまとめた印")
    st_folium(atlas, key="clusters", height=400, use_container_width=True, returned_objects=[])
