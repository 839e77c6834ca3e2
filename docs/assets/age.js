// How long ago each fact was checked, by the reader's own clock: the pages are made without one, and without JavaScript the
// day alone stands there. A fact whose interval has run out says that it is due.

const chinese = document.documentElement.lang.startsWith("zh");
const ago = new Intl.RelativeTimeFormat(chinese ? "zh-CN" : "en-GB", { numeric: "auto" });
const DAY = 86_400_000;

/**
 * A number of days in the largest unit that still says something.
 * @param {number} days
 */
function inWords(days) {
  if (days < 31) return ago.format(-days, "day");
  if (days < 730) return ago.format(-Math.floor(days / 30.44), "month");
  return ago.format(-Math.floor(days / 365.25), "year");
}

/** @param {HTMLTimeElement} time */
function tell(time) {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.round((today - Date.parse(time.dateTime)) / DAY);
  if (!(days >= 0)) return;
  const due = days >= Number(time.dataset.every || Infinity);
  const age = document.createElement("span");
  age.className = due ? "age due" : "age";
  const words = inWords(days) + (due ? (chinese ? "，应再核对" : ", due for another look") : "");
  age.textContent = chinese ? `（${words}）` : ` (${words})`;
  time.after(age);
}

for (const time of document.querySelectorAll("time[data-every]")) {
  if (time instanceof HTMLTimeElement) tell(time);
}
