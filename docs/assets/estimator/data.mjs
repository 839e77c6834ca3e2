// @ts-check
/**
 * What a page's modules fetch by themselves: the words of the page's language, checked by hash.
 *
 * @typedef {import('./types').FileRecord} FileRecord
 * @typedef {import('./types').Words} Words
 */
import { EstimatorError } from './client.mjs';

/**
 * @param {{words: FileRecord, rules_hash: string}} data  of the page
 * @param {URL} app  assets/app/
 * @returns {Promise<Words>}  rejects with EstimatorError `network` or `versions`
 */
export async function fetchWords({ words: { file, sha256 }, rules_hash: hash }, app) {
  /** @type {Words} */
  let loaded;
  try {
    const integrity = `sha256-${btoa(String.fromCharCode(...(sha256.match(/../g) ?? []).map((byte) => parseInt(byte, 16))))}`;
    const response = await fetch(new URL(file, app), { integrity, credentials: 'same-origin' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    loaded = await response.json();
  } catch (error) {
    throw new EstimatorError({ code: 'network', file, detail: String(error) });
  }
  if (loaded.hash !== hash) throw new EstimatorError({ code: 'versions' });
  return loaded;
}
