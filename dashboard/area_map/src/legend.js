// The legend: the map's own patterns, the key letter, the words and the count. Plain text nodes only.
import { swatch } from "./looks.js";

/** @typedef {import("./types.js").LegendEntry} LegendEntry */

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * @param {LegendEntry} entry
 * @param {import("./looks.js").Look} look
 * @param {Intl.NumberFormat} numbers
 */
function row(entry, look, numbers) {
  const item = element("li", "legend-row");
  const count = entry.count === null || entry.count === undefined ? "" : numbers.format(entry.count);
  item.append(
    swatch(look),
    element("b", "legend-key", entry.key),
    element("span", "legend-label", entry.label),
    element("span", "legend-count", count),
  );
  return item;
}

/** @param {{shape: "place"|"grant", label: string, count: number}} line @param {string} colour @param {Intl.NumberFormat} numbers */
function pointRow(line, colour, numbers) {
  const item = element("li", "legend-row");
  const mark = element("span", "legend-mark", line.shape === "grant" ? "▲" : "●");
  mark.style.color = colour;
  mark.setAttribute("aria-hidden", "true");
  item.append(mark, element("b", "legend-key", ""), element("span", "legend-label", line.label));
  item.append(element("span", "legend-count", numbers.format(line.count)));
  return item;
}

/**
 * @param {HTMLElement} list
 * @param {{entries: LegendEntry[], looks: Map<string, import("./looks.js").Look>, theme: any, points: {shape: "place"|"grant", label: string, count: number}[], language: string}} content
 */
export function fillLegend(list, { entries, looks, theme, points, language }) {
  const numbers = new Intl.NumberFormat(language);
  list.replaceChildren(
    ...entries.map((entry) => row(entry, /** @type {any} */ (looks.get(entry.key)), numbers)),
    ...points.map((line) => pointRow(line, theme[line.shape], numbers)),
  );
  list.hidden = !list.childElementCount;
}
