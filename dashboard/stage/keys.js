// Which key does what while pages are presented. A clicker sends PageUp and PageDown, some also a dot and F5.

/** @typedef {"next"|"previous"|"first"|"last"|"blank"|"full"|"leave"} Act */

/** @type {Record<string, Act>} */
const ACTS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last",
  b: "blank", ".": "blank",
  f: "full", F5: "full", // a presenter's F5 never means to load the page again
  Escape: "leave",
};
const DIGITS_TOGETHER_MS = 1000;

/** What a press asks for, null for nothing of ours. */
export function actOf(/** @type {KeyboardEvent} */ { key, ctrlKey, altKey, metaKey, isComposing }) {
  if (ctrlKey || altKey || metaKey || isComposing) return null;
  return ACTS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** Digits lead to a page at once; 1 and then 2 lead to page 12, if there is one. */
export class Digits {
  constructor() {
    this.typed = "";
    this.last = 0;
  }

  /** @param {KeyboardEvent} event @param {number} pages @returns {number|null} place of the page, the first is 0 */
  page({ key, timeStamp, ctrlKey, altKey, metaKey }, pages) {
    if (!/^\d$/.test(key) || ctrlKey || altKey || metaKey) return null;
    const before = timeStamp - this.last < DIGITS_TOGETHER_MS ? this.typed : "";
    const exists = (/** @type {string} */ typed) => Number(typed) >= 1 && Number(typed) <= pages;
    this.typed = [before + key, key].find(exists) ?? "";
    this.last = timeStamp;
    return this.typed ? Number(this.typed) - 1 : null;
  }
}
