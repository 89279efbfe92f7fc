// One map on the page: takes the values of each run, keeps everything else as the reader left it.
import { buildChrome, dressChrome, showNotice } from "./chrome.js";
import { setControls } from "./controls.js";
import { Player } from "./frames.js";
import { sharePage } from "./gestures.js";
import { Atlas, fetchAtlas, fetchOnce } from "./geometry.js";
import { paintNames, placeNames, rareStates } from "./labels.js";
import { fillLegend } from "./legend.js";
import { lookOf, readTheme } from "./looks.js";
import { Pointing } from "./pointing.js";
import { PointLayer, decodePoints } from "./points.js";
import { savePicture } from "./save.js";
import { Stage } from "./stage.js";
import { Bond } from "./sync.js";
import { frameFor, heightFor, isBoxed, marginsBeside } from "./framing.js";

/** @typedef {import("./types.js").MapData} MapData */

const NARROW = 480; // CSS pixels of the component
const FINE_BELOW = 7.3; // zoom below which municipalities are small: finer patterns and lines

const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

export class AreaMapView {
  /** @param {HTMLElement} root @param {Promise<void>} styled */
  constructor(root, styled) {
    this.root = root;
    this.styled = styled;
    this.chrome = buildChrome(root);
    this.player = new Player(this.chrome.player, (frame) => this.#showFrame(frame));
    this.turn = 0;
    this.ending = new AbortController();
    /** @type {Map<string, import("./looks.js").Look>} */
    this.looks = new Map();
    /** @type {Map<string, string>} */
    this.prefectureNames = new Map();
    /** @type {Record<string, string>} */
    this.latin = {};
  }

  /** @param {MapData} data @param {(code: string) => void} send */
  async update(data, send) {
    const turn = ++this.turn;
    const before = this.data;
    [this.wanted, this.send] = [data, send];
    await this.styled;
    if (turn !== this.turn) return;
    const late = setTimeout(() => showNotice(this.chrome, data.words.loading ?? ""), 400);
    this.root.setAttribute("aria-busy", "true");
    try {
      const [atlas, outline, points, latin] = await Promise.all([fetchAtlas(data.geometry), this.#outline(data), this.#points(data), this.#latin(data)]);
      if (turn !== this.turn) return;
      this.latin = latin;
      clearTimeout(late);
      this.#show(data, before, atlas, outline, points);
      showNotice(this.chrome, "");
      await afterPaint();
      if (turn === this.turn) this.root.dataset.rev = data.rev;
    } catch (error) {
      if (turn === this.turn) this.#fail(/** @type {Error} */ (error), data, send);
    } finally {
      clearTimeout(late);
      if (turn === this.turn) this.root.removeAttribute("aria-busy");
    }
  }

  #fail(/** @type {Error} */ error, /** @type {MapData} */ data, /** @type {(code: string) => void} */ send) {
    console.error("area_map:", error);
    showNotice(this.chrome, `${data.words.failed ?? ""} (${error.message})`, {
      kind: "failed", label: data.words.retry, act: () => this.update(data, send),
    });
  }

  /** Names of the prefectures and the land around; the map works without them. */
  #outline(/** @type {MapData} */ data) {
    return data.outline ? fetchAtlas(data.outline).catch(() => null) : Promise.resolve(null);
  }

  /** Names in Latin letters; the Japanese ones do without. */
  #latin(/** @type {MapData} */ { names }) {
    return names ? fetchOnce(names).catch(() => ({})) : Promise.resolve({});
  }

