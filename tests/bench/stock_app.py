"""The stock way, to compare with: `st_folium` with `folium.GeoJson` rebuilt on every rerun, same areas, same states.

Run by `streamlit run` with IBASHO_BUILD_DIR set; Leaflet is served to it by the benchmark, as from a CDN without delay.
"""

import json

import folium
import streamlit as st
from streamlit_folium import st_folium

from etl.build import connect, current_build
from tests.bench.geojson import features

FILLS = {"A": "#0017c1", "B": "#0017c1", "C": "#4979f5", "D": "#c5d7fb", "E": "#ffffff", "F": "#e6e6e6"}


@st.cache_resource
def geometry() -> dict[str, object]:
    """GeoJSON of the municipalities, the same vertices as the atlas' own file."""
    build = current_build()
    rows = connect(build).execute("SELECT file FROM map_geometry WHERE level = 'municipalities'").fetchall()
    return features(json.loads((build.geometry / str(rows[0][0])).read_bytes()))


@st.cache_data
def states(year: int) -> dict[str, str]:
    """State by code in the annual view."""
    cursor = connect(current_build()).cursor()
    sql = "SELECT code, state FROM coverage WHERE fiscal_year = ? AND time_view = 'annual'"
    return dict(cursor.execute(sql, [year]).fetchall())


st.set_page_config(layout="wide")
year = int(st.query_params.get("year", "2022"))
year = st.selectbox("年度", [2022, 2023, 2024], index=[2022, 2023, 2024].index(year), key="year")
state = states(year)
atlas = folium.Map([38, 137], zoom_start=5, tiles=None)
folium.GeoJson(
    geometry(),
    style_function=lambda feature: {
        "fillColor": FILLS[state[feature["properties"]["code"]]],
        "fillOpacity": 0.9,
        "weight": 0.5,
        "color": "#555",
    },
    tooltip=folium.GeoJsonTooltip(["name"], labels=False),
).add_to(atlas)
st_folium(atlas, key="map", width=900, height=590, returned_objects=["last_object_clicked_tooltip"])
