// The timeline: its events, the window of time that it shows, and what it tells the page. `paint.js` draws, `input.js`
// listens. Texts come from articles: they go to the canvas and to `textContent`, never into markup.

const SHORTEST = 120;
const MANY = 900;          // events of which a picture opens on the latest alone
const MOST = 0.8;          // of fewer
const SHORT = 62;          // days of a window that is told to the day
const LIVE = 60;           // days within which news are of now
const LAST_LABELS = 140;   // pixels after the last event
const NARROW = 560;        // pixels
const CLOSEST = 60;        // pixels a day at the closest zoom

class Chart {
  constructor(root, choose) {
    this.root = root;
    this.choose = choose;
    this.find = (name) => root.querySelector(`.${name}`);
    this.canvas = this.find("canvas");
    this.context = this.canvas.getContext("2d");
    this.stamps = new Map();
    this.selected = document.documentElement.dataset.chronographEvent ?? "";
    this.focus = this.open = -1;
    this.drawn = 0;
    this.pointers = new Map();
    this.canvas.boxes = () => this.boxes();
    this.canvas.restAt = () => this.restAt();
    this.listen();
  }

  update(data) {
    const changed = this.data?.revision !== data.revision;
    this.data = data;
    this.readTheme();
    if (changed) this.take(data);
    this.resize();
  }

  take(data) {
    this.events = new Events(data);
    this.open = this.events.at.get(this.selected) ?? -1;
    this.focus = -1;
    this.width = this.measured();
    const asked = data.asked.join();
    if (!this.window || this.askedFor !== asked || !this.hasAny(this.window.from, this.window.to)) this.window = this.opening();
    this.askedFor = asked;
    this.reveal(this.open);
    this.height = SHORTEST;
    this.layout = null;
    this.canvas.setAttribute("aria-label", data.label);
  }

  hasAny(from, to) { return this.events.count > this.events.countBefore(from) + this.events.countFrom(to); }

  // Move the window, as wide as it is, to where the event is in it.
  reveal(index) {
    if (index < 0 || this.events.overlaps(index, this.window.from, this.window.to)) return;
    const half = (this.window.to - this.window.from) / 2;
    this.window = { from: this.events.first[index] - half, to: this.events.first[index] + half };
  }

  whole() {
    if (!this.events.count) return { from: this.data.today - 180, to: this.data.today + 180 };
    return this.padded(this.events.earliest, this.events.latest);
  }

  // A little before, and room for the last labels: a narrow picture needs a larger part of itself for them.
  padded(from, to) {
    const length = Math.max(to - from, 20);
    return { from: from - 0.04 * length, to: to + Math.min(Math.max(LAST_LABELS / this.width, 0.16), 0.3) * length };
  }

  // What the strip shows: all but the few events that lie far from the others, and the window.
  bulk() {
    const { first, count } = this.events;
    if (count < 50) return this.whole();
    const { from, to } = this.padded(first[Math.floor(count * 0.01)], first[Math.floor(count * 0.99)]);
    return { from: Math.min(from, this.window.from), to: Math.max(to, this.window.to) };
  }

  // The window to open with: what was asked for; all, where all can be named; of many the latest; else most, without
  // those that lie far from the others.
  opening() {
    const { count } = this.events;
    const whole = this.whole();
    const [from, to] = this.data.asked;
    if (from !== null || to !== null) return this.padded(from ?? whole.from, Math.min(to ?? whole.to, whole.to));
    if (!this.laidOut(this.width / (whole.to - whole.from), widened(whole)).shown) return whole;
    if (count > MANY && this.isLive()) return this.around(MANY / 2);
    return this.densest(Math.min(MANY, Math.ceil(count * MOST)));
  }

  // Whether there is news of these days; an archive has none.
  isLive() {
    const { first } = this.events;
    const now = lowerBound(first, this.data.today + 1) - 1;
    return now >= 0 && first[Math.max(now - Math.floor(MANY / 20), 0)] > this.data.today - LIVE;
  }

  // `reach` events before today and half as many after, for no longer than those go back.
  around(reach) {
    const { first, count } = this.events;
    const now = Math.max(lowerBound(first, this.data.today + 1) - 1, 0);
    const from = first[Math.max(now - reach, 0)];
    const next = first[Math.min(now + Math.ceil(reach / 2), count - 1)];
    return this.padded(from, Math.min(next, first[now] + Math.max(first[now] - from, 14)));
  }

  // The latest stretch of `many` events that are about as close together as anywhere: where the news of an archive end.
  densest(many) {
    const { first, count } = this.events;
    const length = (at) => first[at + many - 1] - first[at];
    const starts = Array.from({ length: count - many + 1 }, (_, at) => at);
    const shortest = starts.reduce((least, at) => Math.min(least, length(at)), Infinity);
    const at = starts.findLast((start) => length(start) <= 1.5 * shortest + 1);
    return this.padded(first[at], first[at + many - 1]);
  }

  get scale() { return this.width / (this.window.to - this.window.from); }

