// Pages come in an element of their own, which stays the same from run to run and is then not sent again; the stage itself is
// told little, and often.

/** @type {Map<string, any>} */
const delivered = new Map();
/** @type {Set<() => void>} */
const waiting = new Set();

/** @param {Uint8Array<ArrayBuffer>} packed JSON, compressed by zlib */
const unpacked = (packed) => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();

/** @type {import("../area_map/src/mounting.js").Mount} */
export const stagePages = ({ data, parentElement }) => {
  unpacked(data)
    .then((pages) => {
      delivered.set(pages.name, pages);
      for (const look of [...waiting]) look();
    })
    .catch((error) => {
      console.error("stage:", error);
      parentElement.textContent = String(error);
    });
  return () => {};
};

/**
 * The pages that Python sends under a name, as soon as those of `rev` are there.
 * @param {string} name @param {string} rev
 */
export function deliveredAs(name, rev) {
  return new Promise((resolve) => {
    const look = () => {
      const data = delivered.get(name);
      if (data?.rev !== rev) return;
      waiting.delete(look);
      resolve(data);
    };
    waiting.add(look);
    look();
  });
}
