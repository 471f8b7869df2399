// How the timeline looks: methods of `Chart` that draw what `layout.js` placed. `c` is the canvas's context.

const HEAD = 26;           // pixels of the axis
const FOOT = 16;           // pixels below the events, for the names of days
const LONGEST = 320;       // pixels of a label
const BIN = 8;             // pixels of a bar that counts events

const PAINTING = {
  drawAxis(c, height) {
    const { from, to } = this.window;
    c.font = this.font;
    for (const { day, label, strong } of ticksBetween(from, to, this.scale, 64)) {
      const x = Math.round((day - from) * this.scale) + 0.5;
      c.globalAlpha = strong ? 0.9 : 0.45;
      c.strokeStyle = this.rule;
      c.lineWidth = 1;
      line(c, x, strong ? 4 : 16, x, height);
      c.globalAlpha = strong ? 1 : 0.75;
      c.fillStyle = this.ink;
      if (x >= 0 && x + 5 + c.measureText(label).width <= this.width) c.fillText(label, x + 5, 12);
    }
    c.globalAlpha = 1;
    for (const day of this.days()) this.drawDay(c, day, height, day === this.data.today ? [] : [4, 3]);
  },

  // The days with a line of their own.
  days() { return this.data.known === null ? [this.data.today] : [this.data.known, this.data.today]; },

  drawDay(c, day, height, dash) {
    const x = (day - this.window.from) * this.scale;
    if (x < 0 || x > this.width) return;
    c.strokeStyle = this.accent;
    c.lineWidth = 1.2;
    c.setLineDash(dash);
    line(c, x, HEAD - 2, x, height);
    c.setLineDash([]);
  },

  // Below all events, where no label of one is.
  nameDays(c, height) {
    c.fillStyle = this.accent;
    for (const { name, left } of this.dayNames()) c.fillText(name, left, height - FOOT / 2);
  },

  // The names of the days that are marked, each at its line: after it where there is room, else before it.
  dayNames() {
    const c = this.context;
    c.font = this.smallFont;
    const { known, today } = this.data;
    const days = [...(known === null ? [] : [[known, "known then"]]), [today, "today"]].sort(([one], [other]) => one - other);
    const names = [];
    for (const [at, [day, name]] of days.entries()) {
      const x = (day - this.window.from) * this.scale;
      if (x < 0 || x > this.width) continue;
      const wide = c.measureText(name).width;
      const next = at + 1 < days.length ? (days[at + 1][0] - this.window.from) * this.scale : Infinity;
      const after = x + 4 + wide <= Math.min(this.width, next);
      const left = after ? x + 4 : x - 4 - wide;
      const free = names.every((other) => left > other.left + other.wide || left + wide < other.left);
      if (free) names.push({ name, left, wide, x });
    }
    return names;
  },

  drawLanes(c) {
    for (const [index, band] of this.layout.bands.entries()) {
      if (!band.head) continue;
      const y = HEAD + band.top;
      c.globalAlpha = 0.7;
      c.strokeStyle = this.rule;
      c.lineWidth = 1;
      if (index) line(c, 0, y + 0.5, this.width, y + 0.5);
      c.globalAlpha = 0.85;
      c.fillStyle = this.ink;
      c.font = this.smallFont;
      c.fillText(this.clipped(c, this.data.lanes[index].toUpperCase(), this.width - 8), 4, y + 11);
      c.globalAlpha = 1;
    }
  },

  // Calls `visit` with the place of everything in the window: marks, bars, ghosts and labels.
  eachVisible(visit) {
    const left = this.window.from * this.scale;
    const right = this.window.to * this.scale;
    const { placed } = this.layout;
    for (let at = 0; at < placed.count; at += 1) {
      if (placed.left[at] < right && Math.max(placed.right[at], placed.text[at] + LONGEST) > left) visit(at);
    }
  },

  drawEvents(c) {
    const seen = [];
    this.eachVisible((at) => seen.push(at));
    for (const at of seen) if (this.layout.placed.bar[at]) this.drawBar(c, at);
    for (const at of seen) if (this.events.ghosts.has(this.layout.placed.event[at])) this.drawGhosts(c, at);
    for (const at of seen) this.drawMark(c, at);
    for (const at of seen) this.drawLabel(c, at);
  },

  drawBar(c, at) {
    const { placed, rowHeight } = this.layout;
    const offset = this.window.from * this.scale;
    const status = this.events.status[placed.event[at]];
    const half = rowHeight / 2 - 2;
    const left = Math.max(placed.start[at] - offset, -10);
    const right = Math.min(placed.right[at] - offset, this.width + 10);
    if (right <= left) return;
    c.fillStyle = this.colours[status];
    c.strokeStyle = this.colours[status];
    c.lineWidth = 1;
    c.globalAlpha = 0.14 * this.solid(placed.event[at]);
    c.beginPath();
    c.roundRect(left, HEAD + placed.y[at] - half, right - left, 2 * half, 4);
    c.fill();
    c.globalAlpha = 0.55 * this.solid(placed.event[at]);
    if (["proposed", "hypothetical"].includes(this.data.statuses[status].name)) c.setLineDash([4, 3]);
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
  },

  // The days an event stood on before, oldest first, joined to where it is now.
  drawGhosts(c, at) {
    const { placed } = this.layout;
    const index = placed.event[at];
    const y = HEAD + placed.y[at];
    const days = this.ghostsOf(at);
    c.strokeStyle = this.colours[this.events.status[index]];
    c.lineWidth = 1.2;
    c.globalAlpha = 0.6;
    c.setLineDash([2, 3]);
    const stops = [...days, this.xOf(at)];
    for (let step = 1; step < stops.length; step += 1) line(c, stops[step - 1], y, stops[step], y);
    c.setLineDash([]);
    c.fillStyle = this.paper;
    for (const x of days) {
      diamond(c, x, y, this.ghostRadius());
      c.fill();
      c.stroke();
    }
    c.globalAlpha = 1;
  },

  // Where the days stand on which an event stood before.
  ghostsOf(at) {
    const days = this.events.ghosts.get(this.layout.placed.event[at]) ?? [];
    return days.map(([first, end]) => this.shifted(((first + end) / 2) * this.scale));
  },

  ghostRadius() { return Math.max(this.layout.radius - 2, 3); },

  // From pixels since day 0 to pixels of the picture.
  shifted(x) { return x - this.window.from * this.scale; },

  drawMark(c, at) {
    const { placed, radius } = this.layout;
    const x = this.xOf(at);
    if (x < -20 || x > this.width + 20) return;
    const stamp = this.stamp(this.events.status[placed.event[at]], radius - 0.5);
    c.globalAlpha = this.solid(placed.event[at]);
    c.drawImage(stamp.image, x - stamp.half, HEAD + placed.y[at] - stamp.half, 2 * stamp.half, 2 * stamp.half);
    c.globalAlpha = 1;
  },

  // What did not change between two days stands back.
  solid(index) { return this.events.faded[index] ? 0.22 : 1; },

  // A mark drawn once and printed often.
  stamp(status, radius) {
    const name = `${status}:${radius}`;
    if (!this.stamps.has(name)) {
      const half = radius + 3;
      const image = document.createElement("canvas");
      image.width = image.height = Math.ceil(2 * half * this.ratio);
      const c = image.getContext("2d");
      c.scale(image.width / (2 * half), image.width / (2 * half));
      drawShape(c, this.data.statuses[status].name, half, half, radius, this.colours[status], this.paper);
      this.stamps.set(name, { image, half });
    }
    return this.stamps.get(name);
  },

  drawLabel(c, at) {
    const label = this.labelOf(at);
    if (!label) return;
    const y = HEAD + this.layout.placed.y[at];
    for (const day of this.days()) this.parted(c, day, label, y);
    c.fillStyle = this.ink;
    c.globalAlpha = this.solid(this.layout.placed.event[at]) < 1 ? 0.5 : 1;
    c.fillText(label.text, label.x, y + 0.5);
    c.globalAlpha = 1;
  },

  // The line of a day breaks where a label goes over it.
  parted(c, day, label, y) {
    const x = this.shifted(day * this.scale);
    if (x < label.x || x > label.x + label.room || x > label.x + c.measureText(label.text).width) return;
    c.fillStyle = this.paper;
    c.fillRect(x - 1.5, y - 7, 3, 14);
  },

  // What fits of a title between its mark and whatever comes next in its row, and where that begins; sets the font for it.
  labelOf(at) {
    const { placed, radius } = this.layout;
    const index = placed.event[at];
    const marked = this.isMarked(index);
    const mark = this.xOf(at);
    if (mark < -radius) return null;  // what has left the window takes its words along
    const x = Math.max(mark + radius + 5, this.shifted(placed.text[at])) + (marked ? 4 : 0);
    const room = Math.min(this.shifted(placed.free[at]) - x - 8, LONGEST, this.width - x - 3);
    if (room < 36) return null;
    this.context.font = marked ? `600 ${this.font}` : this.font;
    const text = this.clipped(this.context, this.events.titles[index], room);
    return text ? { text, x, room } : null;
  },

  // The mark of an interval that begins outside of the window stays in view.
  xOf(at) {
    const { placed, radius } = this.layout;
    const offset = this.window.from * this.scale;
    const shift = placed.bar[at] ? Math.max(0, Math.min(offset - placed.start[at], placed.right[at] - placed.start[at] - 2 * radius - 6)) : 0;
    return placed.middle[at] - offset + shift;
  },

  isMarked(index) { return index === this.focus || index === this.open; },

  drawMarked(c) {
    for (const index of new Set([this.open, this.focus])) if (index >= 0) this.drawRing(c, index);
  },

  drawRing(c, index) {
    const at = this.layout.placed.event.indexOf(index);
    if (at < 0) return;
    c.strokeStyle = this.accent;
    c.lineWidth = 2;
    circle(c, this.xOf(at), HEAD + this.layout.placed.y[at], this.layout.radius + 3.5);
    c.stroke();
  },

  clipped(c, text, room) {
    if (text.length * 3 <= room && c.measureText(text).width <= room) return text;
    let low = 0;
    let high = Math.min(text.length, Math.ceil(room / 3));
    if (high === text.length && c.measureText(text).width <= room) return text;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (c.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
      else high = middle - 1;
    }
    return low > 2 ? `${text.slice(0, low).trimEnd()}…` : "";
  },

  // At the foot of each lane, bars that count the events which are not named.
  drawRest(c) {
    const { bands, rest } = this.layout;
    const { first, bins, counts, totals } = this.binned();
    const most = totals.reduce((high, total) => Math.max(high, total), 1);
    const kinds = this.colours.length;
    const shift = first * BIN - this.window.from * this.scale;
    c.globalAlpha = 0.65;
    for (let bin = 0; bin < totals.length; bin += 1) {
      const band = bands[Math.floor(bin / bins)];
      let bottom = HEAD + band.top + band.height - 1;
      for (let status = 0; status < kinds; status += 1) {
        const tall = (counts[bin * kinds + status] / totals[bin]) * Math.max(Math.sqrt(totals[bin] / most) * (rest - 2), 2);
        if (!tall) continue;
        c.fillStyle = this.colours[status];
        c.fillRect(shift + (bin % bins) * BIN, bottom - tall, BIN - 1.5, tall);
        bottom -= tall;
      }
    }
    c.globalAlpha = 1;
  },

  // Events without a name by lane, bin and status. Bins stand on the calendar, not on the screen: panning moves them and
  // changes none.
  binned() {
    const first = Math.floor((this.window.from * this.scale) / BIN);
    const bins = Math.ceil(this.width / BIN) + 2;
    const lanes = this.layout.bands.length;
    const kinds = this.colours.length;
    const counts = new Uint32Array(lanes * bins * kinds);
    const totals = new Uint32Array(lanes * bins);
    const { first: starts, end: ends, status, lane } = this.events;
    this.events.eachBetween(this.window.from, this.window.to, (index) => {
      const bin = Math.floor((((starts[index] + ends[index]) / 2) * this.scale) / BIN) - first;
      if (bin < 0 || bin >= bins || this.layout.shown.has(index)) return;
      const at = lane[index] * bins + bin;
      counts[at * kinds + status[index]] += 1;
      totals[at] += 1;
    });
    return { first, bins, counts, totals };
  },

  // How many events the bar under a point counts; 0 where there is none.
  countedAt(x, y) {
    const { bands, rest, shown } = this.layout;
    const lane = bands.findIndex((band) => y - HEAD >= band.top + band.height - rest && y - HEAD < band.top + band.height);
    if (!shown || lane < 0) return 0;
    const { first, bins, totals } = this.binned();
    const bin = Math.floor((x + this.window.from * this.scale) / BIN) - first;
    return totals[lane * bins + bin] ?? 0;
  },
};
