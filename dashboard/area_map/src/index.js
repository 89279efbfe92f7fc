// Entry of the component: one view per mounted element, kept over reruns, thrown away when the element leaves.
import { AreaMapView } from "./view.js";

/** @typedef {import("./types.js").MapData} MapData */

/** @type {WeakMap<HTMLElement, {view: AreaMapView, call: number}>} */
const views = new WeakMap();

/**
 * The stylesheet lies beside the script, so it is found under any page address and base path.
 * @param {HTMLElement} root
 * @returns {Promise<void>}
 */
function loadStyle(root) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(STYLESHEET, import.meta.url).href;
  const ready = new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
  root.before(link);
  return ready;
}

/** @param {ShadowRoot | HTMLElement} parent */
function rootOf(parent) {
  let root = /** @type {HTMLElement | null} */ (parent.querySelector(".area-map"));
  if (!root) {
    root = document.createElement("div");
    root.className = "area-map";
    parent.append(root);
  }
  return root;
}

/**
 * Undoes `packed` of the Python side: "E{7}" stands for seven times E.
 * @param {string} packed
 */
const unpacked = (packed) => packed.replace(/(.)\{(\d+)\}/g, (_, key, count) => key.repeat(Number(count)));

/**
 * Called by Streamlit after every run of the page. A call only updates; the answer is the clean-up.
 * @param {{data: MapData, parentElement: ShadowRoot | HTMLElement, setStateValue: (name: string, value: unknown) => void}} component
 */
export default function mount({ data, parentElement, setStateValue }) {
  const root = rootOf(parentElement);
  let entry = views.get(root);
  if (!entry) {
    entry = { view: new AreaMapView(root, loadStyle(root)), call: 0 };
    views.set(root, entry);
  }
  const call = ++entry.call;
  entry.view.update({ ...data, values: unpacked(data.values) }, (code) => setStateValue("selected", { code, pick: Date.now() }));
  return () => {
    // Streamlit may run the clean-up of an overtaken call late: only the newest call may end the view.
    if (entry.call !== call) return;
    views.delete(root);
    entry.view.destroy();
  };
}
