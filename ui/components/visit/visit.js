// A way to what changed since the last visit of this browser, which keeps the day to itself.

const KEPT = "chronograph:visits";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAY = /^\d{4}-\d\d-\d\d$/;

// The day of the visit before that of `today`, as ISO; undefined where there was none.
function dayBefore(today) {
  let visits = {};
  try {
    visits = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    if (visits.last !== today) {
      visits = { last: today, before: visits.last };
      localStorage.setItem(KEPT, JSON.stringify(visits));
    }
  } catch { // a browser that keeps nothing, or kept something else
    return undefined;
  }
  const { before } = visits;
  return DAY.test(before) && !Number.isNaN(Date.parse(before)) && before < today ? before : undefined;
}

// What is published on the day of a visit may come after it: that day counts as not seen.
function eve(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

function inWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

export default function (component) {
  const link = component.parentElement.querySelector("a");
  const day = dayBefore(component.data.today);
  link.hidden = !day;
  if (!day) return;
  const there = new URL(location.href);
  there.searchParams.set("since", eve(day));
  link.href = there;
  link.textContent = `what changed since your last visit, ${inWords(day)}`;
}
