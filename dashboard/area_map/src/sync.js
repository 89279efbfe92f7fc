// Maps of one page with the same word move and zoom as one. Whoever is moved by the reader leads; a map that is led never
// leads back, so nothing goes in circles.

/** @type {Map<string, Set<Bond>>} */
const groups = new Map();

/** What ties one view to the others. Leaflet's map must be there already. */
export class Bond {
  constructor(/** @type {any} */ view) {
    this.view = view;
    this.map = view.main.map;
    this.word = "";
    /** @type {Bond|null} who had landed before this map did */
    this.late = null;
    /** In flight behind another map. */
    this.gliding = false;
    /** What is painted was scaled or shifted, not yet painted anew. */
    this.scaled = this.shifted = false;
    /** Moved by another map, or trying out a frame: what it does is not passed on. */
    this.led = false;
    const pass = (/** @type {string} */ event, /** @type {(other: Bond, event: any) => void} */ act) =>
      this.map.on(event, (/** @type {any} */ told) => this.#lead((other) => act(other, told)));
    pass("movestart", (other) => other.#halt());
    pass("zoomanim", (other, { center, zoom }) => other.#glide(center, zoom));
    pass("move", (other) => other.#follow(this.map));
    pass("moveend", (other) => other.#settle(this));
    this.map.on("moveend", () => this.#arrive());
  }

  get #others() {
    return [...(groups.get(this.word) ?? [])].filter((other) => other !== this && other.view.keyOf && other.view.main.visible);
  }

  /**
   * Joins the maps of a word ("" = none).
   * @param {string} word
   * @returns {boolean} whether it took a view that the reader had chosen on another map of the same area
   */
  join(word) {
    if (word === this.word) return false;
    this.leave();
    this.word = word;
    if (!word) return false;
    groups.set(word, (groups.get(word) ?? new Set()).add(this));
    return this.take();
  }

  leave() {
    const group = groups.get(this.word);
    group?.delete(this);
    if (group?.size === 0) groups.delete(this.word);
    this.word = "";
  }

  /** Takes the view of another map that the reader has moved; false if there is none. */
  take() {
    const { fitKey } = this.view;
    const leader = this.#others.find(({ view }) => view.moved && view.fitKey === fitKey);
    if (!leader) return false;
    this.alone(() => this.map.setView(leader.map.getCenter(), leader.map.getZoom(), { animate: false }));
    this.view.moved = true;
    return true;
  }

  /** Moves without the others. */
  alone(/** @type {() => void} */ act) {
    const before = this.led;
    this.led = true;
    act();
    this.led = before;
  }

  /** After a fit: all maps show the whole, as the one with the least room shows it. */
  share() {
    const { view, map } = this;
    view.whole = { center: map.getCenter(), zoom: map.getZoom() };
    const wholes = this.#others.filter((other) => other.view.whole && other.view.fitKey === view.fitKey).map((other) => other.view.whole);
    const least = wholes.reduce((a, b) => (b.zoom < a.zoom ? b : a), view.whole);
    if (least !== view.whole) this.alone(() => map.setView(least.center, least.zoom, { animate: false }));
    this.#lead((other) => {
      other.#halt();
      other.#follow(map);
      other.#settle(this);
    });
  }

  #lead(/** @type {(other: Bond) => void} */ act) {
    if (!this.led && !this.gliding) for (const other of this.#others) other.alone(() => act(other));
  }

  #halt() {
    this.map._stop();
    this.map.fire("movestart");
  }

  /** The same flight in the same frame, instead of jumping after the leader has landed. */
  #glide(/** @type {any} */ center, /** @type {number} */ zoom) {
    if (this.map._animatingZoom) return;
    this.gliding = true;
    this.map._moveStart(true, true)._animateZoom(center, zoom, true);
  }

  /** Still on the way: shifts or scales what is painted; it is painted anew in the end. */
  #follow(/** @type {any} */ leader) {
    const { map } = this;
    if (map._animatingZoom) return;
    const [center, zoom] = [leader.getCenter(), leader.getZoom()];
    if (zoom === map.getZoom()) {
      const offset = map._getCenterOffset(center).round();
      if (!offset.x && !offset.y) return;
      this.shifted = true;
      map._rawPanBy(offset);
      map.fire("move");
    } else {
      this.scaled = true;
      map._move(center, zoom, { pinch: true, round: false });
    }
  }

  #settle(/** @type {Bond} */ leader) {
    const { map, view } = this;
    view.moved = leader.view.moved;
    if (map._animatingZoom) return void (this.late = leader);
    const { scaled, shifted } = this;
    this.scaled = this.shifted = false;
    if (!scaled) return void (shifted && map.fire("moveend"));
    map._resetView(leader.map.getCenter(), leader.map.getZoom(), true);
    view.refine();
  }

  /** After its own flight: where the leader is by now. */
  #arrive() {
    const { late } = this;
    this.gliding = false;
    this.late = null;
    if (!late?.word) return;
    this.alone(() => {
      this.#follow(late.map);
      this.#settle(late);
    });
  }
}
