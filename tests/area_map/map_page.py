"""The page under test: a map of the made-up country, a year that changes its values, and what Python was told."""

import stage_scene
import streamlit as st
from other_parts import clusters, pictures

from dashboard.area_map import Frame, LegendEntry, MapData, Pattern, PointsFile, area_map, selected_code

VALUES = {2022: "AEDEBFE", 2023: "AADEBFE"}
LEGEND: dict[str, tuple[str, str, Pattern, str]] = {
    "A": ("市区町村が設置・参画", "#0017C1", "solid", "#FFFFFF"),
    "B": ("圏域・共同で参画", "#0017C1", "hatch", "#0017C1"),
    "D": ("都道府県PFの区域内", "#C5D7FB", "dots", "#0017C1"),
    "E": ("参画の確認なし", "#FFFFFF", "outline", "#949494"),
    "F": ("資料なし", "#E6E6E6", "unknown", "#949494"),
}
WORDS = {
    "zoom_in": "拡大", "zoom_out": "縮小", "reset": "全体を表示", "save": "画像を保存", "map_label": "試験の地図",
    "legend": "凡例", "loading": "読み込み中", "failed": "読み込めませんでした", "hint_click": "選ぶと進みます",
    "inset_southwest": "沖縄・奄美", "player": "積み上がり", "player_play": "再生", "player_pause": "一時停止",
    "player_replay": "最初から再生", "player_step": "1つ進める", "player_previous": "前へ", "player_next": "次へ",
    "player_slider": "再生の位置", "player_off": "もとに戻す", "player_start": "再生できます",
    "save_name": "map", "cluster_place": "{n}か所", "changed": "更新しました", "retry": "もう一度",
}  # fmt: skip
SCENE = st.query_params.get("scene", "nation")
NATION = SCENE in ("nation", "two", "lost", "years", "latin", "frames")
FRAMES: list[Frame] = [
    {"label": "2021年度末", "values": "EEEEEFE", "note": "一部のみ"},
    {"label": "2022年度末", "values": "AEDEEFE"},
    {"label": "2023年度末", "values": "AADEBFE"},
]
POINTS: dict[str, PointsFile] = {
    "places": {"url": "/geometry/places.json", "prefecture": "01"},
    "spots": {"url": "/geometry/spots.json", "prefecture": "01"},
}


def choose(key: str) -> None:
    """Remember every choice, also a repeated one."""
    st.session_state.chosen = [*st.session_state.get("chosen", []), selected_code(key) or ""]


def geometry() -> str:
    """Return the address of the geometry; one scene has another one in its second year."""
    if SCENE == "lost":
        return "/geometry/lost.topo.json"
    if SCENE == "years" and st.session_state.get("year") == 2023:
        return "/geometry/later.topo.json"
    return "/geometry/all.topo.json" if NATION else "/geometry/01.topo.json"


def legend(values: str) -> list[LegendEntry]:
    """Return the states with their counts."""
    return [
        LegendEntry(key=k, label=label, fill=fill, pattern=pattern, line=line, count=values.count(k))
        for k, (label, fill, pattern, line) in LEGEND.items()
    ]


def show(key: str, height: int) -> None:
    """Draw one map."""
    values = VALUES[st.session_state.get("year") or 2022]
    values = values if NATION else values[:4]
    chosen = st.session_state.get("chosen", [])
    data = MapData(
        geometry=geometry(),
        outline="/geometry/prefectures.topo.json",
        values=values,
        legend=legend(values),
        pick="prefecture" if NATION else "municipality",
        selected=chosen[-1] if chosen else None,
        fit="" if NATION else "01",
        inset=NATION,
        labels=not NATION,
        hints={"01101": "令和4年度から"},
        points=POINTS.get(SCENE),
        names="/geometry/names.json" if SCENE in ("latin", "spots") else None,
        words=WORDS,
        attribution="境界: 試験用",
        rev=f"{key}-{st.session_state.get('year') or 2022}-{len(chosen)}",
    )
    if SCENE == "synced":
        data["sync"] = "pair"
    if SCENE == "frames":
        data["frames"] = FRAMES
    area_map(key=key, data=data, height=height, on_select=lambda: choose(key))


def first() -> None:
    """Show the map's page, or a part that is no map of areas."""
    if SCENE == "clusters":
        clusters()
    elif SCENE.startswith("stage"):
        stage_scene.show(SCENE)
    elif SCENE in ("pictures", "figures"):
        pictures(legend(VALUES[2022]), picks=SCENE == "pictures")
    else:
        maps()


def maps() -> None:
    """Show one map of areas, or two."""
    st.segmented_control("年度", [2022, 2023], default=2022, key="year")
    show("one", 420)
    if SCENE == "two":
        show("two", 300)
    if SCENE == "synced" and st.toggle("二つ目", value=True):
        show("two", 300)
    st.write("選択:" + ",".join(st.session_state.get("chosen", [])))


def second() -> None:
    """Show a page without a map."""
    st.write("地図のないページ")


st.set_page_config(layout="wide")
st.navigation(
    [st.Page(first, title="地図", default=True), st.Page(second, title="別", url_path="other")],
    position="top",
).run()