  #points(/** @type {MapData} */ { points }) {
    if (!points) return Promise.resolve(null);
    if (Array.isArray(points)) return Promise.resolve(points);
    const here = (/** @type {any} */ point) => !points.prefecture || String(point.code ?? "").startsWith(points.prefecture);
    return fetchOnce(points.url, decodePoints).then((all) => all.filter(here));
  }

  #show(/** @type {MapData} */ data, /** @type {MapData|undefined} */ before, /** @type {Atlas} */ atlas, /** @type {Atlas|null} */ outline, /** @type {any[]|null} */ points) {
    this.data = data;
    dressChrome(this.chrome, data);
    if (!this.main) this.#open();
    const pointKey = JSON.stringify(data.points);
    if (pointKey !== this.pointKey) [this.pointKey, this.points] = [pointKey, points?.length ? new PointLayer(points) : null];
    for (const area of outline?.areas ?? []) this.prefectureNames.set(area.code.slice(0, 2), area.name);
    const swapped = atlas !== this.atlas || outline !== this.outlineAtlas || data.inset !== before?.inset || data.words.inset_southwest !== before?.words.inset_southwest;
    if (swapped) this.#setAtlas(atlas, outline);
    // Not the address of the geometry: another year may be drawn with other boundaries, in the same frame.
    const fitKey = `${data.fit}|${data.inset}|${Boolean(data.words.inset_southwest)}`;
    const refit = fitKey !== this.fitKey;
    this.fitKey = fitKey;
    this.player.set(data.frames ?? [], data.words);
    this.#readValues();
    if (refit) this.moved = false;
    const resized = this.#resize();
    this.#restyle(); // before the fit: the legend's size decides the margins
    const taken = this.bond.join(data.sync ?? "");
    if (!taken && (refit || (resized && !this.moved))) this.fit();
    this.pointing.refresh(swapped);
    if (before && before.values !== data.values && !this.frame && data.words.changed) this.chrome.live.textContent = data.words.changed;
  }

  /** The frame of the build-up that is shown, null while the player is off. */
  get frame() {
    return this.player.frame;
  }

  #showFrame(/** @type {import("./types.js").Frame|null} */ frame) {
    this.#readValues();
    this.#restyle();
    this.pointing.refresh(false);
    this.chrome.live.textContent = frame ? [frame.label, frame.note].filter(Boolean).join(" ") : (this.data?.words.changed ?? "");
  }

  #open() {
    const { stage, insetMap } = this.chrome;
    this.theme = readTheme(this.root);
    this.main = new Stage(stage, { fixed: false, paintMarks: (ctx) => this.#paintMarks(ctx) });
    this.box = new Stage(insetMap, { fixed: true });
    this.pointing = new Pointing(this);
    const { signal } = this.ending;
    sharePage(this.main.map, () => this.#wheelHint(), signal);
    this.bond = new Bond(this);
    this.main.map.on("dragstart zoomstart", () => (this.moved = this.moved || !(this.fitting || this.bond.led)));
    this.main.map.on("zoomend", () => this.refine());
    this.main.map.on("moveend", () => this.#noteView());
    this.watch = new ResizeObserver(() => this.#resize() && !this.moved && this.fit());
    this.watch.observe(this.root);
    document.fonts?.addEventListener("loadingdone", () => this.main?.marks?.repaint(), { signal });
  }

  #setAtlas(/** @type {Atlas} */ atlas, /** @type {Atlas|null} */ outline) {
    const { data } = this;
    [this.atlas, this.outlineAtlas] = [atlas, outline];
    const boxed = (/** @type {string} */ code) => isBoxed(code, data, atlas);
    // Around one prefecture the neighbours are drawn as plain land; the nation needs no context.
    const context = atlas.prefectures.size === 1 && outline ? { features: outline.features.filter((item) => !atlas.prefectures.has(String(item.properties.code).slice(0, 2))) } : null;
    this.main.setAtlas(atlas, { shown: (code) => !boxed(code), context });
    this.hasBox = atlas.areas.some((area) => boxed(area.code));
    this.chrome.inset.hidden = !this.hasBox;
    if (this.hasBox) {
      this.box.setAtlas(atlas, { shown: boxed, context: null });
      this.box.map.invalidateSize({ animate: false });
    }
  }

  #readValues() {
    const { data, atlas } = this;
    const values = this.frame?.values ?? data.values;
    /** @type {Record<string, number>} */
    const counts = {};
    this.keyOf = new Map();
    atlas.areas.forEach((area, i) => {
      const key = values[i] ?? "-";
      this.keyOf.set(area.code, key);
      if (key !== "-") counts[key] = (counts[key] ?? 0) + 1;
    });
    /** The legend with the counts of what is shown. */
    this.entries = this.frame ? data.legend.map((entry) => ({ ...entry, count: counts[entry.key] ?? 0 })) : data.legend;
    this.root.dataset.classes = JSON.stringify(Object.fromEntries(Object.entries(counts).sort()));
  }

  /** Looks are made anew only when the legend, the theme or the fineness changed. */
  #makeLooks() {
    const theme = readTheme(this.root);
    const fine = this.main.map.getZoom() < FINE_BELOW;
    const key = JSON.stringify([this.data.legend.map(({ key: k, fill, pattern, line }) => [k, fill, pattern, line]), theme, fine]);
    if (key === this.lookKey) return;
    [this.lookKey, this.theme, this.fine] = [key, theme, fine];
    this.looks = new Map(this.data.legend.map((entry) => [entry.key, lookOf(entry, theme, fine)]));
    const plain = { fill: null, line: theme.border, weight: 0, rank: -1 };
    this.grounds = {
      context: { ...plain, fill: theme.land, line: theme.landLine, weight: 0.6, rank: -3 },
      land: { ...plain, fill: theme.land, line: theme.landLine, weight: 0.6, rank: -2 },
      border: { ...plain, weight: fine ? 0.65 : 1.1, rank: 90 },
    };
  }

  #restyle() {
    const start = performance.now();
    this.#makeLooks();
    const look = (/** @type {string} */ code) => this.looks.get(this.keyOf.get(code) ?? "-") ?? null;
    this.main.restyle(look, this.grounds);
    if (this.hasBox) this.box.restyle(look, this.grounds);
    performance.measure("area-map-restyle", { start });
    const { legend } = this.chrome;
    const { data, entries, theme, looks } = this;
    const counts = this.points?.counts ?? { place: 0, grant: 0 };
    const points = (this.pointLines = /** @type {const} */ (["place", "grant"]).filter((shape) => counts[shape]).map((shape) => ({ shape, label: data.words[`points_${shape}`] ?? "", count: counts[shape] })));
    fillLegend(legend, { entries, looks, theme, points, language: document.documentElement.lang || "ja" });
    const zoom = (/** @type {number} */ step) => () => this.main.map.setZoom(this.main.map.getZoom() + step);
    setControls(this.chrome.controls, data.words, {
      zoom_in: zoom(1), zoom_out: zoom(-1), reset: () => this.fit(), save: () => savePicture(this),
    });
  }

  /** Patterns and lines that suit the zoom. */
  refine() {
    if (this.keyOf && this.main.map.getZoom() < FINE_BELOW !== this.fine) this.#restyle();
  }

  #paintMarks(/** @type {CanvasRenderingContext2D} */ ctx) {
    const { data, atlas, main, theme } = this;
    if (!data || !atlas || !main || !this.keyOf) return;
    const look = (/** @type {any} */ area) => this.looks.get(this.keyOf.get(area.code) ?? "-");
    const spots = this.points?.place(main.map) ?? [];
    const taken = spots.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
    if (data.labels) {
      const shown = atlas.areas.filter(look);
      const rare = rareStates(shown, look);
      const standsOut = (/** @type {any} */ area) => area.code === data.selected || rare.has(look(area));
      paintNames(ctx, placeNames(shown, main.map, ctx, theme.font, standsOut, taken), look, theme);
    }
    this.points?.paint(ctx, theme);
  }

  /** Back to the whole: the picture as it was when this geometry was first shown. */
  fit() {
    if (!this.main?.visible) return void (this.moved = false);
    this.fitting = true;
    this.bond.alone(() => {
      const { frame, pads } = frameFor(this);
      this.main.fit(frame, pads);
    });
    this.fitting = this.moved = false;
    this.bond.share();
    if (this.hasBox) this.box.fit(frameFor(this, true).frame, [marginsBeside(3)]);
  }

  /** Fits the frame into the page's width; true if the map's size changed. */
  #resize() {
    const { root, chrome, data, atlas, main } = this;
    if (!data || !atlas || !root.clientWidth) return false;
    const narrow = root.clientWidth <= NARROW;
    root.classList.toggle("narrow", narrow);
    // A tall map on a narrow screen would only be sea above and below.
    const height = narrow ? Math.min(data.height, heightFor(this, root.clientWidth)) : data.height;
    chrome.frame.style.height = `${height}px`;
    const before = main.map.getSize();
    this.bond.alone(() => main.map.invalidateSize({ animate: false, pan: false }));
    const resized = !main.map.getSize().equals(before);
    if (resized && this.moved) this.bond.take();
    return resized;
  }

  #noteView() {
    const { lat, lng } = this.main.map.getCenter();
    this.root.dataset.view = [lat.toFixed(4), lng.toFixed(4), this.main.map.getZoom().toFixed(3)].join(",");
  }

  #wheelHint() {
    const text = this.data?.words.wheel_hint;
    if (!text) return;
    showNotice(this.chrome, text, { kind: "brief" });
    clearTimeout(this.brief);
    this.brief = setTimeout(() => showNotice(this.chrome, ""), 1400);
  }

  destroy() {
    this.turn = -1;
    this.ending.abort();
    clearTimeout(this.brief);
    this.watch?.disconnect();
    this.pointing?.end();
    this.player.stop();
    this.bond?.leave();
    this.main?.remove();
    this.box?.remove();
    this.root.previousElementSibling?.matches("link") && this.root.previousElementSibling.remove();
    this.root.remove();
  }
}
