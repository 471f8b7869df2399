// The timeline: its events, the window of time that it shows, and what it tells the page. `paint.js` draws, `input.js` listens.
// Texts come from articles: they go to the canvas and to `textContent`, never into markup.

const SHORTEST = 120;
const CLOSEST = 60;        // pixels a day at the closest zoom

class Chart {
  constructor(root, choose) {
    this.root = root;
    this.choose = choose;
    this.find = (name) => root.querySelector(`.${name}`);
    this.canvas = this.find("canvas");
    this.context = this.canvas.getContext("2d");
    this.widths = new Map();
    this.selected = document.documentElement.dataset.chronographEvent ?? "";
    this.focus = -1;
    this.pointers = new Map();
    this.listen();
  }

  update(data) {
    this.readTheme();
    if (this.data?.revision !== data.revision) this.take(data);
    this.resize();
  }

  take(data) {
    this.data = data;
    this.events = data.events
      .map(([id, first, end, status, lane, title, when]) => ({ id, first, end, status, lane, title, when }))
      .sort((a, b) => a.first - b.first || b.end - a.end || (a.id < b.id ? -1 : 1));
    this.focus = -1;
    this.width = this.measured();
    if (!this.events.some((event) => this.sees(event))) this.window = this.opening();
    this.reveal(this.selected);
    this.height = SHORTEST;
    this.layout = null;
    this.canvas.setAttribute("aria-label", data.label);
  }

  sees(event) { return Boolean(this.window) && event.end > this.window.from && event.first < this.window.to; }

  // Move the window, as wide as it is, to where the event is in it.
  reveal(id) {
    const event = this.events.find((other) => other.id === id);
    if (!event || this.sees(event)) return;
    const half = (this.window.to - this.window.from) / 2;
    this.window = { from: event.first - half, to: event.first + half };
  }

  whole() {
    if (!this.events.length) return { from: this.data.today - 180, to: this.data.today + 180 };
    const from = this.events[0].first;
    const to = this.events.reduce((latest, event) => Math.max(latest, event.end), -Infinity);
    return padded(from, to);
  }

  // The window to open with: all, or else the busiest stretch in which single events can be told apart.
  opening() {
    const whole = this.whole();
    const days = this.events.map((event) => (event.first + event.end) / 2).sort((a, b) => a - b);
    for (const share of [0, 0.04, 0.1, 0.18, 0.25, 0.3, 0.35, 0.4]) {
      const cut = Math.floor(days.length * share);
      const window = share ? padded(days[cut], days[days.length - 1 - cut]) : whole;
      if (this.laidOut(this.width / (window.to - window.from)).detail !== "density") return window;
    }
    const cut = Math.floor(days.length * 0.04);
    return padded(days[cut], days[days.length - 1 - cut]);
  }

  get scale() { return this.width / (this.window.to - this.window.from); }

  show(from, to) {
    const whole = this.whole();
    const longest = Math.max((whole.to - whole.from) * 1.1, 60);
    const length = Math.min(Math.max(to - from, this.width / CLOSEST), longest);
    const middle = Math.min(Math.max((from + to) / 2, whole.from), whole.to);
    this.window = { from: middle - length / 2, to: middle + length / 2 };
    this.draw();
  }

  zoom(factor, x = this.width / 2) {
    const { from, to } = this.window;
    const day = from + x / this.scale;
    this.show(day - (day - from) * factor, day + (to - day) * factor);
  }

  pan(pixels) { this.show(this.window.from + pixels / this.scale, this.window.to + pixels / this.scale); }

  readTheme() {
    const style = getComputedStyle(this.root.host ?? this.root);
    const colour = (name) => style.getPropertyValue(`--st-${name}`).trim();
    this.font = `12px ${colour("font") || "sans-serif"}`;
    this.smallFont = `600 10.5px ${colour("font") || "sans-serif"}`;
    this.ink = colour("text-color") || "#222";
    this.paper = colour("background-color") || "#fff";
    this.rule = colour("border-color") || "#ddd";
    this.accent = colour("primary-color") || "#06c";
    this.colourOf = (name) => colour(`${name}-color`) || this.ink;
    this.widths.clear();
  }

  labelWidth(event) {
    let width = this.widths.get(event.id);
    if (width === undefined) {
      this.context.font = this.font;
      width = Math.ceil(this.context.measureText(event.title).width) + 6;
      this.widths.set(event.id, width);
    }
    return width;
  }

  measured() { return Math.max(this.find("frame").clientWidth, 200); }

  resize() {
    this.width = this.measured();
    if (this.data) this.draw();
  }

  laidOut(scale) { return layOut(this.events, this.data.lanes.length, scale, (event) => this.labelWidth(event)); }

  // Panning keeps the layout. Zooming may need more height, and never gives it back: the page must not jump.
  place() {
    const fits = this.layout && Math.abs(this.layout.scale / this.scale - 1) < 1e-6;
    if (!fits) this.layout = { ...this.laidOut(this.scale), scale: this.scale };
    this.height = Math.max(this.height, this.layout.height);
  }

  draw() {
    this.place();
    const ratio = window.devicePixelRatio || 1;
    const height = HEAD + this.height + 6;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.height = `${height}px`;
    const c = this.context;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.textBaseline = "middle";
    this.drawAxis(c, height);
    this.drawLanes(c);
    c.save();
    c.beginPath();
    c.rect(0, HEAD, this.width, height - HEAD);
    c.clip();
    if (this.layout.detail === "density") this.drawDensity(c);
    else this.drawEvents(c);
    this.drawMarked(c);
    c.restore();
    this.tellEdges();
    this.tellState();
  }

  // What is drawn, for whoever looks at the page and not at its pixels.
  tellState() {
    const { from, to } = this.window;
    this.find("keys").textContent = this.layout.detail === "density" ? this.data.hints.far : this.data.hints.near;
    Object.assign(this.canvas.dataset, { detail: this.layout.detail, events: this.events.length, from, to, selected: this.selected });
  }

  tellEdges() {
    const earlier = this.events.filter((event) => event.end <= this.window.from).length;
    const later = this.events.filter((event) => event.first >= this.window.to).length;
    this.find("earlier").textContent = earlier ? `‹ ${earlier} earlier` : "";
    this.find("later").textContent = later ? `${later} later ›` : "";
  }

  mark(id) {
    if (id !== this.selected) this.focus = this.events.findIndex((event) => event.id === id);
    this.selected = id;
    this.reveal(id);
    this.draw();
  }
}

Object.assign(Chart.prototype, PAINTING, INPUT);

function padded(from, to) {
  const length = Math.max(to - from, 20);
  return { from: from - 0.04 * length, to: to + 0.16 * length };  // room for the last labels
}

const charts = new WeakMap();

export default function (component) {
  const root = component.parentElement;
  if (!charts.has(root)) charts.set(root, new Chart(root, () => {}));
  const chart = charts.get(root);
  chart.choose = (id) => component.setTriggerValue("chosen", id);
  chart.update(component.data);
  return () => {
    chart.close();
    charts.delete(root);
  };
}
