// What the reader points at: with the mouse, a finger or the arrow keys. One tip, one live region, one choice.
import { showTip } from "./chrome.js";
import { isArrow, nearestTowards } from "./keyboard.js";

const ANNOUNCE_MS = 250; // a pointer that only passes is not read out

export class Pointing {
  constructor(/** @type {any} */ view) {
    this.view = view;
    /** @type {{code: string, area: any} | null} */
    this.at = null;
    for (const stage of [view.main, view.box]) {
      stage.map.on("mousemove", (/** @type {any} */ event) => this.#hover(stage, event));
      stage.map.on("mouseout", () => this.leave());
      stage.map.on("click", (/** @type {any} */ event) => this.#click(stage, event));
    }
    view.main.map.on("zoomstart movestart", () => (view.chrome.tip.hidden = true));
    const { signal } = view.ending;
    view.chrome.stage.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event), { signal });
    view.chrome.stage.addEventListener("blur", () => this.leave(), { signal });
  }

  get #byPrefecture() {
    return this.view.data.pick === "prefecture";
  }

  /** The code that a click on this area chooses. */
  #codeOf(/** @type {any} */ area) {
    return this.#byPrefecture ? `${area.code.slice(0, 2)}000` : area.code;
  }

  #prefixOf(/** @type {string} */ code) {
    return code.endsWith("000") && !this.view.atlas.byCode.has(code) ? code.slice(0, 2) : code;
  }

  #stageOf(/** @type {any} */ area) {
    return this.view.main.layers.has(area.code) ? this.view.main : this.view.box;
  }

  #hover(/** @type {any} */ stage, /** @type {any} */ event) {
    const { points, chrome } = this.view;
    const spot = stage === this.view.main ? points?.at(event.layerPoint) : null;
    const area = spot ? null : stage.at(event.layerPoint);
    stage.map.getContainer().style.cursor = area || spot ? "pointer" : "";
    if (spot) return this.#showSpot(spot, this.#place(stage, event.layerPoint));
    if (!area) return this.leave();
    this.#point(area, this.#place(stage, event.layerPoint), ANNOUNCE_MS);
    chrome.tip.dataset.code = area.code;
  }

  /** Layer coordinates of a stage → coordinates of the frame. */
  #place(/** @type {any} */ stage, /** @type {any} */ layerPoint) {
    const { x, y } = stage.map.layerPointToContainerPoint(layerPoint);
    const inner = stage.map.getContainer().getBoundingClientRect();
    const outer = this.view.chrome.frame.getBoundingClientRect();
    return { x: x + inner.left - outer.left, y: y + inner.top - outer.top };
  }

  #click(/** @type {any} */ stage, /** @type {any} */ event) {
    const spot = stage === this.view.main ? this.view.points?.at(event.layerPoint) : null;
    if (spot?.isCluster) return this.#open(spot);
    if (spot) return this.#showSpot(spot, this.#place(stage, event.layerPoint));
    const area = stage.at(event.layerPoint);
    if (area) this.#choose(area, this.#place(stage, event.layerPoint));
  }

  #open(/** @type {any} */ spot) {
    const { map } = this.view.main;
    const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, spot.index.getClusterExpansionZoom(spot.id)));
    map.setView([spot.lat, spot.lon], zoom);
  }

  #choose(/** @type {any} */ area, /** @type {any} */ place) {
    this.#point(area, place, 0);
    this.view.send(this.#codeOf(area));
  }

  #showSpot(/** @type {any} */ spot, /** @type {any} */ place) {
    const { title, state } = spot.count > 1 ? this.#textOfMany(spot) : this.#textOfOne(spot);
    this.at = null;
    this.#outline();
    showTip(this.view.chrome, place, { title, key: "", state, notes: [] });
    this.#say([title, spot.isCluster ? "" : state].filter(Boolean).join(" · "), ANNOUNCE_MS);
  }

  #textOfOne(/** @type {any} */ { kind, point }) {
    return { title: point.name, state: point.place_kind ?? this.view.data.words[`points_${kind}`] ?? "" };
  }

  /** How many they are; where they are, if all lie in one area. */
  #textOfMany(/** @type {any} */ { kind, count, point }) {
    const template = this.view.data.words[`cluster_${kind}`] ?? "{n}";
    return { title: template.replace("{n}", count.toLocaleString("ja-JP")), state: this.#nameOf(this.view.atlas.byCode.get(point.code)) };
  }

  /** Japanese, and Latin letters where the page is English. */
  #nameOf(/** @type {{code: string, name: string}|undefined} */ area) {
    return area ? [area.name, this.view.latin[area.code]].filter(Boolean).join(" ") : "";
  }

  /** @param {string} prefix two digits */
  #prefectureName(prefix) {
    const name = this.view.prefectureNames.get(prefix);
    return name ? this.#nameOf({ code: `${prefix}000`, name }) : "";
  }

  /** What is told of the end of the build-up would be wrong of its frames: they say when they are. */
  #noteOn(/** @type {string|undefined} */ hint) {
    return this.view.frame?.label ?? hint ?? "";
  }

  /** Title, state and notes of an area, for the tip and the live region. */
  #textOf(/** @type {any} */ area) {
    const { data, keyOf } = this.view;
    const key = keyOf.get(area.code);
    const entry = data.legend.find((/** @type {any} */ line) => line.key === key);
    const prefecture = this.#byPrefecture ? `${this.#prefectureName(area.code.slice(0, 2))} ` : "";
    const hint = this.#noteOn(data.hints[area.code] ?? (this.#byPrefecture ? data.hints[this.#codeOf(area)] : ""));
    return { title: `${prefecture}${this.#nameOf(area)}`.trim(), key: entry?.key ?? "", state: entry?.label ?? "", notes: [hint ?? "", data.words.hint_click ?? ""] };
  }

  /** A prefecture as the keyboard reaches it: its name and how many areas stand how. */
  #textOfPrefecture(/** @type {string} */ prefix) {
    const { data, atlas, keyOf } = this.view;
    const keys = atlas.areas.filter((/** @type {any} */ area) => area.code.startsWith(prefix)).map((/** @type {any} */ area) => keyOf.get(area.code));
    const parts = data.legend.map((/** @type {any} */ { key }) => [key, keys.filter((/** @type {string} */ own) => own === key).length]).filter(([, n]) => n);
    const state = parts.map(([key, n]) => `${key} ${n}`).join(" · ");
    return { title: this.#prefectureName(prefix) || prefix, key: "", state, notes: [this.#noteOn(data.hints[`${prefix}000`])] };
  }

  #point(/** @type {any} */ area, /** @type {any} */ place, /** @type {number} */ wait, text = this.#textOf(area)) {
    const code = this.#codeOf(area);
    if (code !== this.at?.code) {
      this.at = { code, area };
      this.#outline();
    }
    this.at.area = area;
    showTip(this.view.chrome, place, text);
    this.#say([text.title, [text.key, text.state].filter(Boolean).join(" "), text.notes[0]].filter(Boolean).join(" · "), wait);
  }

  #say(/** @type {string} */ text, /** @type {number} */ wait) {
    clearTimeout(this.saying);
    if (this.said === text) return;
    this.saying = setTimeout(() => {
      this.said = text;
      this.view.chrome.live.textContent = text;
    }, wait);
  }

  leave() {
    clearTimeout(this.saying);
    this.view.chrome.tip.hidden = true;
    if (!this.at) return;
    this.at = null;
    this.#outline();
  }

  /** After each run: what was selected or hovered may have changed, or be gone. */
  refresh(/** @type {boolean} */ swapped) {
    if (swapped) this.leave();
    this.said = undefined;
    this.#outline();
  }

  #outline() {
    const { main, box, atlas, data, theme, hasBox } = this.view;
    const look = (/** @type {string} */ line, /** @type {number} */ weight, /** @type {number} */ rank) => ({ fill: null, casing: theme.casing, line, weight, rank });
    const wanted = [
      this.at && { code: this.at.code, look: look(theme.hover, 1.8, 1) },
      data.selected && { code: data.selected, look: look(theme.accent, 3.2, 2) },
    ].filter(Boolean);
    const on = (/** @type {any} */ stage, /** @type {string} */ place) =>
      wanted.map(({ code, look: own }) => ({ look: own, geometry: atlas.outline(this.#prefixOf(code), stage.layers, place) }));
    main.focus(on(main, `main ${hasBox}`));
    if (hasBox) box.focus(on(box, "box"));
  }

  /** What the arrow keys move between: areas, or one spot per prefecture. */
  #spots() {
    const { atlas, keyOf, main } = this.view;
    const shown = atlas.areas.filter((/** @type {any} */ area) => area.box && this.view.looks.has(keyOf.get(area.code)));
    const spot = (/** @type {any} */ area) => ({ area, ...projected(main.map, area.centre) });
    if (!this.#byPrefecture) return shown.map(spot);
    const largest = new Map();
    for (const area of shown) {
      const prefix = area.code.slice(0, 2);
      const group = largest.get(prefix) ?? { area, mass: 0, x: 0, y: 0 };
      const { x, y } = projected(main.map, area.centre);
      largest.set(prefix, { area: area.size > group.area.size ? area : group.area, mass: group.mass + area.size, x: group.x + x * area.size, y: group.y + y * area.size });
    }
    return [...largest.values()].map(({ area, mass, x, y }) => ({ area, x: x / mass, y: y / mass }));
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const { view } = this;
    if (event.ctrlKey || event.altKey || event.metaKey || !view.atlas) return;
    if (event.key === "Escape") return void (this.leave(), view.chrome.stage.blur());
    if (event.key === "Enter" || event.key === " ") {
      if (this.at) this.view.send(this.at.code);
    } else if (event.key === "+" || event.key === "-") view.main.map.setZoom(view.main.map.getZoom() + (event.key === "+" ? 1 : -1));
    else if (isArrow(event.key)) this.#step(event.key);
    else return;
    event.preventDefault();
  }

  #step(/** @type {string} */ key) {
    const { view } = this;
    const spots = this.#spots();
    const code = this.at?.code ?? view.data.selected;
    const from = spots.find((/** @type {any} */ spot) => this.#codeOf(spot.area) === code);
    const next = from ? nearestTowards(from, spots, key) : nearestTo(view.main.map, spots);
    const spot = next ?? (this.at ? null : from);
    if (!spot) return;
    const stage = this.#stageOf(spot.area);
    if (stage === view.main) {
      const [lon, lat] = spot.area.heart;
      stage.map.panInside([lat, lon], { padding: [40, 40], animate: false });
    }
    const text = this.#byPrefecture ? this.#textOfPrefecture(spot.area.code.slice(0, 2)) : this.#textOf(spot.area);
    this.#point(spot.area, this.#place(stage, stage.spotOf(spot.area)), 0, text);
  }

  end() {
    clearTimeout(this.saying);
  }
}

const projected = (/** @type {any} */ map, /** @type {number[]} */ [lon, lat]) => {
  const { x, y } = map.latLngToLayerPoint([lat, lon]);
  return { x, y };
};

/** Where the keyboard begins: the spot nearest to the middle of the picture. */
function nearestTo(/** @type {any} */ map, /** @type {any[]} */ spots) {
  const middle = map.latLngToLayerPoint(map.getCenter());
  const far = (/** @type {any} */ spot) => Math.hypot(spot.x - middle.x, spot.y - middle.y);
  return spots.reduce((a, b) => (a && far(a) <= far(b) ? a : b), null);
}
