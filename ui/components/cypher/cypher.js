// Paints the words of a text area behind it. What is typed reaches the page by `textContent` alone.

const KEYWORDS = new Set(`all and any as asc ascending by call case collect contains count create delete desc descending
detach distinct else end ends exists false in is limit match merge none not null on optional or order remove return set
single skip starts then true union unwind when where with xor yield`.split(/\s+/));
const TOKEN = new RegExp([
  String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
  String.raw`(?<text>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")`,
  String.raw`(?<unclosed>['"][\s\S]*$)`,
  String.raw`(?<label>:\s*[A-Za-z_]\w*(?:\s*\|\s*[A-Za-z_]\w*)*)`,
  String.raw`(?<number>\b\d+(?:\.\d+)?\b)`,
  String.raw`(?<word>\b[A-Za-z_]\w*\b)`,
].join("|"), "g");
const LOOK_AGAIN = 400;

const watched = new WeakMap();

function* tokens(text) {
  let done = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > done) yield ["", text.slice(done, match.index)];
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    yield [kind === "word" ? (KEYWORDS.has(match[0].toLowerCase()) ? "keyword" : "") : kind, match[0]];
    done = match.index + match[0].length;
  }
  yield ["", text.slice(done)];
}

class Painter {
  constructor(pre) {
    this.pre = pre;
    this.clock = setInterval(() => this.look(), LOOK_AGAIN); // a text set by the page itself tells nobody
    this.resized = new ResizeObserver(() => this.place());
    this.onInput = () => this.look();
    this.onScroll = () => this.scroll();
  }

  update({ box, label }) {
    this.find = () => [...document.querySelectorAll(`.${box} textarea`)].find((area) => area.ariaLabel === label);
    this.look();
  }

  look() {
    const area = this.find();
    if (area !== this.area) this.take(area);
    if (!this.area || (this.painted === this.area.value && this.width === this.area.clientWidth)) return;
    this.painted = this.area.value;
    this.pre.replaceChildren(...[...tokens(this.painted)].map(([kind, text]) => {
      const span = document.createElement("span");
      if (kind) span.className = kind;
      span.textContent = text;
      return span;
    }), document.createTextNode("\n"));
    this.place();
  }

  take(area) {
    this.leave();
    this.area = area;
    this.painted = undefined;
    if (!area) return;
    area.spellcheck = false;
    area.addEventListener("input", this.onInput);
    area.addEventListener("scroll", this.onScroll);
    this.resized.observe(area);
    this.frame = area.parentElement;
    this.frame.classList.add("cg-cypher", "painted");
    this.frame.prepend(this.pre);
  }

  place() {
    if (!this.area) return;
    this.width = this.area.clientWidth;
    const style = getComputedStyle(this.area);
    Object.assign(this.pre.style, {
      left: `${this.area.offsetLeft + this.area.clientLeft}px`, top: `${this.area.offsetTop + this.area.clientTop}px`,
      width: `${this.area.clientWidth}px`, height: `${this.area.clientHeight}px`, padding: style.padding,
    });
    this.scroll();
  }

  scroll() {
    this.pre.scrollTop = this.area.scrollTop;
    this.pre.scrollLeft = this.area.scrollLeft;
  }

  leave() {
    if (!this.area) return;
    this.area.removeEventListener("input", this.onInput);
    this.area.removeEventListener("scroll", this.onScroll);
    this.resized.disconnect();
    this.frame.classList.remove("painted");
    this.pre.remove();
  }

  close() {
    clearInterval(this.clock);
    this.leave();
  }
}

export default function (component) {
  const root = component.parentElement;
  if (!watched.has(root)) watched.set(root, new Painter(root.querySelector(".paint")));
  watched.get(root).update(component.data);
  return () => {
    watched.get(root)?.close();
    watched.delete(root);
  };
}
