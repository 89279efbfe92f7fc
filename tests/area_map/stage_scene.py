"""A stage with small pages: three for the preview, one of them an attack, and three for the room."""

import streamlit as st

from dashboard.stage import StagePage, stage, stage_room, stage_words, turned_to
from dashboard.words import words

NAMES = ("令和4年度は29団体が取り組んだ", "令和5年度は少なくとも7団体", "積み上げ：３年度で４４団体")
HATCH = """\
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="3" height="6" fill="{fill}"/></pattern></defs>"""
COAST = "M0 480" + "".join(f"L{n / 5} {480 + n % 7}" for n in range(4800))
"""As long as the outlines of a country, so that sending it again would be seen."""
HOSTILE = """\
<script>window.pwned = 1</script>
<foreignObject width="9" height="9">
<body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="window.pwned = 2"/></body></foreignObject>
<image href="https://example.invalid/a.png" width="9" height="9"/>
<style>@import "https://example.invalid/a.css"; .stage-bar { display: none }</style>
<a href="https://example.invalid/" onclick="window.pwned = 3"><text x="40" y="300">link</text></a>
<rect class="kept" id="kept" width="20" height="20" onload="window.pwned = 4" style="position:fixed" fill="url(https://example.invalid/b.svg#x)"/>
<use href="https://example.invalid/c.svg#x"/><use href="data:image/svg+xml,x#x"/><use href="#kept" x="30"/>
<animate attributeName="href" values="javascript:window.pwned=5"/><set attributeName="onload" to="window.pwned=6"/>
<text x="40" y="400" font-size="24" tabindex="0" onfocus="window.pwned = 7">&lt;b onclick="x"&gt;甲市&lt;/b&gt;</text>"""


def page(key: str, title: str, fill: str = "#0017C1", *, size: int = 22, more: str = "") -> StagePage:
    """Return one page of 960 × 540 points."""
    svg = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="960pt" height="540pt" viewBox="0 0 960 540">'
        f"<title>{title}</title><desc>all</desc>{HATCH.format(fill=fill)}"
        '<rect width="960" height="540" fill="#FFFFFF"/>'
        f'<text x="24" y="60" font-size="{size}" font-weight="700" fill="#1A1A1A" font-family="serif">{title}</text>'
        f'<rect id="area" x="300" y="120" width="200" height="200" fill="{fill}"><title>甲県</title></rect>'
        f'<path d="{COAST}" fill="none" stroke="#7A7A7A" stroke-width="0.5"/>'
        f'<rect id="hatched" x="520" y="120" width="200" height="200" fill="url(#hatch)"/>{more}'
        f'<text x="24" y="520" font-size="{max(size, 24) if size > 22 else 11}">出典：試験</text></svg>'
    )
    return StagePage(
        key=key, title=title, alt="甲県を塗った地図です。", svg=svg, presented_as=key.removeprefix("page-")
    )


def show(scene: str) -> None:
    """Show the stage; below it what Python knows, and a button that only runs the page again."""
    told = scene == "stage_told"
    turned = turned_to("stage")
    # Where Python is told of turns it keeps the sheet, and asks for its first page: the first two pages are one sheet.
    sheet = {"page-2023": "2022"}.get(turned, turned)
    st.session_state.runs = st.session_state.get("runs", 0) + 1
    keys = ("2022", "2023", "build_up")
    pages = [page(key, name) for key, name in zip(keys, NAMES, strict=True)]
    pages[1] = page("page-2023", NAMES[1], "#FF0000", more=HOSTILE)
    presented = [page(key, name, size=30) for key, name in zip(keys, NAMES, strict=True)]
    if scene == "stage_many":
        presented = [page(str(n), f"{n}ページ目", size=30) for n in range(1, 13)]
    st.button("前の部品")
    place = stage(
        pages,
        key="stage",
        words=stage_words(words("ja")),
        room="" if scene == "stage_bare" else scene,
        present=st.query_params.get("present", ""),
        shown=sheet if told else st.query_params.get("shown", ""),
        on_turn=(lambda: None) if told else None,
    )
    st.write(f"実行:{st.session_state.runs}")
    st.write(f"住所:{st.query_params.get('present', 'なし')}")
    st.write(f"表示:{turned or 'なし'}")
    # The scene of the slow room: its pages come with the second run.
    if scene != "stage_bare" and not (scene == "stage_slow" and st.session_state.runs < 2):
        stage_room(place, presented, key="stage", room=scene)
    st.button("もう一度描く")
