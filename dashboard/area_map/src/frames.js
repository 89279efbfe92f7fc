// The build-up: a player below the map whose frames take the place of its values, without asking the server.
import { icon } from "./controls.js";
import { element } from "./legend.js";
import { calm } from "./stage.js";

/** @typedef {import("./types.js").Frame} Frame */

const STEP_MS = 1600; // long enough to find what is new

const SHAPES = {
  play: "M5 3v10l8-5z",
  pause: "M5 3v10M11 3v10",
  replay: "M3 8a5 5 0 1 1 1.6 3.7M3 13v-3.2h3.2",
  step: "M4 3v10l6-5zM12.5 3v10",
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
};

/** @param {string} name @param {() => void} act */
function button(name, act) {
  const node = /** @type {HTMLButtonElement} */ (element("button", `control ${name}`));
  node.type = "button";
  node.onclick = act;
  return node;
}

/** @param {HTMLElement} node @param {keyof typeof SHAPES} shape @param {string} name */
function dress(node, shape, name) {
  if (node.dataset.shape !== shape) node.replaceChildren(icon(SHAPES[(node.dataset.shape = shape)]));
  node.title = name;
  node.setAttribute("aria-label", name);
}

export class Player {
  /** @param {HTMLElement} box @param {(frame: Frame|null) => void} show paints a frame, or what there was before */
  constructor(box, show) {
    this.box = box;
    this.show = show;
    /** @type {Frame[]} */
    this.frames = [];
    /** @type {number|null} */
    this.at = null;
    /** @type {Record<string, string>} */
    this.words = {};
    this.label = element("div", "player-label");
    this.play = button("play", () => this.toggle());
    this.previous = button("previous", () => this.go((this.at ?? this.frames.length) - 1));
    this.next = button("next", () => this.go((this.at ?? -1) + 1));
    this.off = /** @type {HTMLButtonElement} */ (element("button", "player-off"));
    this.off.type = "button";
    this.off.onclick = () => (this.go(null), this.play.focus());
    this.slider = /** @type {HTMLInputElement} */ (element("input", "player-slider"));
    Object.assign(this.slider, { type: "range", min: "0", step: "1" });
    this.slider.oninput = () => this.go(Number(this.slider.value));
    this.slider.onkeydown = (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    };
    this.bar = element("div", "player-bar");
    this.bar.append(this.previous, this.play, this.next, this.slider, this.off);
    box.setAttribute("role", "group");
    box.hidden = true;
  }

  get frame() {
    return this.at === null ? null : this.frames[this.at];
  }

  /** Each run brings the frames again: the position stays as long as they are the same. */
  set(/** @type {Frame[]} */ frames, /** @type {Record<string, string>} */ words) {
    const values = JSON.stringify(frames.map((frame) => frame.values));
    if (values !== this.values) {
      this.stop();
      this.at = null;
      this.values = values;
    }
    Object.assign(this, { frames, words });
    this.box.hidden = !frames.length;
    if (!frames.length) this.box.replaceChildren();
    else if (!this.bar.isConnected) this.box.append(this.label, this.bar);
    this.slider.max = String(frames.length - 1);
    this.#dress();
  }

  /** Playing needs motion: without it the same button goes on by one frame. */
  toggle() {
    if (calm()) return this.go(this.#isLast ? 0 : (this.at ?? -1) + 1);
    if (this.playing) {
      this.stop();
      return this.#dress();
    }
    if (this.at === null || this.#isLast) this.#turn(0);
    this.#wait();
    this.#dress();
  }

  /** A frame that the reader chose; null leads back to the map as it was. */
  go(/** @type {number|null} */ at) {
    this.stop();
    this.#turn(at);
  }

  stop() {
    clearTimeout(this.playing);
    this.playing = undefined;
  }

  get #isLast() {
    return this.at === this.frames.length - 1;
  }

  #wait() {
    this.playing = setTimeout(() => {
      this.playing = undefined;
      this.#turn(/** @type {number} */ (this.at) + 1);
      if (!this.#isLast) this.#wait();
      this.#dress();
    }, STEP_MS);
  }

  #turn(/** @type {number|null} */ at) {
    if (at !== null && !this.frames[at]) return;
    const changed = at !== this.at;
    this.at = at;
    this.#dress();
    if (changed) this.show(this.frame);
  }

  #dress() {
    const { words, frame } = this;
    const note = frame?.note ? [element("span", "player-note", frame.note)] : [];
    this.box.classList.toggle("off", !frame);
    this.box.setAttribute("aria-label", words.player ?? "");
    this.label.replaceChildren(frame?.label ?? words.player_start ?? "", ...note);
    const act = calm() ? "step" : this.playing ? "pause" : this.#isLast ? "replay" : "play";
    dress(this.play, act, words[`player_${act}`] ?? "");
    dress(this.previous, "previous", words.player_previous ?? "");
    dress(this.next, "next", words.player_next ?? "");
    this.previous.setAttribute("aria-disabled", String(this.at === 0));
    this.next.setAttribute("aria-disabled", String(this.#isLast));
    this.off.textContent = words.player_off ?? "";
    this.slider.value = String(this.at ?? this.frames.length - 1);
    this.slider.setAttribute("aria-label", words.player_slider ?? "");
    this.slider.setAttribute("aria-valuetext", frame?.label ?? words.player_start ?? "");
  }
}
