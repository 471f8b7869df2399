// What the timeline does on pointer, wheel and keys: methods of `Chart` that find an event, choose it, or move the window.

const INPUT = {
  // The event under a point, or -1: the smallest of those that overlap there.
  hit(x, y) {
    const { placed, radius, rowHeight } = this.layout;
    if (this.countedAt(x, y)) return -1;
    const there = x + this.window.from * this.scale;
    let found = -1;
    this.eachVisible((at) => {
      if (Math.abs(HEAD + placed.y[at] - y) > rowHeight / 2) return;
      const title = this.events.titles[placed.event[at]];
      const worded = this.xOf(at) >= -radius;
      const label = worded ? Math.min(placed.free[at], placed.text[at] + Math.min(title.length * LETTER, LONGEST)) : 0;
      if (there < placed.left[at] - 3 || there > Math.max(placed.right[at], label)) return;
      if (found < 0 || placed.right[at] - placed.start[at] < placed.right[found] - placed.start[found]) found = at;
    });
    return found < 0 ? -1 : placed.event[found];
  },

  click(x, y) {
    const index = this.hit(x, y);
    if (index >= 0) this.pick(index);
    else if (this.countedAt(x, y)) this.zoom(0.25, x);
  },

  pick(index) {
    this.focus = index;
    this.mark(this.events.ids[index]);
    this.choose(this.events.ids[index]);
  },

  step(by) {
    const { count } = this.events;
    if (!count) return;
    const start = this.focus >= 0 ? this.focus : this.open;
    this.look(start < 0 ? this.firstInView() : (start + by + count) % count);
  },

  firstInView() {
    let first = -1;
    this.events.eachBetween(this.window.from, this.window.to, (index) => { if (first < 0) first = index; });
    return Math.max(first, 0);
  },

  // Move the keyboard's place to an event and say what it is.
  look(index) {
    if (!this.events.count) return;
    this.focus = index;
    this.reveal(index);
    this.draw();
    this.find("live").textContent = `${this.events.titles[index]}. ${this.statusLabel(index)}, ${this.events.when(index)}.`;
  },

  statusLabel(index) { return this.data.statuses[this.events.status[index]].label; },

  hover(x, y) {
    const index = this.hit(x, y);
    const tip = this.find("tip");
    const counted = index < 0 ? this.countedAt(x, y) : 0;
    this.canvas.style.cursor = index >= 0 ? "pointer" : counted ? "zoom-in" : "grab";
    tip.hidden = index < 0 && !counted;
    if (tip.hidden) return;
    const [title, more] = counted ? this.countedWords(counted) : this.eventWords(index);
    tip.querySelector("b").textContent = title;
    tip.querySelector("span").textContent = more;
    tip.style.left = `${Math.max(0, Math.min(x + 12, this.width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 16}px`;
  },

  eventWords(index) {
    return [this.events.titles[index], `${this.statusLabel(index)} · ${this.events.when(index)}${this.moved(index)}`];
  },

  countedWords(count) { return [`${count.toLocaleString("en")} more`, "Click to look closer"]; },

  // The days it stood on before: ' · before that 19 Jan 2025, 5 Apr 2025'.
  moved(index) {
    const ghosts = this.events.ghosts.get(index) ?? [];
    return ghosts.length ? ` · before that ${ghosts.map(([first, end]) => stretchInWords(first, end)).join(", ")}` : "";
  },

  listen() {
    const canvas = this.canvas;
    const map = this.find("map");
    canvas.onpointerdown = (event) => this.down(event);
    canvas.onpointermove = (event) => this.move(event);
    canvas.onpointerup = (event) => this.up(event);
    canvas.onpointercancel = (event) => this.pointers.delete(event.pointerId);
    canvas.onpointerleave = () => { this.find("tip").hidden = true; };
    canvas.onkeydown = (event) => this.key(event);
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    map.onpointerdown = (event) => { map.setPointerCapture(event.pointerId); this.hold(event.offsetX); };
    map.onpointermove = (event) => { if (event.buttons) this.goTo(event.offsetX); };
    this.find("in").onclick = () => this.zoom(0.6);
    this.find("out").onclick = () => this.zoom(1 / 0.6);
    this.find("fit").onclick = () => { const { from, to } = this.whole(); this.show(from, to); };
    this.find("earlier").onclick = () => this.pan(-this.width * 0.8);
    this.find("later").onclick = () => this.pan(this.width * 0.8);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.find("frame"));
    this.onSelected = (event) => { if (this.events) this.mark(event.detail); };
    document.addEventListener("chronograph-event", this.onSelected);
    this.theme = new MutationObserver(() => { if (this.data) this.themed(); });
    for (const element of [document.documentElement, document.body, this.root.host]) {
      if (element) this.theme.observe(element, { attributes: true, attributeFilter: ["class", "style"] });
    }
    this.theme.observe(document.head, { childList: true });
  },

  close() {
    this.watch.disconnect();
    this.theme.disconnect();
    if (this.asked) cancelAnimationFrame(this.asked);
    document.removeEventListener("chronograph-event", this.onSelected);
  },

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  },

  down(event) {
    const [x, y] = this.at(event);
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x, y, startX: x, moved: false });
  },

  move(event) {
    const [x, y] = this.at(event);
    const held = this.pointers.get(event.pointerId);
    if (!held) return this.hover(x, y);
    const others = [...this.pointers.values()].filter((pointer) => pointer !== held);
    if (others.length) this.pinch(held, others[0], x, y);
    else if (held.moved || Math.abs(x - held.startX) > 4) {
      held.moved = true;
      this.find("tip").hidden = true;
      this.pan(held.x - x);
    }
    held.x = x;
    held.y = y;
  },

  // Two fingers: what lies between them stays between them.
  pinch(held, other, x, y) {
    held.moved = other.moved = true;
    const before = Math.hypot(held.x - other.x, held.y - other.y);
    const after = Math.hypot(x - other.x, y - other.y);
    if (before > 10 && after > 10) this.zoom(before / after, (x + other.x) / 2);
    this.pan((held.x - x) / 2);
  },

  up(event) {
    const held = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    if (held && !held.moved) this.click(...this.at(event));
  },

  wheel(event) {
    const sideways = event.shiftKey ? event.deltaY : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(event.deltaY * 0.003), this.at(event)[0]);
    else if (sideways) this.pan(sideways);
    else return;  // a plain wheel scrolls the page
    event.preventDefault();
  },

  key(event) {
    const actions = {
      ArrowRight: () => (event.shiftKey ? this.pan(this.width / 4) : this.step(1)),
      ArrowLeft: () => (event.shiftKey ? this.pan(-this.width / 4) : this.step(-1)),
      Home: () => this.look(0),
      End: () => this.look(this.events.count - 1),
      Enter: () => this.focus >= 0 && this.pick(this.focus),
      " ": () => this.focus >= 0 && this.pick(this.focus),
      "+": () => this.zoom(0.6),
      "=": () => this.zoom(0.6),
      "-": () => this.zoom(1 / 0.6),
      0: () => this.find("fit").click(),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  },
};
