// What a Streamlit component needs to stay itself over reruns: one view per mounted element, its own stylesheet.

/**
 * @typedef {(component: {data: any, parentElement: ShadowRoot | HTMLElement, setStateValue: (name: string, value: unknown) => void}) => () => void} Mount
 */

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

/** @param {ShadowRoot | HTMLElement} parent @param {string} name */
function rootOf(parent, name) {
  let root = /** @type {HTMLElement | null} */ (parent.querySelector(`.${name}`));
  if (!root) {
    root = document.createElement("div");
    root.className = name;
    parent.append(root);
  }
  return root;
}

/**
 * Undoes `packed` of the Python side: "E{7}" stands for seven times E.
 * @param {string} packed
 */
export const unpacked = (packed) => packed.replace(/(.)\{(\d+)\}/g, (_, key, count) => key.repeat(Number(count)));

/**
 * A component that keeps one view per mounted element. A call only updates; its answer is the clean-up.
 * @template {{destroy(): void}} V
 * @param {string} name class of the element
 * @param {new (root: HTMLElement, styled: Promise<void>) => V} View
 * @param {(view: V, data: any, setStateValue: (name: string, value: unknown) => void) => void} update
 * @returns {Mount}
 */
export function mounted(name, View, update) {
  /** @type {WeakMap<HTMLElement, {view: V, call: number}>} */
  const views = new WeakMap();
  return ({ data, parentElement, setStateValue }) => {
    const root = rootOf(parentElement, name);
    const entry = views.get(root) ?? { view: new View(root, loadStyle(root)), call: 0 };
    views.set(root, entry);
    const call = ++entry.call;
    update(entry.view, data, setStateValue);
    return () => {
      // Streamlit may run the clean-up of an overtaken call late: only the newest call may end the view.
      if (entry.call !== call) return;
      views.delete(root);
      entry.view.destroy();
    };
  };
}
