// Buttons on the map: real buttons with Japanese names, at least 32 CSS pixels.
import { element } from "./legend.js";

const SHAPES = {
  zoom_in: "M8 2v12M2 8h12",
  zoom_out: "M2 8h12",
  reset: "M3 8a5 5 0 1 1 1.6 3.7M3 13v-3.2h3.2",
  save: "M8 2v8M4.6 6.8 8 10.2l3.4-3.4M2.5 13.5h11",
};
const SVG = "http://www.w3.org/2000/svg";

/** A drawing of 16 by 16 in the colour of the text. */
export function icon(/** @type {string} */ d) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/**
 * Shows the buttons that have a word and an act.
 * @param {HTMLElement} box
 * @param {Record<string, string>} words
 * @param {Partial<Record<keyof typeof SHAPES, () => void>>} acts
 */
export function setControls(box, words, acts) {
  for (const [name, d] of Object.entries(SHAPES)) {
    const act = acts[/** @type {keyof typeof SHAPES} */ (name)];
    let button = /** @type {HTMLButtonElement | null} */ (box.querySelector(`[data-act=${name}]`));
    if (!act || !words[name]) {
      button?.remove();
      continue;
    }
    if (!button) {
      button = /** @type {HTMLButtonElement} */ (element("button", "control"));
      button.type = "button";
      button.dataset.act = name;
      button.append(icon(d));
      box.append(button);
    }
    button.onclick = act;
    button.setAttribute("aria-label", words[name]);
    button.title = words[name];
  }
}
