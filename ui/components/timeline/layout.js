// Where the events of a stretch of time go at a scale (pixels a day). Pure: positions are pixels from day 0, so that
// panning moves nothing.

const BAR_FROM = 18;       // pixels from which on an interval is drawn as wide as it is
const LANE_HEAD = 18;
const LETTER = 6.3;        // pixels that a letter of a label takes about

const WORDED = 14;         // pixels from which on a row has room for words

// Ways to draw, most telling first: how high a row is, the radius of its marks, the room a label gets,
// and the height up to which it is chosen.
const DETAILS = [
  { detail: "labels", row: 22, radius: 6, room: 240, tallest: 440 },
  { detail: "labels", row: 22, radius: 6, room: 140, tallest: 440 },
  { detail: "labels", row: 20, radius: 6, room: 70, tallest: 560 },
  { detail: "marks", row: 16, radius: 6, room: 0, tallest: 600 },
  { detail: "marks", row: 10, radius: 4.5, room: 0, tallest: 600 },
  { detail: "marks", row: 10, radius: 4.5, room: 0, tallest: 1600, closer: 6 },  // from so many pixels a day on
];

// The first way in which all events between `from` and `to` fit, else density.
function layOut(events, laneCount, scale, from, to) {
  const lanes = Array.from({ length: laneCount }, () => []);
  events.eachBetween(from, to, (index) => lanes[events.lane[index]].push(index));
  for (const way of DETAILS) {
    if (scale < (way.closer ?? 0)) continue;
    const heads = laneCount > 1 ? laneCount * LANE_HEAD : 0;
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
    if (left >= 0) return finish(placed, lanes, rows, way);
  }
  const row = laneCount > 6 ? 20 : 42;
  return finish(new Placed(0), lanes, lanes.map(() => 1), { detail: "density", row, radius: 5 });
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
    this.text[at] = Math.max(middle + radius, lastGhost(events, index) * scale) + 5;
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
    if (last[row] !== undefined) placed.free[last[row]] = placed.left[at];
    placed.row[at] = row;
    last[row] = at;
    const label = way.room ? placed.text[at] + Math.min(way.room, events.titles[index].length * LETTER) : 0;
    ends[row] = Math.max(placed.right[at], label, lastGhost(events, index) * scale) + 4;
  }
  return ends.length;
}

function lastGhost(events, index) {
  const ghosts = events.ghosts.get(index);
  return ghosts ? Math.max(...ghosts.map(([, end]) => end)) : -Infinity;
}

function finish(placed, lanes, rows, way) {
  const head = lanes.length > 1 ? LANE_HEAD : 0;
  let top = 0;
  let at = 0;
  const bands = lanes.map((events, index) => {
    const band = { top, head, height: head + rows[index] * way.row };
    if (placed.count) {
      for (const until = at + events.length; at < until; at += 1) placed.y[at] = top + head + (placed.row[at] + 0.5) * way.row;
    }
    top += band.height;
    return band;
  });
  return { placed, bands, detail: way.detail, rowHeight: way.row, radius: way.radius, height: top };
}
