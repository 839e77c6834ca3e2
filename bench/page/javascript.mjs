// The limit: no interpreter at all, and only a sum of what is picked from lists and what is yes or no in the same rules.
/** @type {any} */
let book;
self.addEventListener('message', async ({ data: { id, kind, payload } }) => {
  if (kind === 'start') {
    book = await (await fetch(JSON.parse(payload).rules)).json();
    self.postMessage({ id, kind: 'ready', payload: '{}' });
    return;
  }
  const { answers } = JSON.parse(payload);
  let points = 0;
  for (const { values } of book.indicators) {
    const { answer, points: worth } = values.at(-1).points;
    if (worth && typeof worth === 'object') points += worth[answers[answer]] ?? 0;
    else if (answers[answer] === true && Number.isInteger(worth)) points += worth;
  }
  self.postMessage({ id, kind: 'answer', payload: JSON.stringify({ ok: { low: points } }) });
});
