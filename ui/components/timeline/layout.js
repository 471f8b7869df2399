// Where the events of a stretch of time go at a scale (pixels a day). Pure: positions are pixels from day 0, so that
// panning moves nothing.

const BAR_FROM = 18;       // pixels from which on an interval is drawn as wide as it is
const LANE_HEAD = 18;
const GAP = 5;             // pixels between a mark or a bar and its label
const LETTER = 6.3;        // pixels that a letter of a label takes about

// Ways to draw all events of a window, most telling first: how high a row is, the radius of its marks, the room a label
// gets, the height up to which it is chosen, and from how many pixels a day on.
const DETAILS = [
  { row: 22, radius: 6, room: 240, tallest: 440, closer: 0 },
  { row: 22, radius: 6, room: 140, tallest: 440, closer: 0 },
  { row: 20, radius: 6, room: 70, tallest: 560, closer: 0 },
  { row: 20, radius: 6, room: 140, tallest: 1800, closer: 45 },  // as near as it gets, whatever height that takes
];

// Where not all fit: the weightiest, with the others counted in bars below.
const MAIN = { row: 22, radius: 6, room: 190, tallest: 620, rest: 14 };
const TRIED = 600;         // events for which a place is looked for, the weightiest
const EACH = 12;           // and of each lane so many, lest one of light events has bars alone

// All events between `from` and `to` if there is room for them, else the weightiest, before these whatever is `wanted`.
function layOut(events, laneCount, scale, { from, to }, wanted) {
  const lanes = Array.from({ length: laneCount }, () => []);
  events.eachBetween(from, to, (index) => lanes[events.lane[index]].push(index));
  const heads = laneCount > 1 ? laneCount * LANE_HEAD : 0;
  for (const way of DETAILS) {
    if (scale < way.closer) continue;
    const most = Math.floor((way.tallest - Math.min(heads, way.tallest / 2)) / way.row);
    const placed = new Placed(lanes.reduce((total, lane) => total + lane.length, 0));
    const rows = [];
    let left = most;
    for (const lane of lanes) {
      const used = pack(events, lane, placed, scale, way, left);
      rows.push(Math.max(used, 1));
      left -= Math.max(used, 1);
      if (left < 0) break;
    }
    if (left >= 0) return finish(placed, lanes, rows, way, null);
  }
  return layOutMain(events, lanes, scale, { from, to }, wanted);
}

// The weightiest event first, each in the first row of its lane that has room for it and its label; rows are added while
// there is height for them. What spans the whole window comes last: there it tells nothing.
function layOutMain(events, lanes, scale, { from, to }, wanted) {
  const heads = lanes.length > 1 ? lanes.length * LANE_HEAD : 0;
  const most = Math.max(Math.floor((MAIN.tallest - heads - lanes.length * MAIN.rest) / MAIN.row), lanes.length);
  const spans = (index) => events.first[index] <= from && events.end[index] >= to;
  const order = (index) => (wanted.includes(index) ? -1 : events.rank[index] + (spans(index) ? events.count : 0));
  const tries = lanes.map(() => 0);
  const tried = lanes.flat().sort((one, other) => order(one) - order(other)).filter((index, at) => {
    tries[events.lane[index]] += 1;
    return at < TRIED || tries[events.lane[index]] <= EACH;
  });
  const box = new Placed(tried.length);
  const rows = lanes.map(() => [[]]);
  let left = most - lanes.length;
  const rowOf = new Map();
  for (const index of tried) {
    const at = box.add(events, index, scale, MAIN.radius);
    const [start, end] = [box.left[at], endOf(events, box, at, scale, MAIN)];
    const own = rows[events.lane[index]];
    let row = own.findIndex((taken) => taken.every(([first, last]) => end <= first || start >= last));
    if (row < 0 && left > 0) {
      row = own.push([]) - 1;
      left -= 1;
    }
    if (row < 0) continue;
    own[row].push([start, end]);
    rowOf.set(index, row);
  }
  const shown = lanes.map((lane) => lane.filter((index) => rowOf.has(index)));
  const placed = new Placed(rowOf.size);
  for (const lane of shown) {
    const last = [];
    for (const index of lane) settle(placed, placed.add(events, index, scale, MAIN.radius), rowOf.get(index), last);
  }
  return finish(placed, shown, rows.map((own) => own.length), MAIN, rowOf);
}

// Columns of places: event, left and right edge of all it draws, left edge and middle of its mark, where its label
// begins (after the days it stood on before, too), how far that may go, row and lane.
class Placed {
  constructor(size) {
    this.count = 0;
    this.event = new Int32Array(size);
    this.row = new Uint16Array(size);
    this.bar = new Uint8Array(size);
    for (const name of ["left", "right", "start", "middle", "text", "free", "y"]) this[name] = new Float64Array(size);
  }

  add(events, index, scale, radius) {
    const at = this.count;
    const width = (events.end[index] - events.first[index]) * scale;
    const start = events.first[index] * scale;
    const bar = width >= BAR_FROM;
    const middle = bar ? start + radius + 3 : start + width / 2;
    this.event[at] = index;
    this.bar[at] = bar ? 1 : 0;
    this.start[at] = bar ? start : middle - radius;
    this.left[at] = Math.min(this.start[at], events.marks[index] * scale);
    this.right[at] = bar ? start + width : middle + radius;
    this.middle[at] = middle;
    const text = Math.max(middle + radius, lastGhost(events, index) * scale) + GAP;
    this.text[at] = this.right[at] < text + GAP ? Math.max(text, this.right[at] + GAP) : text;  // on no edge of a bar
    this.free[at] = Infinity;
    this.count += 1;
    return at;
  }
}

// First fit, in order of time. Returns the number of rows, or a number above `most` as soon as it needs that many.
function pack(events, lane, placed, scale, way, most) {
  const ends = [];
  const last = [];
  for (const index of lane) {
    const at = placed.add(events, index, scale, way.radius);
    let row = 0;
    while (row < ends.length && ends[row] > placed.left[at]) row += 1;
    if (row >= most) return most + 1;
    settle(placed, at, row, last);
    ends[row] = endOf(events, placed, at, scale, way);
  }
  return ends.length;
}

// Put a place into a row; `last` holds the place that was put into each row before.
function settle(placed, at, row, last) {
  if (last[row] !== undefined) placed.free[last[row]] = placed.left[at];
  placed.row[at] = row;
  last[row] = at;
}

// Where the next in its row may begin.
function endOf(events, placed, at, scale, way) {
  const index = placed.event[at];
  const label = placed.text[at] + Math.min(way.room, events.titles[index].length * LETTER);
  return Math.max(placed.right[at], label, lastGhost(events, index) * scale) + 4;
}

function lastGhost(events, index) {
  const ghosts = events.ghosts.get(index);
  return ghosts ? Math.max(...ghosts.map(([, end]) => end)) : -Infinity;
}

// `shown` holds the events that are named; null where all are.
function finish(placed, lanes, rows, way, shown) {
  const head = lanes.length > 1 ? LANE_HEAD : 0;
  const rest = shown ? way.rest : 0;
  let top = 0;
  let at = 0;
  const bands = lanes.map((events, index) => {
    const band = { top, head, height: head + rows[index] * way.row + rest };
    for (const until = at + events.length; at < until; at += 1) placed.y[at] = top + head + (placed.row[at] + 0.5) * way.row;
    top += band.height;
    return band;
  });
  return { placed, bands, shown, rest, detail: shown ? "main" : "labels", rowHeight: way.row, radius: way.radius, height: top };
}
