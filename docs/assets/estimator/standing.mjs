// @ts-check
/**
 * Whether the rules of this page may be used for a day at all. What is refused here would be a score that looks right: of a
 * device whose clock is wrong, or of rules that have run out by then.
 *
 * @typedef {{edition: string, expires: {on: string, name: string}[]}} Holds  the day on which the newest fact was checked, and
 *   the sources that end, earliest first
 */

/** Years after its last check in which a page may still be open: beyond, the clock is wrong or the page forgotten. */
const YEARS = 5;
const DAY = 86_400_000;

/** @param {string} iso */
const time = (iso) => Date.parse(`${iso}T00:00:00Z`);

/**
 * @param {Holds} holds
 * @param {object} of
 * @param {string} of.today  by the device's clock, ISO
 * @param {string} of.on  the day of the estimate, ISO; where it is not today, a person chose it
 * @returns {{code: 'clock' | 'expired', values: Record<string, string>} | undefined}  why nothing may be scored
 */
export function standing({ edition, expires }, { today, on }) {
  // The day before the edition's may still be today, west of where the facts were checked.
  const early = time(today) < time(edition) - DAY;
  const late = time(today) > time(`${Number(edition.slice(0, 4)) + YEARS}${edition.slice(4)}`);
  if (on === today && (early || late)) return { code: 'clock', values: { today, edition } };
  const over = expires.find((end) => end.on < on);
  return over && { code: 'expired', values: { name: over.name, on: over.on } };
}
