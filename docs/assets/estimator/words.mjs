// @ts-check
/**
 * Reason and fault codes as sentences, as estimator/words.py says them. The words come from the bundle of the page's language.
 *
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').Reason} Reason
 */

/**
 * The template with `{name}` replaced; a name without a value stays as it is.
 *
 * @param {string} template
 * @param {Record<string, unknown>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? show(values[name]) : whole));
}

/** A figure with its thousands apart and a true minus; anything else as it is. @param {unknown} value */
export function show(value) {
  if (typeof value !== 'number') return String(value);
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '−');
}

/** @param {number} low @param {number} high */
export const range = (low, high) => (low === high ? show(low) : `${show(low)} – ${show(high)}`);

/** Parts as a list in a sentence. @param {Iterable<string>} parts @param {string} lang */
export const join = (parts, lang) => [...parts].join(lang === 'zh' ? '、' : ', ');

/**
 * A step of the reasoning as a sentence.
 *
 * @param {Words} words
 * @param {Reason} step
 */
export function sayReason(words, step) {
  const values = { ...step };
  const names = (/** @type {unknown} */ ids) => join(/** @type {string[]} */ (ids).map((id) => words.indicators[id].name), words.lang);
  if (values.answers) {
    values.answers = join(/** @type {string[]} */ (values.answers).map((key) => words.questions[key].label), words.lang);
  }
  if (typeof values.tenths === 'number') values.multiple = values.tenths / 10;
  if (step.code === 'option') values.value = words.questions[String(step.answer)].options[String(step.value)];
  if (step.code === 'condition_failed') {
    const owner = String(step.owner);
    const place = Object.hasOwn(words.indicators, owner) ? words.indicators[owner] : words.education[owner];
    values.condition = place.conditions[String(step.condition)].refused;
  }
  if (values.other) values.other = words.indicators[String(values.other)].name;
  if (values.others) values.others = names(values.others);
  if (values.type) {
    const type = words.education[String(values.type)];
    values.outcome = words.outcomes[type.outcome];
    values.type = type.name;
  }
  return fill(words.reasons[step.code] ?? step.code, values);
}

/**
 * A fault as a sentence for beside its field: the field's label stands there already, so its key is left out.
 *
 * @param {Words} words
 * @param {Fault} fault
 * @param {Record<string, string>} own  the page's own wording of a code, where typing is freer than the answers object
 */
export function sayFault(words, fault, own = {}) {
  /** @type {Record<string, unknown>} */
  const values = { ...fault.allowed, key: fault.key, value: fault.value };
  const options = fault.allowed.options;
  if (Array.isArray(options)) {
    values.options = join(options.map((option) => words.questions[fault.key]?.options[option] ?? String(option)), words.lang);
  }
  if ('near' in values) values.near = '';
  const sentence = fill((own[fault.code] ?? words.faults[fault.code] ?? fault.code).replace(/^\{key\}[：:]\s*/, ''), values);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
