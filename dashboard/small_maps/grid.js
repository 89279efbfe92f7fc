// All small pictures of one component: their grid, one legend, one tip, one live region.
import { showNotice, showTip } from "../area_map/src/chrome.js";
import { fetchAtlas, fetchOnce } from "../area_map/src/geometry.js";
import { element, fillLegend } from "../area_map/src/legend.js";
import { lookOf, readTheme } from "../area_map/src/looks.js";
import { Picture } from "./picture.js";

const LEAST = 150; // CSS pixels of a picture's width
const STEPS = [5, 3, 2, 1];
const GAP = 16;

/** As many columns as are wanted and fit, in steps that leave no lonely picture out of five. */
export function columnsFor(/** @type {number} */ width, /** @type {number} */ wanted) {
  const fits = (/** @type {number} */ columns) => columns * LEAST + (columns - 1) * GAP <= width;
  return [wanted, ...STEPS.filter((step) => step < wanted)].find(fits) ?? 1;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

export class Grid {
  /** @param {HTMLElement} root @param {Promise<void>} styled */
  constructor(root, styled) {
    this.root = root;
    this.styled = styled;
    this.turn = 0;
    this.legend = element("ul", "legend");
    this.frame = element("div", "pictures-frame");
    this.list = element("ul", "pictures");
    this.tip = element("div", "tip");
    this.notice = element("div", "notice");
    this.live = element("div", "live");
    this.tip.setAttribute("aria-hidden", "true");
    this.notice.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.tip.hidden = this.notice.hidden = true;
    this.frame.append(this.list, this.tip, this.notice);
    root.classList.add("below");
    root.replaceChildren(this.legend, this.frame, this.live);
    /** @type {Map<string, Picture>} */
    this.pictures = new Map();
    this.watch = new ResizeObserver(() => this.data && this.#paint());
    this.watch.observe(root);
  }

  get words() {
    return this.data.words;
  }

  /** @param {any} data @param {(id: string) => void} pick */
  async update(data, pick) {
    const turn = ++this.turn;
    await this.styled;
    if (turn !== this.turn) return;
    const late = setTimeout(() => showNotice(/** @type {any} */ (this), data.words.loading ?? ""), 400);
    this.root.setAttribute("aria-busy", "true");
    try {
      const grounds = await Promise.all(data.maps.map((/** @type {any} */ map) => this.#fetch(map)));
      if (turn !== this.turn) return;
      clearTimeout(late);
      showNotice(/** @type {any} */ (this), "");
      this.#show(data, pick, grounds);
      await this.#paint();
    } catch (error) {
      if (turn === this.turn) this.#fail(/** @type {Error} */ (error), () => this.update(data, pick));
    } finally {
      clearTimeout(late);
      if (turn === this.turn) this.root.removeAttribute("aria-busy");
    }
  }

  /** Land around and names in Latin letters: the picture does without. */
  #fetch(/** @type {any} */ { geometry, outline, names }) {
    return Promise.all([
      fetchAtlas(geometry),
      outline ? fetchAtlas(outline).catch(() => null) : null,
      names ? fetchOnce(names).catch(() => ({})) : {},
    ]);
  }

  #fail(/** @type {Error} */ error, /** @type {() => void} */ act) {
    console.error("small_maps:", error);
    const { words } = this.data ?? { words: {} };
    showNotice(/** @type {any} */ (this), `${words.failed ?? ""} (${error.message})`, { kind: "failed", label: words.retry, act });
  }

  #show(/** @type {any} */ data, /** @type {(id: string) => void} */ pick, /** @type {any[]} */ grounds) {
    Object.assign(this, { data, pick });
    for (const [node, label] of [[this.list, data.words.label], [this.legend, data.words.legend]]) node.setAttribute("aria-label", label ?? "");
    const kept = new Map();
    data.maps.forEach((/** @type {any} */ map, /** @type {number} */ i) => {
      const picture = this.pictures.get(map.id) ?? new Picture(this, data.picks);
      picture.set(map, ...grounds[i]);
      kept.set(map.id, picture);
    });
    const items = [...kept.values()].map((picture) => picture.item);
    // Only when they differ: moving an element takes the focus from it.
    if (items.some((item, i) => this.list.children[i] !== item) || items.length !== this.list.children.length) this.list.replaceChildren(...items);
    this.pictures = kept;
  }

  /** One picture per frame, so that the page never stands still; nothing is painted twice. */
  async #paint() {
    const { turn, data, root } = this;
    delete root.dataset.painted;
    this.theme = readTheme(root);
    const looks = new Map(data.legend.map((/** @type {any} */ entry) => [entry.key, lookOf(entry, this.theme, false)]));
    fillLegend(this.legend, { entries: data.legend, looks, theme: this.theme, points: [], language: document.documentElement.lang || "ja" });
    this.list.style.gridTemplateColumns = `repeat(${columnsFor(root.clientWidth, data.columns)}, minmax(0, 1fr))`;
    const height = Math.max(...[...this.pictures.values()].map((picture) => picture.wanted));
    for (const picture of this.pictures.values()) {
      picture.paint(height);
      await nextFrame();
      if (turn !== this.turn) return;
    }
    root.dataset.painted = [...this.pictures.keys()].join(" ");
  }

  /** Shows the tip beside a spot of a canvas. */
  tell(/** @type {HTMLElement} */ canvas, /** @type {{x: number, y: number}} */ { x, y }, /** @type {any} */ text) {
    const [inner, outer] = [canvas.getBoundingClientRect(), this.frame.getBoundingClientRect()];
    this.said = [text.title, `${text.key} ${text.state}`.trim()].filter(Boolean).join(" · ");
    showTip(/** @type {any} */ (this), { x: x + inner.left - outer.left, y: y + inner.top - outer.top }, text);
  }

  announce() {
    if (!this.tip.hidden) this.live.textContent = this.said ?? "";
  }

  hush() {
    this.tip.hidden = true;
  }

  destroy() {
    this.turn = -1;
    this.watch.disconnect();
    this.root.previousElementSibling?.matches("link") && this.root.previousElementSibling.remove();
    this.root.remove();
  }
}
