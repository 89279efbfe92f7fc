// One picture of the grid: its button, what it paints, and what the reader points at in it.
import { element } from "../area_map/src/legend.js";
import { isArrow, nearestTowards } from "../area_map/src/keyboard.js";
import { lookOf } from "../area_map/src/looks.js";
import { groundOf } from "./drawing.js";
import { heightNeeded } from "./islands.js";
import { paint } from "./painting.js";

const FINE_BELOW = 7.3; // as on the great map
const [FLATTEST, TALLEST] = [0.45, 1.25]; // of the width

export class Picture {
  /**
   * @param {any} grid
   * @param {boolean} picks a button that is chosen, or a figure that is only looked at
   */
  constructor(grid, picks) {
    this.grid = grid;
    this.item = element("li", "picture-item");
    this.face = element(picks ? "button" : "div", "picture");
    if (picks) /** @type {HTMLButtonElement} */ (this.face).type = "button";
    else [this.face.tabIndex, this.face.role] = [0, "group"];
    this.title = element("span", "picture-title");
    this.canvas = /** @type {HTMLCanvasElement} */ (element("canvas", "picture-map"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.note = element("span", "picture-note");
    this.face.append(this.title, this.canvas, this.note);
    this.item.append(this.face);
    if (picks) this.face.onclick = () => grid.pick(this.data.id);
    this.canvas.onpointermove = ({ offsetX, offsetY }) => this.#point(this.#areaAt(offsetX, offsetY), { x: offsetX, y: offsetY });
    this.canvas.onpointerleave = this.face.onblur = () => this.leave();
    this.face.onfocus = () => this.face.matches(":focus-visible") && this.#pointAt(this.#beginning());
    this.face.onkeydown = (event) => this.#key(event);
  }

  /** Takes a run's data; `paint` follows when the size is known. */
  set(/** @type {any} */ data, /** @type {any} */ atlas, /** @type {any} */ outline, /** @type {Record<string, string>} */ latin) {
    Object.assign(this, { data, atlas, outline, latin });
    this.keyOf = new Map(atlas.areas.map((/** @type {any} */ area, /** @type {number} */ i) => [area.code, data.values[i] ?? "-"]));
    this.title.textContent = data.title;
    this.note.textContent = data.note;
    this.note.hidden = !data.note;
    this.face.classList.toggle("incomplete", Boolean(data.is_incomplete));
    this.face.classList.toggle("chosen", Boolean(data.is_chosen));
    if (data.is_chosen) this.face.setAttribute("aria-current", "true");
    else this.face.removeAttribute("aria-current");
    if (this.face.tagName !== "BUTTON") this.face.setAttribute("aria-label", [data.title, data.note].filter(Boolean).join(" "));
    /** @type {Record<string, number>} */
    const counts = {};
    for (const key of this.keyOf.values()) if (key !== "-") counts[key] = (counts[key] ?? 0) + 1;
    this.face.dataset.classes = JSON.stringify(Object.fromEntries(Object.entries(counts).sort()));
  }

  /** The height that suits its shape, in CSS pixels: more would only be sea above and below. */
  get wanted() {
    const { atlas, data, grid, canvas: { clientWidth: width } } = this;
    if (!atlas || !width) return 0;
    const own = heightNeeded(atlas, { ...data, words: grid.words }, width);
    return Math.min(grid.data.height, Math.round(Math.min(Math.max(own, width * FLATTEST), width * TALLEST)));
  }

  /** Paints if anything that is seen has changed; `height` is that of all pictures of the grid. */
  paint(/** @type {number} */ height) {
    const { data, grid, atlas } = this;
    const width = this.canvas.clientWidth;
    const size = { width, height };
    if (!atlas || !width) return;
    const { fit, values, inset, selected, geometry } = data;
    const key = JSON.stringify([size, devicePixelRatio, fit, values, inset, selected, geometry, grid.data.legend, grid.theme, grid.words]);
    if (key === this.painted) return;
    this.painted = key;
    this.ground = groundOf(atlas, this.outline, { fit, inset, words: grid.words }, size);
    this.fine = this.ground.main.zoom < FINE_BELOW;
    this.looks = new Map(grid.data.legend.map((/** @type {any} */ entry) => [entry.key, lookOf(entry, grid.theme, this.fine)]));
    this.#repaint();
  }

  #repaint() {
    paint(this.canvas, this.ground, {
      lookOf: (code) => this.looks.get(this.keyOf.get(code)), theme: this.grid.theme, fine: this.fine,
      selected: this.#prefix(this.data.selected ?? ""), hovered: this.at?.code ?? "",
    });
  }

  /** A prefecture's own code stands for all of its municipalities. */
  #prefix(/** @type {string} */ code) {
    return code.endsWith("000") && !this.atlas.byCode.has(code) ? code.slice(0, 2) : code;
  }

  #areaAt(/** @type {number} */ x, /** @type {number} */ y) {
    const { main, boxes } = this.ground ?? { main: null, boxes: [] };
    const box = boxes.find(({ pane }) => x >= pane.left && x <= pane.left + pane.width && y >= pane.top && y <= pane.top + pane.height);
    const area = (box ?? main)?.at(x, y);
    return area && this.looks.has(this.keyOf.get(area.code)) ? area : null;
  }

  #point(/** @type {any} */ area, /** @type {{x: number, y: number}} */ place) {
    if (!area) return this.leave();
    if (this.at !== area) {
      this.at = area;
      this.#repaint();
    }
    const { data, grid } = this;
    const entry = grid.data.legend.find((/** @type {any} */ { key }) => key === this.keyOf.get(area.code));
    const title = [area.name, this.latin[area.code]].filter(Boolean).join(" ");
    grid.tell(this.canvas, place, { title, key: entry?.key ?? "", state: entry?.label ?? "", notes: [data.title, grid.words.hint_pick ?? ""] });
  }

  /** What the arrow keys move between. */
  #spots() {
    return [this.ground.main, ...this.ground.boxes].flatMap((sheet) =>
      [...sheet.shapes.values()].filter(({ code }) => this.looks.has(this.keyOf.get(code))).map(({ area }) => {
        const [x, y] = sheet.project(area.heart);
        return { area, x, y };
      }),
    );
  }

  #beginning() {
    const prefix = this.#prefix(this.data?.selected ?? "");
    const { width, height } = this.ground?.main.pane ?? { width: 0, height: 0 };
    const far = (/** @type {any} */ spot) => Math.hypot(spot.x - width / 2, spot.y - height / 2);
    const spots = this.ground ? this.#spots() : [];
    return spots.find(({ area }) => prefix && area.code.startsWith(prefix)) ?? spots.reduce((a, b) => (a && far(a) <= far(b) ? a : b), null);
  }

  #pointAt(/** @type {any} */ spot) {
    if (spot) this.#point(spot.area, spot);
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Escape") return this.leave();
    if (!isArrow(event.key) || event.ctrlKey || event.altKey || event.metaKey || !this.ground) return;
    event.preventDefault();
    const spots = this.#spots();
    const from = spots.find(({ area }) => area === this.at);
    this.#pointAt(from ? nearestTowards(from, spots, event.key) : this.#beginning());
    this.grid.announce();
  }

  leave() {
    this.grid.hush();
    if (!this.at) return;
    this.at = null;
    this.#repaint();
  }
}