  show(from, to) {
    const whole = this.whole();
    const longest = Math.max((whole.to - whole.from) * 1.1, 60);
    const length = Math.min(Math.max(to - from, this.width / CLOSEST), longest);
    const middle = Math.min(Math.max((from + to) / 2, whole.from), whole.to);
    this.window = { from: middle - length / 2, to: middle + length / 2 };
    this.request();
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
    this.colours = this.data.statuses.map((status) => colour(`${status.colour}-color`) || this.ink);
    this.ratio = window.devicePixelRatio || 1;
    this.stamps.clear();
    this.mapped = "";
  }

  measured() { return Math.max(this.find("frame").clientWidth, 200); }

  resize() {
    this.width = this.measured();
    if (this.data) this.draw();
  }

  laidOut(scale, stretch) {
    return layOut(this.events, this.data.lanes.length, scale, stretch, this.wanted());
  }

  // What is open and where the keyboard is: these have a mark of their own, whatever they weigh.
  wanted() { return [this.open, this.focus].filter((index) => index >= 0); }

  // Whether all that has to have a mark of its own has one.
  hasWanted() {
    const { from, to, shown } = this.layout;
    return !shown || this.wanted().every((index) => shown.has(index) || !this.events.overlaps(index, from, to));
  }

  // Panning within the laid out stretch keeps the layout. Zooming may need more height, and never gives it back: the
  // page must not jump.
  place() {
    const { from, to } = this.window;
    const kept = this.layout;
    if (!kept || Math.abs(kept.scale / this.scale - 1) > 1e-6 || from < kept.from || to > kept.to || !this.hasWanted()) {
      const stretch = widened(this.window);
      this.layout = { ...this.laidOut(this.scale, stretch), ...stretch, scale: this.scale };
    }
    this.height = Math.max(this.height, this.layout.height);
  }

  // Draw before the next frame, however often it is asked for until then.
  request() {
    this.asked ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (this.asked) cancelAnimationFrame(this.asked);
    this.asked = undefined;
    this.place();
    const height = HEAD + this.height + FOOT;
    this.size(Math.round(this.width * this.ratio), Math.round(height * this.ratio), height);
    const c = this.context;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.clearRect(0, 0, this.width, height);
    c.textBaseline = "middle";
    this.drawAxis(c, height);
    this.drawLanes(c);
    c.save();
    c.beginPath();
    c.rect(0, HEAD, this.width, height - HEAD);
    c.clip();
    if (this.layout.shown) this.drawRest(c);
    this.drawEvents(c);
    this.nameDays(c, height);
    this.drawMarked(c);
    c.restore();
    this.drawMap();
    this.tellEdges();
    this.tellState();
  }

  size(wide, high, height) {
    if (this.canvas.width === wide && this.canvas.height === high) return;
    this.canvas.width = wide;
    this.canvas.height = high;
    this.canvas.style.height = `${height}px`;
  }

  // What is drawn, for whoever looks at the page and not at its pixels.
  tellState() {
    const { from, to } = this.window;
    const { detail } = this.layout;
    this.drawn += 1;
    tell(this.find("keys"), detail === "main" ? this.data.hints.far : this.data.hints.near);
    Object.assign(this.canvas.dataset, { detail, events: this.events.count, from, to, selected: this.selected, drawn: this.drawn });
  }

  tellEdges() {
    const { from, to } = this.window;
    const earlier = this.events.countBefore(from);
    const later = this.events.countFrom(to);
    tell(this.find("where"), stretchOf(from, to));
    this.tellEdge("earlier", earlier, (words) => `‹ ${words}`);
    this.tellEdge("later", later, (words) => `${words} ›`);
  }

  // How many events lie beyond an edge; in a narrow picture the number alone, with the words for who asks.
  tellEdge(name, count, arrow) {
    const edge = this.find(name);
    const number = count.toLocaleString("en");
    tell(edge, count ? arrow(this.width < NARROW ? number : `${number} ${name}`) : "");
    edge.title = edge.ariaLabel = `${number} ${name}`;
  }

  mark(id) {
    this.open = this.events.at.get(id) ?? -1;
    if (id !== this.selected) this.focus = this.open;
    this.selected = id;
    this.reveal(this.open);
    this.draw();
  }

  // Streamlit may change the theme without running the page again.
  themed() {
    const before = `${this.ink}${this.paper}${this.accent}`;
    this.readTheme();
    if (before !== `${this.ink}${this.paper}${this.accent}`) this.draw();
  }
}

Object.assign(Chart.prototype, PAINTING, BOXES, MAP, INPUT);

// The stretch that is laid out for a window: a little more, so that panning starts out smooth.
function widened({ from, to }) {
  return { from: from - 0.3 * (to - from), to: to + 0.3 * (to - from) };
}

// A window in words: its days where it is short, else its months.
function stretchOf(from, to) {
  if (to - from <= SHORT) return stretchInWords(Math.floor(from), Math.ceil(to));
  return `${monthAndYear(from)} – ${monthAndYear(to)}`;
}

function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
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
