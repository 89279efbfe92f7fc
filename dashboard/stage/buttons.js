// Buttons of the stage and the sentences that have blanks.
import { icon } from "../area_map/src/controls.js";
import { element } from "../area_map/src/legend.js";

const SHAPES = {
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  zoom_out: "M3 8h10",
  zoom_in: "M8 3v10M3 8h10",
  screen_full: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  screen_window: "M6 2v4H2M14 6h-4V2M10 14v-4h4M2 10h4v4",
  screen_leave: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  present: "M2 3h12v7.5H2zM8 10.5v3M5 13.5h6",
};

/** @param {string} className @param {() => void} act */
export function button(className, act) {
  const node = /** @type {HTMLButtonElement} */ (element("button", className));
  node.type = "button";
  node.onclick = act;
  return node;
}

/** Gives a button its sign and its name; `shown`: the name is written beside the sign. */
export function dress(/** @type {HTMLElement} */ node, /** @type {string} */ shape, name = "", shown = false) {
  if (node.dataset.shape !== shape || node.dataset.name !== name) {
    node.replaceChildren(icon(SHAPES[/** @type {keyof typeof SHAPES} */ (shape)]), ...(shown ? [element("span", "", name)] : []));
    Object.assign(node.dataset, { shape, name });
  }
  if (shown) return;
  node.title = name;
  node.setAttribute("aria-label", name);
}

/** Fills the blanks of a sentence; a value is never looked at again. */
export const told = (/** @type {string | undefined} */ sentence, /** @type {Record<string, unknown>} */ values) =>
  (sentence ?? "").replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
