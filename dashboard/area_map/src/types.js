// Shapes that cross module borders (JSDoc only, nothing is emitted).

/**
 * @typedef {object} LegendEntry
 * @property {string} key one letter, the character used in `values`
 * @property {string} label
 * @property {string} fill colour, #RRGGBB
 * @property {string} [fill_dark] colour on a dark page, where it is not that of the states
 * @property {"solid"|"hatch"|"dots"|"outline"|"unknown"} pattern
 * @property {string} line colour of the border
 * @property {number|null} [count]
 */

/**
 * @typedef {object} MapPoint
 * @property {string} id
 * @property {number} lat
 * @property {number} lon
 * @property {"grant"|"place"} [kind] place, if nothing else is said
 * @property {string} [place_kind] what kind of place, in words
 * @property {string} name
 * @property {string} [code]
 * @property {number} [weight] how many places a spot stands for, if it is more than one
 */

/**
 * @typedef {object} MapData
 * @property {string} geometry
 * @property {string|null} outline
 * @property {string} values one key per area, in the order of the geometry; "-" = not shown
 * @property {LegendEntry[]} legend
 * @property {string|null} [names] address of {code: name in Latin letters}, for tips that show both
 * @property {"prefecture"|"municipality"} pick
 * @property {string|null} selected
 * @property {string} fit "" = all, otherwise the beginning of the codes to show
 * @property {boolean} inset
 * @property {boolean} labels
 * @property {Record<string, string>} hints
 * @property {MapPoint[]|{url: string, prefecture?: string}|null} points
 * @property {Record<string, string>} words
 * @property {string} attribution
 * @property {string} rev
 * @property {number} height in CSS pixels
 * @property {string} [sync] maps with the same word move together
 * @property {Frame[]} [frames] the build-up
 */

/**
 * @typedef {object} Frame
 * @property {string} label
 * @property {string} values as those of the map
 * @property {string} [note]
 */

/**
 * @typedef {object} Area
 * @property {string} code
 * @property {string} name
 * @property {GeoJSON.Feature} feature
 * @property {object} geometry the TopoJSON geometry, for merging
 * @property {[number, number, number]} heart longitude, latitude, half width (degrees of latitude) of the label's place
 * @property {number} size of the area's largest part, in square degrees
 */
export {};
