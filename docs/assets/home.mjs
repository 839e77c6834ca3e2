// @ts-check
/**
 * The home page's first questions: they go to the estimator in the address's fragment, which no server ever sees. What is
 * typed is carried as it is; the estimator reads it, or says beside the field what is wrong.
 */
import { readDuration } from './estimator/fields.mjs';

/** @param {Element} field @returns {string} */
function carried(field) {
  const select = field.querySelector('select');
  if (select) return select.value;
  const parts = [...field.querySelectorAll('input')].map((input) => input.value.trim());
  if (parts.length === 1) return parts[0];
  const months = readDuration(parts[0], parts[1], { min: 0, max: Number.MAX_SAFE_INTEGER });
  return months.state === 'given' ? String(months.value) : parts.filter(Boolean).join('+');
}

/** Lets the browser fetch, and keep, what the estimator's page is going to ask for. @param {string} addresses */
function fetchAhead(addresses) {
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (/** @type {unknown} */ (navigator));
  if (connection?.saveData) return;
  for (const address of addresses.split(' ')) fetch(address, { priority: 'low', credentials: 'same-origin' }).then((answer) => answer.arrayBuffer()).catch(() => {});
}

const form = document.querySelector('#home-form');
if (form instanceof HTMLFormElement) {
  // Whoever touches the form is about to need the estimator, which loads while they fill in.
  form.addEventListener('focusin', () => fetchAhead(form.dataset.ahead ?? ''), { once: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answers = new URLSearchParams();
    for (const field of form.querySelectorAll('[data-key]')) {
      const value = carried(field);
      if (value) answers.set(field.getAttribute('data-key') ?? '', value);
    }
    const address = new URL(form.action);
    address.hash = answers.toString();
    location.assign(address);
  });
}
