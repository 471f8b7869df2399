// The whole of time in a strip, with the window in it: methods of `Chart`.

const MAP_HEIGHT = 30;

const MAP = {
  drawMap() {
    const map = this.find("map");
    const wide = Math.round(this.width * this.ratio);
    const { from, to } = this.bulk();
    const name = [this.data.revision, wide, this.ink, from, to].join();
    if (this.mapped !== name) {
      this.mapped = name;
      this.profile = this.drawProfile(wide);
      map.width = wide;
      map.height = Math.round(MAP_HEIGHT * this.ratio);
    }
    const c = map.getContext("2d");
    c.clearRect(0, 0, map.width, map.height);
    c.drawImage(this.profile, 0, 0);
    const whole = this.bulk();
    const perDay = map.width / (whole.to - whole.from);
    const left = (this.window.from - whole.from) * perDay;
    const right = Math.max((this.window.to - whole.from) * perDay, left + 3 * this.ratio);
    c.fillStyle = this.accent;
    c.globalAlpha = 0.16;
    c.fillRect(left, 0, right - left, map.height);
    c.globalAlpha = 1;
    c.strokeStyle = this.accent;
    c.lineWidth = this.ratio;
    c.strokeRect(left + 0.5, 0.5, right - left - 1, map.height - 1);
  },

  // How many events there are along time, as bars on a canvas of its own.
  drawProfile(wide) {
    const image = document.createElement("canvas");
    image.width = Math.max(wide, 1);
    image.height = Math.round(MAP_HEIGHT * this.ratio);
    const whole = this.bulk();
    const step = 3 * this.ratio;
    const bars = new Uint32Array(Math.ceil(image.width / step));
    const perDay = image.width / (whole.to - whole.from);
    for (let index = 0; index < this.events.count; index += 1) {
      const bar = Math.floor((((this.events.first[index] + this.events.end[index]) / 2 - whole.from) * perDay) / step);
      if (bar >= 0 && bar < bars.length) bars[bar] += 1;
    }
    const most = bars.reduce((high, bar) => Math.max(high, bar), 1);
    const c = image.getContext("2d");
    c.fillStyle = this.ink;
    c.globalAlpha = 0.45;
    for (const [at, bar] of bars.entries()) {
      const tall = bar ? Math.max(Math.sqrt(bar / most) * (image.height - 4), 2) : 0;
      c.fillRect(at * step, image.height - tall, step - this.ratio, tall);
    }
    return image;
  },

  dayAt(x) {
    const whole = this.bulk();
    return whole.from + (x / this.width) * (whole.to - whole.from);
  },

  // Take hold of the window where it is touched, or of its middle, which then comes to where the strip is touched.
  hold(x) {
    const { from, to } = this.window;
    const day = this.dayAt(x);
    this.grip = day > from && day < to ? day - (from + to) / 2 : 0;
    this.goTo(x);
  },

  // Bring the window to where it is dragged.
  goTo(x) {
    const day = this.dayAt(x) - this.grip;
    const { from, to } = this.window;
    const half = (to - from) / 2;
    this.show(day - half, day + half);
  },
};
