// The elements around the map's canvas: frame, player, legend, box for Okinawa, buttons, tip, notice and the live region.
import { element } from "./legend.js";

/**
 * @param {HTMLElement} root
 */
export function buildChrome(root) {
  const part = (/** @type {string} */ name, tag = "div") => element(tag, name);
  const frame = part("frame");
  const parts = {
    frame,
    stage: part("stage"),
    player: part("player"),
    legend: part("legend", "ul"),
    inset: part("inset"),
    insetTitle: part("inset-title"),
    insetMap: part("inset-map"),
    controls: part("controls"),
    tip: part("tip"),
    notice: part("notice"),
    attribution: part("attribution", "p"),
    live: part("live"),
  };
  parts.stage.tabIndex = 0;
  parts.stage.setAttribute("role", "application");
  parts.inset.setAttribute("aria-hidden", "true"); // its areas are reached with the arrow keys of the main map
  parts.tip.setAttribute("aria-hidden", "true"); // the live region says the same
  parts.controls.setAttribute("role", "group");
  parts.notice.setAttribute("role", "status");
  parts.live.setAttribute("aria-live", "polite");
  parts.inset.append(parts.insetTitle, parts.insetMap);
  for (const hidden of [parts.inset, parts.tip, parts.notice]) hidden.hidden = true;
  frame.append(parts.stage, parts.inset, parts.tip, parts.notice, parts.controls);
  root.replaceChildren(frame, parts.player, parts.legend, parts.attribution, parts.live);
  return parts;
}

/** @typedef {ReturnType<typeof buildChrome>} Chrome */

/** @param {Chrome} chrome @param {import("./types.js").MapData} data */
export function dressChrome(chrome, data) {
  const { words } = data;
  const name = (/** @type {HTMLElement} */ node, /** @type {string|undefined} */ text) =>
    text ? node.setAttribute("aria-label", text) : node.removeAttribute("aria-label");
  name(chrome.stage, [words.map_label, words.keyboard_hint].filter(Boolean).join(" "));
  name(chrome.controls, words.controls_label ?? words.map_label);
  name(chrome.legend, words.legend);
  chrome.insetTitle.textContent = words.inset_southwest ?? words.inset_okinawa ?? words.okinawa ?? "";
  chrome.attribution.textContent = data.attribution ?? "";
  chrome.attribution.hidden = !data.attribution;
}

/**
 * Puts the tip beside a spot of the frame, inside the frame.
 * @param {Chrome} chrome
 * @param {{x: number, y: number}} spot frame coordinates
 * @param {{title: string, key: string, state: string, notes: string[]}} text
 */
export function showTip({ tip, frame }, spot, { title, key, state, notes }) {
  tip.replaceChildren(element("b", "tip-title", title));
  if (state) {
    const line = element("span", "tip-state");
    if (key) line.append(element("b", "tip-key", key));
    line.append(state);
    tip.append(line);
  }
  tip.append(...notes.filter(Boolean).map((note) => element("span", "tip-note", note)));
  tip.hidden = false;
  const x = spot.x + 14 + tip.offsetWidth > frame.clientWidth ? spot.x - 14 - tip.offsetWidth : spot.x + 14;
  const y = spot.y + 14 + tip.offsetHeight > frame.clientHeight ? spot.y - 10 - tip.offsetHeight : spot.y + 14;
  tip.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.max(4, Math.round(y))}px)`;
}

/** @param {Chrome} chrome @param {string} text @param {{act?: () => void, label?: string, kind?: string}} [options] */
export function showNotice({ notice }, text, { act, label, kind = "" } = {}) {
  notice.className = `notice ${kind}`;
  notice.replaceChildren(text);
  if (act && label) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "notice-act", label));
    button.type = "button";
    button.onclick = act;
    notice.append(button);
  }
  notice.hidden = !text;
}
