// The map must never trap somebody who only wants to scroll the page.

/**
 * One finger and the plain wheel scroll the page; two fingers, Ctrl + wheel, the mouse's drag and the buttons move the map.
 * @param {import("leaflet").Map} map
 * @param {() => void} onPlainWheel called when a wheel turn was left to the page
 * @param {AbortSignal} signal
 */
export function sharePage(map, onPlainWheel, signal) {
  const box = map.getContainer();
  const follow = (/** @type {string} */ type) => (type === "touch" ? map.dragging.disable() : map.dragging.enable());
  follow(globalThis.matchMedia?.("(pointer: coarse)").matches ? "touch" : "mouse");
  // In the capture phase: before Leaflet sees the event.
  box.addEventListener("pointerdown", (event) => follow(event.pointerType), { capture: true, signal });
  box.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      onPlainWheel();
    },
    { capture: true, passive: true, signal },
  );
}
