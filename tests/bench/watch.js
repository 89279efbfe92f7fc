// Watches a map from the page's side: which year it shows, and when the next one is painted. Knows the atlas and stock folium.
(() => {
  const roots = () => [
    document,
    ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument).filter(Boolean),
    ...[...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean),
  ];
  const atlas = () => roots().map((root) => root.querySelector(".area-map[data-rev]")).find(Boolean);
  const stock = () => roots().map((root) => root.querySelectorAll("path.leaflet-interactive")).find((paths) => paths.length > 1000);
  // What the map shows now, as a text that differs between years; null while there is no map.
  const shown = () => {
    const map = atlas();
    if (map) return map.dataset.rev.split("-")[1];
    const paths = stock();
    return paths ? [...paths].map((path) => path.getAttribute("fill").slice(1, 3)).join("") : null;
  };
  window.__shown = shown;
  window.__watch = () => {
    const before = shown();
    const start = (done) => {
      const began = performance.now();
      let blank = 0;
      let last = began;
      const tick = () => {
        const now = performance.now();
        const is = shown();
        if (is === null) blank += now - last;
        last = now;
        const end = () => done({ ms: performance.now() - began, blank });
        // The atlas names its new year two frames after painting it; stock paths still have to be painted.
        if (is !== null && is !== before && atlas()) end();
        else if (is !== null && is !== before) requestAnimationFrame(() => requestAnimationFrame(end));
        else if (now - began > 60000) done({ ms: NaN, blank });
        else requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    };
    window.__change = new Promise((done) => {
      document.addEventListener("pointerdown", () => start(done), { once: true, capture: true });
    });
  };
})();
