// @ts-check
/**
 * A QR code as an SVG element. The code itself is the library's (qrcode-generator).
 *
 * @typedef {{addData: (text: string, mode?: 'Byte') => void, make: () => void, getModuleCount: () => number, isDark: (row: number, column: number) => boolean}} Code
 * @typedef {(version: 0, level: 'L' | 'M') => Code} Library
 */

const SVG = 'http://www.w3.org/2000/svg';
/** Light modules around the code, as the standard asks for. */
const QUIET = 4;

/**
 * @param {Library} library
 * @param {string} text
 * @returns {boolean[][] | undefined}  rows of modules, true where dark; `undefined` where the text is too long for a code
 */
export function modules(library, text) {
  for (const level of /** @type {const} */ (['M', 'L'])) {
    try {
      const code = library(0, level);
      code.addData(text, 'Byte');
      code.make();
      const size = code.getModuleCount();
      return Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => code.isDark(row, column)));
    } catch {
      // Too long at this level.
    }
  }
  return undefined;
}

/** The dark modules as an SVG path, a piece for each run in a row. @param {boolean[][]} rows */
export function path(rows) {
  let out = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      out += `M${start + QUIET} ${y + QUIET}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return out;
}

/** @param {boolean[][]} rows @param {string} label */
export function picture(rows, label) {
  const size = rows.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' })) {
    svg.setAttribute(name, value);
  }
  const ground = document.createElementNS(SVG, 'rect');
  ground.setAttribute('width', String(size));
  ground.setAttribute('height', String(size));
  ground.setAttribute('fill', '#fff');
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path(rows));
  dark.setAttribute('fill', '#000');
  svg.append(ground, dark);
  return svg;
}
