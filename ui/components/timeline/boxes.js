// What is drawn where, in pixels of the picture, for whoever looks at the page and not at its pixels: methods of `Chart`.

const BOXES = {
  // The boxes of everything in the window that could lie over something else: {what, event, left, right, top, bottom}.
  boxes() {
    return [...this.eventBoxes(), ...this.dayBoxes()];
  },

  eventBoxes() {
    const boxes = [];
    const { placed, radius, rowHeight } = this.layout;
    this.eachVisible((at) => {
      const add = (what, left, right, half) => {
        const y = HEAD + placed.y[at];
        boxes.push({ what, event: this.events.ids[placed.event[at]], left, right, top: y - half, bottom: y + half });
      };
      const x = this.xOf(at);
      add("mark", x - radius, x + radius, radius);
      for (const ghost of this.ghostsOf(at)) add("ghost", ghost - this.ghostRadius(), ghost + this.ghostRadius(), this.ghostRadius());
      if (placed.bar[at]) add("bar", this.shifted(placed.start[at]), this.shifted(placed.right[at]), rowHeight / 2 - 2);
      const label = this.labelOf(at);
      if (label) add("label", label.x, label.x + this.context.measureText(label.text).width, 6);
    });
    return boxes;
  },

  // The middle of the bars that count events at the foot of the first lane.
  restAt() {
    const { bands, rest } = this.layout;
    return HEAD + bands[0].top + bands[0].height - rest / 2;
  },

  dayBoxes() {
    return this.dayNames().map(({ name, left, wide }) => ({
      what: name, event: "", left, right: left + wide, top: HEAD + this.height, bottom: HEAD + this.height + FOOT,
    }));
  },
};
