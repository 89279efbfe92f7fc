// How the colours of a page are seen: as printed, by the three kinds of dichromats, and without any colour.
import { element } from "../area_map/src/legend.js";

const SVG = "http://www.w3.org/2000/svg";

// Protan, deutan and tritan: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
// Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, table of severity 1.0, on linear RGB.
// Grey: relative luminance of linear sRGB (ITU-R BT.709, as in WCAG).
const LUMINANCE = [0.2126, 0.7152, 0.0722];
/** @type {Record<string, number[][]>} */
export const MATRICES = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  grey: [LUMINANCE, LUMINANCE, LUMINANCE],
};
const AS_PRINTED = "print";
const KINDS = [AS_PRINTED, ...Object.keys(MATRICES)];

function filters() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "stage-filters");
  svg.setAttribute("aria-hidden", "true");
  for (const [kind, rows] of Object.entries(MATRICES)) {
    const filter = document.createElementNS(SVG, "filter");
    filter.id = `stage-${kind}`;
    filter.setAttribute("color-interpolation-filters", "linearRGB");
    const matrix = document.createElementNS(SVG, "feColorMatrix");
    matrix.setAttribute("type", "matrix");
    matrix.setAttribute("values", [...rows.map((row) => [...row, 0, 0]), [0, 0, 0, 1, 0]].flat().join(" "));
    filter.append(matrix);
    svg.append(filter);
  }
  return svg;
}

/** A switch of five; what it means stands below it and is announced. */
export class Vision {
  /** @param {HTMLElement} paper what is seen so */
  constructor(paper) {
    this.paper = paper;
    this.box = element("fieldset", "stage-vision");
    this.legend = element("legend", "stage-vision-name");
    this.choices = element("div", "stage-choices");
    this.note = element("p", "stage-note");
    this.note.setAttribute("role", "status");
    this.labels = KINDS.map((kind) => this.#choice(kind));
    this.choices.append(...this.labels.map(({ label }) => label));
    this.box.append(filters(), this.legend, this.choices, this.note);
    this.kind = AS_PRINTED;
  }

  /** @param {string} kind */
  #choice(kind) {
    const input = /** @type {HTMLInputElement} */ (element("input", "stage-radio"));
    Object.assign(input, { type: "radio", name: "vision", value: kind, checked: kind === AS_PRINTED });
    input.onchange = () => this.#choose(kind);
    const name = element("span", "stage-choice-name");
    const label = element("label", "stage-choice");
    label.append(input, name);
    return { kind, label, name };
  }

  #choose(/** @type {string} */ kind) {
    this.kind = kind;
    this.paper.style.filter = kind === AS_PRINTED ? "" : `url("#stage-${kind}")`;
    this.note.textContent = this.words?.[`note_${kind}`] ?? "";
  }

  dress(/** @type {Record<string, string>} */ words) {
    this.words = words;
    this.legend.textContent = words.vision ?? "";
    for (const { kind, name } of this.labels) name.textContent = words[`vision_${kind}`] ?? kind;
    this.#choose(this.kind);
  }
}
