// A page's text becomes a drawing in the page. Names on it come from documents and uploads: what is not drawing is left out,
// also where our own code wrote it.

const SVG = "http://www.w3.org/2000/svg";
const PX_PER_POINT = 96 / 72;

const ELEMENTS = new Set(
  `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc pattern clipPath mask marker
   linearGradient radialGradient stop`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `id href lang space x y x1 y1 x2 y2 cx cy r rx ry dx dy d points width height viewBox preserveAspectRatio transform rotate offset overflow
   fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
   stroke-opacity stroke-width stop-color stop-opacity opacity paint-order vector-effect shape-rendering text-rendering
   font-family font-size font-style font-weight letter-spacing word-spacing text-anchor text-decoration dominant-baseline
   alignment-baseline baseline-shift textLength lengthAdjust writing-mode clip-path clip-rule clipPathUnits mask maskUnits
   maskContentUnits pattern patternUnits patternContentUnits patternTransform gradientUnits gradientTransform spreadMethod
   marker-start marker-mid marker-end markerWidth markerHeight markerUnits orient refX refY`.split(/\s+/),
);
const OWN_REFERENCE = /^#[\w.:-]+$/;
const FOREIGN_CALL = /url\((?!\s*(["']?)#[\w.:-]+\1\s*\))|\\/i;

/** @param {Attr} attribute */
function isDrawing({ localName, value }) {
  if (!ATTRIBUTES.has(localName)) return false;
  return localName === "href" ? OWN_REFERENCE.test(value) : !FOREIGN_CALL.test(value);
}

/**
 * Several pages share one document: each keeps its own names of patterns.
 * @param {string} name @param {string} value @param {string} prefix
 */
function apart(name, value, prefix) {
  if (name === "id") return prefix + value;
  if (name === "href") return `#${prefix}${value.slice(1)}`;
  return value.replace(/url\(\s*(["']?)#([\w.:-]+)\1\s*\)/gi, `url(#${prefix}$2)`);
}

/** @param {Element} element @param {string} prefix */
function cleanse(element, prefix) {
  for (const attribute of [...element.attributes]) {
    if (!isDrawing(attribute)) element.removeAttributeNode(attribute);
    else attribute.value = apart(attribute.localName, attribute.value, prefix);
  }
  for (const child of [...element.childNodes]) {
    const isElement = child.nodeType === Node.ELEMENT_NODE;
    const isText = child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE;
    if (isElement && child.namespaceURI === SVG && ELEMENTS.has(child.localName)) cleanse(child, prefix);
    else if (!isText) child.remove();
  }
}

/** @param {Element} svg @returns {{width: number, height: number}} in user units, which are points */
function sizeOf(svg) {
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "").trim().split(/[\s,]+/).map(Number);
  const size = { width: width || parseFloat(svg.getAttribute("width")), height: height || parseFloat(svg.getAttribute("height")) };
  if (!(size.width > 0 && size.height > 0)) throw new Error("a page without a size");
  return size;
}

/**
 * Reads a page. The answer is its drawing, adopted into this document, and its size on paper in CSS pixels.
 * @param {string} text @param {{prefix: string, name: string}} options prefix: of its ids; name: what is read aloud
 * @throws {Error} the text is no SVG
 */
export function drawingOf(text, { prefix, name }) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = parsed.documentElement;
  if (svg.namespaceURI !== SVG || svg.localName !== "svg" || parsed.querySelector("parsererror")) throw new Error("a page that is no SVG");
  const { width, height } = sizeOf(svg);
  cleanse(svg, prefix);
  // The name of the whole would pop up wherever the pointer rests.
  for (const child of [...svg.children]) if (["title", "desc"].includes(child.localName)) child.remove();
  for (const side of ["id", "x", "y", "width", "height", "transform"]) svg.removeAttribute(side);
  if (!svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  return { svg: /** @type {SVGSVGElement} */ (document.adoptNode(svg)), width: width * PX_PER_POINT, height: height * PX_PER_POINT, ratio: width / height };
}

/** @typedef {{key: string, twin: string, title: string, alt: string, svg: number[]}} Packed as Python packed it */

export class Page {
  /** @param {Packed} row @param {string[]} pieces @param {string} prefix of its ids */
  constructor({ key, twin, title, alt, svg }, pieces, prefix) {
    Object.assign(this, { key, twin, title, alt });
    this.read = () => drawingOf(svg.map((piece) => pieces[piece]).join(""), { prefix, name: [title, alt].filter(Boolean).join(" ") });
  }

  /** Drawn when it is first asked for: a deck has many pages, and a reader sees one. Null where it cannot be read. */
  get drawing() {
    if (this.drawn === undefined) {
      try {
        this.drawn = this.read();
      } catch (error) {
        console.error("stage:", this.key, error);
        this.drawn = null;
      }
    }
    return this.drawn;
  }
}

/** The pages of a delivery, and their fonts asked for. @param {any} delivery @param {string} place @returns {Page[]} */
export function pagesOf({ pages, pieces }, place) {
  fetchFonts(pieces);
  return pages.map((/** @type {Packed} */ row, /** @type {number} */ at) => new Page(row, pieces, `${place}${at}-`));
}

/** The font comes in many small files, each for some signs: those of pages that are not seen yet are asked for as well. */
function fetchFonts(/** @type {string[]} */ pieces) {
  const signs = [...new Set(pieces.join(""))].join("");
  if (signs) for (const weight of [400, 700]) document.fonts.load(`${weight} 24px "Noto Sans JP"`, signs).catch(() => {});
}
