// The events of a timeline as columns of numbers, in order of time, with what finds those of a window quickly.

const BLOCK = 64;          // events a block of the index

class Events {
  constructor(data) {
    const { columns } = data;
    this.count = columns.first.length;
    this.first = Int32Array.from(columns.first);
    this.end = Int32Array.from(columns.end);
    this.status = Uint8Array.from(columns.status);
    this.lane = Uint8Array.from(columns.lane);
    this.faded = Uint8Array.from(columns.faded);
    this.ids = lines(columns.ids);
    this.titles = lines(columns.titles);
    this.spans = data.spans;
    this.span = Uint32Array.from(columns.span);
    this.ghosts = new Map(data.ghosts);
    this.rank = ranked(columns.weight);
    this.at = new Map(this.ids.map((id, index) => [id, index]));
    this.ends = Int32Array.from(this.end).sort();
    this.reach = this.blocks();
    this.marks = Int32Array.from({ length: this.count }, (_, index) => this.outermost(index));
    this.earliest = this.marks.reduce((earliest, day) => Math.min(earliest, day), Infinity);
    this.latest = this.reach.reduce((latest, day) => Math.max(latest, day), -Infinity);
  }

  // How far to the right the events of each block reach: a window skips the blocks that end before it.
  blocks() {
    const reach = new Int32Array(Math.ceil(this.count / BLOCK)).fill(-2147483648);
    for (let index = 0; index < this.count; index += 1) {
      const block = (index / BLOCK) | 0;
      reach[block] = Math.max(reach[block], this.end[index], ...(this.ghosts.get(index) ?? []).map(([, end]) => end));
    }
    return reach;
  }

  // The first day of the event or of any day it stood on before.
  outermost(index) {
    const ghosts = this.ghosts.get(index);
    return ghosts ? Math.min(this.first[index], ...ghosts.map(([first]) => first)) : this.first[index];
  }

  when(index) { return this.spans[this.span[index]]; }

  // Calls `visit` with every event that overlaps the window, in order of time.
  eachBetween(from, to, visit) {
    const until = lowerBound(this.first, to);
    for (let block = 0; block * BLOCK < until; block += 1) {
      if (this.reach[block] <= from) continue;
      const last = Math.min((block + 1) * BLOCK, until);
      for (let index = block * BLOCK; index < last; index += 1) if (this.end[index] > from || this.ghosts.has(index)) visit(index);
    }
  }

  overlaps(index, from, to) { return this.end[index] > from && this.first[index] < to; }

  countBefore(day) { return lowerBound(this.ends, day + 1); }

  countFrom(day) { return this.count - lowerBound(this.first, day); }
}

// The first place in ascending `numbers` whose value is not below `wanted`.
function lowerBound(numbers, wanted) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The place of each event in order of weight, the weightiest first; of equal ones the later.
function ranked(weights) {
  const order = weights.map((_, index) => index).sort((one, other) => weights[other] - weights[one] || other - one);
  const rank = new Int32Array(weights.length);
  order.forEach((index, place) => { rank[index] = place; });
  return rank;
}

function lines(text) { return text === "" ? [] : text.split("\n"); }
