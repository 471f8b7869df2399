// What the timeline does on pointer, wheel and keys: methods of `Chart` that find an event, choose it, or move the window.

const INPUT = {
  hit(x, y) {
    if (this.layout.detail === "density") return null;
    const offset = this.window.from * this.scale;
    const near = this.visible().filter((item) => {
      const label = Math.min(item.free, item.text + Math.min(this.labelWidth(item.event), 320));
      return x + offset >= item.left - 3 && x + offset <= Math.max(item.right, label) && Math.abs(HEAD + item.y - y) <= this.layout.rowHeight / 2;
    });
    near.sort((a, b) => a.right - a.left - (b.right - b.left));  // small marks first
    return near[0]?.event ?? null;
  },

  click(x, y) {
    const event = this.hit(x, y);
    if (event) this.pick(event);
    else if (this.layout.detail === "density") this.zoom(0.25, x);
  },

  pick(event) {
    this.focus = this.events.indexOf(event);
    this.mark(event.id);
    this.choose(event.id);
  },

  step(by) {
    if (!this.events.length) return;
    const start = this.focus >= 0 ? this.focus : this.events.findIndex((event) => event.id === this.selected);
    const count = this.events.length;
    this.focus = start < 0 ? this.events.findIndex((event) => event.end > this.window.from) : (start + by + count) % count;
    const event = this.events[Math.max(this.focus, 0)];
    this.reveal(event.id);
    this.draw();
    this.find("live").textContent = `${event.title}. ${this.statusLabel(event)}, ${event.when}.`;
  },

  statusLabel(event) { return this.data.statuses[event.status]?.label ?? event.status; },

  hover(x, y) {
    const event = this.hit(x, y);
    const tip = this.find("tip");
    this.canvas.style.cursor = event ? "pointer" : this.layout.detail === "density" ? "zoom-in" : "grab";
    tip.hidden = !event;
    if (!event) return;
    tip.querySelector("b").textContent = event.title;
    tip.querySelector("span").textContent = `${this.statusLabel(event)} · ${event.when}`;
    tip.style.left = `${Math.max(0, Math.min(x + 12, this.width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 16}px`;
  },

  listen() {
    const canvas = this.canvas;
    canvas.onpointerdown = (event) => this.down(event);
    canvas.onpointermove = (event) => this.move(event);
    canvas.onpointerup = (event) => this.up(event);
    canvas.onpointercancel = (event) => this.pointers.delete(event.pointerId);
    canvas.onpointerleave = () => { this.find("tip").hidden = true; };
    canvas.onkeydown = (event) => this.key(event);
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.find("in").onclick = () => this.zoom(0.6);
    this.find("out").onclick = () => this.zoom(1 / 0.6);
    this.find("fit").onclick = () => { const { from, to } = this.whole(); this.show(from, to); };
    this.find("earlier").onclick = () => this.pan(-this.width * 0.8);
    this.find("later").onclick = () => this.pan(this.width * 0.8);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.find("frame"));
    this.onSelected = (event) => this.mark(event.detail);
    document.addEventListener("chronograph-event", this.onSelected);
  },

  close() {
    this.watch.disconnect();
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
    if (others.length) this.pinch(held, others[0], x);
    else if (held.moved || Math.abs(x - held.startX) > 4) {
      held.moved = true;
      this.find("tip").hidden = true;
      this.pan(held.x - x);
    }
    held.x = x;
    held.y = y;
  },

  pinch(held, other, x) {
    held.moved = other.moved = true;
    const before = Math.abs(held.x - other.x);
    const after = Math.abs(x - other.x);
    if (before > 10 && after > 10) this.zoom(before / after, (x + other.x) / 2);
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
      ArrowRight: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      Enter: () => this.focus >= 0 && this.pick(this.events[this.focus]),
      " ": () => this.focus >= 0 && this.pick(this.events[this.focus]),
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
