"""More of the page under test: a folium map with clusters, and small maps side by side."""

from collections.abc import Sequence

import folium
import streamlit as st
from streamlit_folium import st_folium

from dashboard.area_map import LegendEntry
from dashboard.area_map.bundle import bundle_manifest
from dashboard.clustered import Spot, clustered
from dashboard.small_maps import SmallMap, small_maps

HOSTILE = '<img src=x onerror="window.pwned=1">{{ 6 * 7 }}</script>'


def clusters() -> None:
    """Draw thirty places close together with a platform beside them, two bodies at one address, and a name that is an attack."""
    library = bundle_manifest()
    atlas = folium.Map((36, 139), tiles=None, zoom_start=7, prefer_canvas=True, attribution_control=False)
    atlas.default_js = [("leaflet", f"/assets/{library.folium_js}")]
    atlas.default_css = [("leaflet_css", f"/assets/{library.folium_css}")]
    crowd = [Spot(36 + n * 0.0004, 139, f"居場所{n}") for n in range(30)]
    bodies = [
        Spot(36.1, 139, "市", "square"),
        Spot(36.0, 138.0, "町", "square"),
        Spot(36.0, 138.0, "団体", "triangle"),
    ]
    apart = Spot(37, 140.5, HOSTILE, "triangle", "#C74700")
    clustered(atlas, [*crowd, *bodies, apart], label="{n}か所をまとめた印")
    st_folium(atlas, key="clusters", height=400, use_container_width=True, returned_objects=[])


def pictures(legend: Sequence[LegendEntry], *, picks: bool) -> None:
    """Draw three years of the nation, the last one incomplete, and one prefecture with a chosen area."""
    nation = {"geometry": "/geometry/all.topo.json", "outline": None, "fit": "", "inset": True}
    years = [
        SmallMap(
            id=str(year), title=f"{year}年度", note=note, values=values, is_incomplete=bool(note), **nation
        )  # type: ignore[typeddict-item]
        for year, values, note in (
            (2021, "EEEEEFE", ""),
            (2022, "AEDEBFE", ""),
            (2023, "AADEBFE", "一部のみ"),
        )
    ]
    around = {"geometry": "/geometry/01.topo.json", "outline": "/geometry/prefectures.topo.json"}
    area = SmallMap(
        id="01",
        title="甲県",
        note="甲市の位置",
        values="AEDE",
        fit="01",
        inset=False,
        selected="01101",
        **around,
    )
    words = {"label": "年度ごとの地図", "legend": "凡例", "hint_pick": "選ぶと開きます", "inset_southwest": "沖縄・奄美",
             "failed": "読み込めませんでした", "retry": "もう一度"}  # fmt: skip
    chosen = st.session_state.setdefault("pictures", [])
    small_maps(
        [*years, area], key="pictures-drawn", legend=legend, words=words, height=180, columns=5,
        on_pick=chosen.append if picks else None,
    )  # fmt: skip
    st.write("写真:" + ",".join(chosen))
    st.button("もう一度描く")
