// Bundles src/, ../small_maps/ and ../stage/ into one hashed script and one hashed stylesheet, and the libraries that a folium map asks for
// into pairs of their own: node build.mjs OUT_DIR
// Prints {"js", "css", "controls_js", "folium_js", "folium_css", "cluster_js", "cluster_css", "packages": [folders of the bundled packages]}
// for bundle.py, which writes the manifest and the licences.
import { build } from "esbuild";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2]);
const common = {
  absWorkingDir: here,
  bundle: true,
  entryNames: "area_map-[hash]",
  legalComments: "none", // the whole licence texts stand in licences.txt
  loader: { ".png": "empty" }, // Leaflet's marker and layer pictures are not used
  logLevel: "error",
  metafile: true,
  minify: true,
  outdir: out,
  target: ["es2022", "chrome105", "firefox110", "safari16"],
};
const named = (result, ext) => path.basename(Object.keys(result.metafile.outputs).find((name) => name.endsWith(ext)));

const style = await build({ ...common, entryPoints: ["src/style.css"] });
const css = named(style, ".css");
const script = await build({
  ...common,
  define: { STYLESHEET: JSON.stringify(css) },
  entryPoints: ["src/index.js"],
  format: "esm",
});

// folium writes scripts that expect Leaflet and topojson-client as globals.
const folium = { ...common, entryNames: "folium-[hash]" };
const globals = `import L from "leaflet/dist/leaflet-src.js"; import * as topojson from "topojson-client";
  globalThis.L = L; globalThis.topojson = topojson;`;
const plain = await build({ ...folium, format: "iife", stdin: { contents: globals, loader: "js", resolveDir: here } });
const plainStyle = await build({ ...folium, entryPoints: ["src/folium.css"] });

// Clusters are a plugin of the global Leaflet above; only the maps that cluster ask for it.
const cluster = { ...common, entryNames: "cluster-[hash]" };
const plugin = { contents: 'import "leaflet.markercluster/dist/leaflet.markercluster-src.js";', loader: "js", resolveDir: here };
const clusters = await build({ ...cluster, format: "iife", stdin: plugin });
const clusterStyle = await build({ ...cluster, entryPoints: ["src/cluster.css"] });

const controls = await build({
  ...common,
  entryNames: "controls-[hash]",
  entryPoints: ["../controls/index.js"],
  format: "esm",
  loader: { ".css": "text" }, // put into each control's own shadow root
});

const inputs = [style, script, clusters].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const folders = inputs.map((name) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1]).filter(Boolean);
const built = {
  js: named(script, ".js"),
  css,
  controls_js: named(controls, ".js"),
  folium_js: named(plain, ".js"),
  folium_css: named(plainStyle, ".css"),
  cluster_js: named(clusters, ".js"),
  cluster_css: named(clusterStyle, ".css"),
};
process.stdout.write(JSON.stringify({ ...built, packages: [...new Set(folders)].sort() }));
