// How the timeline looks: methods of `Chart` that draw what `layout.js` placed. `c` is the canvas's context.

const HEAD = 26;           // pixels of the axis
const BIN = 8;             // pixels of a density bar

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
    this.find("where").textContent = `${monthAndYear(from)} – ${monthAndYear(to)}`;
    this.drawDay(c, this.data.today, "today", height, []);
    if (this.data.known !== null) this.drawDay(c, this.data.known, "known then", height, [4, 3]);
  },

  drawDay(c, day, name, height, dash) {
    const x = (day - this.window.from) * this.scale;
    if (x < 0 || x > this.width) return;
    c.strokeStyle = this.accent;
    c.fillStyle = this.accent;
    c.lineWidth = 1.2;
    c.setLineDash(dash);
    line(c, x, HEAD - 2, x, height);
    c.setLineDash([]);
    c.font = this.smallFont;
    const left = x + 4 + c.measureText(name).width > this.width;
    c.textAlign = left ? "right" : "left";
    c.fillText(name, x + (left ? -4 : 4), height - 7);
    c.textAlign = "left";
  },

  drawLanes(c) {
    for (const [index, band] of this.layout.bands.entries()) {
      if (!band.head) continue;
      const y = HEAD + band.top;
      c.globalAlpha = 0.7;
      c.strokeStyle = this.rule;
      if (index) line(c, 0, y + 0.5, this.width, y + 0.5);
      c.fillStyle = this.ink;
      c.font = this.smallFont;
      c.fillText(this.data.lanes[index].toUpperCase(), 4, y + 11);
      c.globalAlpha = 1;
    }
  },

  visible() {
    const left = this.window.from * this.scale;
    const right = this.window.to * this.scale;
    return this.layout.bands.flatMap((band) => band.items).filter((item) => item.left < right && Math.max(item.right, item.text + this.labelWidth(item.event)) > left);
  },

  drawEvents(c) {
    const offset = this.window.from * this.scale;
    const items = this.visible();
    for (const item of items) if (item.bar) this.drawBar(c, item, offset);
    for (const item of items) this.drawItem(c, item, offset);
  },

  drawBar(c, item, offset) {
    const colour = this.colour(item.event);
    const half = this.layout.rowHeight / 2 - 2;
    const left = Math.max(item.left - offset, -10);
    const right = Math.min(item.right - offset, this.width + 10);
    c.fillStyle = colour;
    c.strokeStyle = colour;
    c.lineWidth = 1;
    c.globalAlpha = 0.14;
    c.beginPath();
    c.roundRect(left, HEAD + item.y - half, right - left, 2 * half, 4);
    c.fill();
    c.globalAlpha = 0.55;
    if (["proposed", "hypothetical"].includes(item.event.status)) c.setLineDash([4, 3]);
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
  },

  drawItem(c, item, offset) {
    const y = HEAD + item.y;
    const radius = this.layout.radius;
    const x = this.xOf(item, offset);
    const marked = this.isMarked(item.event);
    drawShape(c, item.event.status, x, y, radius - 0.5, this.colour(item.event), this.paper);
    if (this.layout.rowHeight < 14) return;
    const text = x + radius + (marked ? 9 : 5);
    const room = Math.min(item.free - offset - text - 8, 320, this.width - text - 3);
    if (room < 36) return;
    c.font = marked ? `600 ${this.font}` : this.font;
    c.fillStyle = this.ink;
    c.fillText(this.clipped(c, item.event.title, room), text, y + 0.5);
  },

  // The mark of an interval that begins outside of the window stays in view.
  xOf(item, offset) {
    const shift = item.bar ? Math.max(0, Math.min(offset - item.left, item.right - item.left - 2 * this.layout.radius - 6)) : 0;
    return item.middle - offset + shift;
  },

  isMarked(event) { return event.id === this.selected || this.events[this.focus] === event; },

  drawMarked(c) {
    const offset = this.window.from * this.scale;
    for (const item of this.layout.bands.flatMap((band) => band.items).filter((each) => this.isMarked(each.event))) {
      const x = this.xOf(item, offset);
      const y = HEAD + item.y;
      if (this.layout.detail === "density") drawShape(c, item.event.status, x, y, 5, this.colour(item.event), this.paper);
      c.strokeStyle = this.accent;
      c.lineWidth = 2;
      circle(c, x, y, this.layout.radius + 3.5);
      c.stroke();
    }
  },

  clipped(c, text, room) {
    if (c.measureText(text).width <= room) return text;
    let low = 0;
    let high = Math.min(text.length, 80);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (c.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
      else high = middle - 1;
    }
    return low > 2 ? `${text.slice(0, low).trimEnd()}…` : "";
  },

  drawDensity(c) {
    const bins = this.bins();
    const most = Math.max(...bins.map((bin) => bin.total), 1);
    const room = this.layout.rowHeight - 6;
    for (const bin of bins) {
      let bottom = HEAD + bin.bottom - 2;
      for (const [status, count] of bin.counts) {
        const tall = Math.max((count / most) * room, 1.5);
        c.fillStyle = this.colour({ status });
        c.fillRect(bin.x, bottom - tall, BIN - 1.5, tall);
        bottom -= tall;
      }
    }
  },

  bins() {
    const offset = this.window.from * this.scale;
    const found = new Map();
    for (const [index, band] of this.layout.bands.entries()) {
      for (const { event } of band.items) {
        const x = Math.floor((((event.first + event.end) / 2) * this.scale - offset) / BIN) * BIN;
        if (x < -BIN || x > this.width) continue;
        const key = `${index}:${x}`;
        if (!found.has(key)) found.set(key, { x, bottom: band.top + band.height, top: band.top, counts: new Map(), total: 0 });
        const bin = found.get(key);
        bin.counts.set(event.status, (bin.counts.get(event.status) ?? 0) + 1);
        bin.total += 1;
      }
    }
    return [...found.values()];
  },

  colour(event) { return this.colourOf(this.data.statuses[event.status]?.colour ?? "gray"); },
};
