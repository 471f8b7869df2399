// The calendar under the timeline. A day is a number: days since 1970-01-01, as Python counts them.

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// Steps between ticks, finest first: unit, how many, and about how many days that is.
const STEPS = [
  ["day", 1, 1], ["day", 7, 7], ["month", 1, 30.4], ["month", 3, 91.3], ["year", 1, 365.25],
  ["year", 2, 730.5], ["year", 5, 1826], ["year", 10, 3652], ["year", 25, 9131], ["year", 50, 18262], ["year", 100, 36525],
];

function dateOf(day) {
  return new Date(Math.floor(day) * 86400000);
}

function dayOf(year, month, day = 1) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);  // Date.UTC would take the years 0 to 99 for 1900 to 1999
  return Math.round(date.getTime() / 86400000);
}

// Ticks between two days, at least `gap` pixels apart: [{day, label, strong}].
function ticksBetween(from, to, scale, gap) {
  const [unit, count] = STEPS.find(([, , days]) => days * scale >= gap) ?? STEPS[STEPS.length - 1];
  const start = dateOf(from);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth();
  const ticks = [];
  if (unit === "day") {
    const first = count === 7 ? Math.floor(from) - ((Math.floor(from) + 3) % 7 + 7) % 7 : Math.floor(from);  // 1970 began on a Thursday
    for (let day = first; day <= to; day += count) ticks.push(tick(day, unit));
    return ticks;
  }
  if (unit === "year") {
    year -= ((year % count) + count) % count;
    month = 0;
  } else {
    month -= month % count;
  }
  for (let day = dayOf(year, month); day <= to; day = dayOf(year, month)) {
    ticks.push(tick(day, unit));
    if (unit === "year") year += count;
    else month += count;
  }
  return ticks;
}

function tick(day, unit) {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  if (unit === "year") return { day, label: String(year), strong: false };
  if (unit === "month") return { day, label: month === 0 ? String(year) : MONTHS[month], strong: month === 0 };
  const label = dayOfMonth <= 7 && month === 0 && dayOfMonth === 1 ? `1 Jan ${year}` : `${dayOfMonth} ${MONTHS[month]}`;
  return { day, label, strong: dayOfMonth === 1 };
}

function monthAndYear(day) {
  const date = dateOf(day);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

// The days from `first` to before `end`, as exactly as they are: '19 Jan 2025', 'Jan 2025', '2025', '3 Jan 2025 – 9 Jan 2025'.
function stretchInWords(first, end) {
  const [start, next] = [dateOf(first), dateOf(end)];
  const months = 12 * (next.getUTCFullYear() - start.getUTCFullYear()) + next.getUTCMonth() - start.getUTCMonth();
  const whole = start.getUTCDate() === 1 && next.getUTCDate() === 1;
  if (whole && months === 12 && start.getUTCMonth() === 0) return String(start.getUTCFullYear());
  if (whole && months === 1) return monthAndYear(first);
  return end - first <= 1 ? dayInWords(first) : `${dayInWords(first)} – ${dayInWords(end - 1)}`;
}

function dayInWords(day) { return `${dateOf(day).getUTCDate()} ${monthAndYear(day)}`; }
