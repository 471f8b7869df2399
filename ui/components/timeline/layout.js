// Where every event goes at a scale (pixels a day). Pure: positions are pixels from day 0, so that panning moves nothing.

const BAR_FROM = 18;       // pixels from which on an interval is drawn as wide as it is
const LANE_HEAD = 18;
const DENSITY_ROW = 42;

// Ways to draw, most telling first: how high a row is, the radius of its marks, the room a label gets,
// and the height up to which it is chosen.
const DETAILS = [
  { detail: "labels", row: 22, radius: 6, room: 240, tallest: 440 },
  { detail: "labels", row: 22, radius: 6, room: 140, tallest: 440 },
  { detail: "labels", row: 20, radius: 6, room: 70, tallest: 440 },
  { detail: "marks", row: 15, radius: 6, room: 0, tallest: 460 },
  { detail: "marks", row: 10, radius: 4.5, room: 0, tallest: 660 },
];

// The first way in which all events fit, else density.
function layOut(events, laneCount, scale, labelWidth) {
  const heads = laneCount > 1 ? laneCount * LANE_HEAD : 0;
  let lanes = split(events, laneCount);
  for (const way of DETAILS) {
    lanes = lanes.map((items) => items.map((item) => place(item.event ?? item, scale, way.radius)));
    const most = (way.tallest - heads) / way.row;
    const rows = lanes.map((items) => pack(items, (item) => way.room && Math.min(way.room, labelWidth(item.event)), most));
    if (sum(rows) <= most) return finish(lanes, rows, way);
  }
  return finish(lanes, lanes.map(() => 1), { detail: "density", row: DENSITY_ROW, radius: 5 });
}

function split(events, laneCount) {
  const lanes = Array.from({ length: laneCount }, () => []);
  for (const event of events) lanes[event.lane].push(event);
  return lanes;
}

function place(event, scale, radius) {
  const width = (event.end - event.first) * scale;
  const bar = width >= BAR_FROM;
  const left = event.first * scale;
  const middle = bar ? left + radius + 3 : left + width / 2;
  const text = middle + radius + 5;
  return { event, bar, left: bar ? left : middle - radius, right: bar ? left + width : middle + radius, middle, text, row: 0, free: Infinity };
}

// First fit, in order of time. `room` says how much a label asks for; returns the number of rows, or gives up at `most`.
function pack(items, room, most) {
  const ends = [];
  const last = [];
  for (const item of items) {
    let row = ends.findIndex((end) => end <= item.left);
    if (row < 0) row = ends.length;
    if (row >= most) return Infinity;
    if (last[row]) last[row].free = item.left;
    item.row = row;
    item.free = Infinity;
    last[row] = item;
    ends[row] = Math.max(item.right, room(item) ? item.text + room(item) : 0) + 4;
  }
  return ends.length;
}

function finish(lanes, rows, way) {
  const head = lanes.length > 1 ? LANE_HEAD : 0;
  let top = 0;
  const bands = lanes.map((items, index) => {
    const band = { items, top, head, height: head + rows[index] * way.row };
    for (const item of items) item.y = top + head + (way.detail === "density" ? 0.8 : item.row + 0.5) * way.row;
    top += band.height;
    return band;
  });
  return { bands, detail: way.detail, rowHeight: way.row, radius: way.radius, height: top };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
