// A network drawn by cytoscape, from a file of our own server. Names come from articles: cytoscape paints them on a
// canvas, and what is said of them goes to `textContent`.

const HINTS = {
  opens: "Click opens · drag moves · Ctrl + wheel or + − zooms",
  expands: "Click looks further from there, and once more folds it back · drag moves · Ctrl + wheel or + − zooms",
};

const drawn = new WeakMap();

async function library(path) {
  return (await import(new URL(path, window.location.origin).href)).default;
}

class Picture {
  constructor(root, cytoscape) {
    this.root = root;
    this.stage = root.querySelector(".stage");
    this.told = root.querySelector(".told");
    this.cy = cytoscape({
      container: this.stage, elements: [], minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: false,
      autoungrabify: true, userZoomingEnabled: false, pixelRatio: "auto",
    });
    this.cy.on("tap", "node", (event) => this.click(event.target));
    this.cy.on("mouseover", "node", (event) => this.tell(event.target));
    this.cy.on("zoom pan resize", () => { this.asked ??= requestAnimationFrame(() => this.name()); });
    this.ruler = document.createElement("canvas").getContext("2d");
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.opener = root.querySelector(".open");
    this.opener.onclick = () => this.choose(this.picked);
    root.querySelector(".in").onclick = () => this.zoom(1.4);
    root.querySelector(".out").onclick = () => this.zoom(1 / 1.4);
    root.querySelector(".fit").onclick = () => this.show();
    this.theme = new MutationObserver(() => this.dress());
    this.theme.observe(document.head, { childList: true });
    for (const element of [document.documentElement, document.body, root.host]) {
      if (element) this.theme.observe(element, { attributes: true, attributeFilter: ["class", "style"] });
    }
    this.watch = new ResizeObserver(() => this.cy.resize());
    this.watch.observe(this.stage);
    this.stage.places = () => this.places();
    this.stage.names = () => this.cy.nodes(".named").map((node) => this.nameBox(node));
    for (const kind of ["pointermove", "pointerdown"]) this.stage.addEventListener(kind, () => this.locate(), true);
  }

  update(data) {
    if (this.revision !== data.revision) {
      this.revision = data.revision;
      this.names = new Map(data.nodes.map(([id, name]) => [id, name]));
      const most = Math.max(...data.nodes.map(([, , , events]) => events), 1);
      this.cy.elements().remove();
      this.cy.add([
        ...data.nodes.map(([id, name, kind, events, x, y]) => ({
          data: { id, name, kind, events, size: 14 + 26 * Math.sqrt(events / most) }, position: { x, y },
        })),
        ...data.edges.map(([one, other, events], at) => ({ data: { id: `edge ${at}`, source: one, target: other, events, width: 1 + Math.log2(1 + events) } })),
      ]);
      this.label = data.label;
      this.stage.setAttribute("aria-label", data.label);
      this.dressed = "";
      this.cy.layout({ name: "preset", fit: false }).run();
      this.show();
    }
    this.expands = data.expands;
    this.selected = data.selected;
    this.cy.nodes().removeClass("open further");
    for (const id of data.further) this.cy.getElementById(id).addClass("further");
    if (data.selected) this.cy.getElementById(data.selected).addClass("open");
    this.root.querySelector(".keys").textContent = data.expands ? HINTS.expands : HINTS.opens;
    this.offer();
    this.dress();
    this.tellState();
  }

  // A click opens a node; where the network grows, it looks further from there, and a button opens what was clicked last.
  click(node) {
    if (!this.expands) return this.choose(node.id());
    this.tell(node);
    this.picked = node.id();
    this.offer();
    if (node.id() !== this.selected) this.expand(node.id());
  }

  offer() {
    const name = this.expands && this.picked !== this.selected ? this.names.get(this.picked) : undefined;
    this.opener.hidden = name === undefined;
    this.opener.textContent = name === undefined ? "" : `Open ${name}`;
  }

  dress() {
    const style = getComputedStyle(this.root.host ?? this.root);
    const colour = (name, other) => style.getPropertyValue(`--st-${name}`).trim() || other;
    const ink = colour("text-color", "#222");
    const paper = colour("background-color", "#fff");
    const accent = colour("primary-color", "#06c");
    const look = [ink, paper, accent].join();
    if (this.dressed === look) return;
    this.dressed = look;
    this.family = colour("font", "sans-serif");
    this.cy.style([
      { selector: "node", style: {
        width: "data(size)", height: "data(size)", "background-opacity": 0.85,
        "background-color": (node) => colour(`${lookOf(node.data("kind")).colour}-color`, accent),
        shape: (node) => lookOf(node.data("kind")).shape, color: ink, "font-family": this.family,
        "text-valign": "bottom", "text-outline-color": paper,
      } },
      { selector: "node.named", style: {
        label: (node) => short(node.data("name")), "font-size": () => LETTERS / this.cy.zoom(),
        "text-margin-y": () => BELOW / this.cy.zoom(), "text-outline-width": () => 2 / this.cy.zoom(),
      } },
      { selector: "node.open", style: { "background-color": accent, "border-width": 3, "border-color": ink, "font-weight": 600 } },
      { selector: "node.further", style: { "border-width": 3, "border-color": accent } },
      { selector: "edge", style: { width: "data(width)", "line-color": ink, "line-opacity": 0.22, "curve-style": "haystack" } },
    ]).update();
    this.tellKinds(colour);
    this.name();
  }

  // What shapes and colours stand for, of the kinds that are there.
  tellKinds(colour) {
    const kinds = [...new Set(this.cy.nodes().map((node) => node.data("kind")))].sort();
    this.root.querySelector(".legend").replaceChildren(...kinds.map((kind) => {
      const entry = document.createElement("span");
      const look = lookOf(kind);
      entry.append(sign(look, colour(`${look.colour}-color`, "currentColor")), kind);
      return entry;
    }));
  }

  // What is drawn, for whoever looks at the page and not at its pixels: how much, and where the largest node is.
  tellState() {
    const top = this.cy.nodes().max((node) => node.data("events")).ele;
    const { x, y } = top ? top.renderedPosition() : { x: 0, y: 0 };
    Object.assign(this.stage.dataset, {
      nodes: this.cy.nodes().length, edges: this.cy.edges().length, top: top?.id() ?? "", topX: x, topY: y, ready: "yes",
    });
  }

  // Where the stage is now: cytoscape sees no scrolling outside of our shadow tree, and would look where it was.
  locate() {
    const { left, top } = this.stage.getBoundingClientRect();
    if (left === this.left && top === this.top) return;
    Object.assign(this, { left, top });
    this.cy.resize();
  }

  // Where on the stage each node is, by its name.
  places() {
    return Object.fromEntries(this.cy.nodes().map((node) => [node.data("name"), node.renderedPosition()]));
  }

  tell(node) {
    const events = node.data("events");
    this.told.textContent = `${node.data("name")} · ${node.data("kind")} · ${events} event${events === 1 ? "" : "s"}`;
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.stage.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY * 0.003), { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  // All of it, but no larger than it reads well.
  show() {
    this.cy.fit(undefined, 30);
    if (this.cy.zoom() > 1.3) {
      this.cy.zoom(1.3);
      this.cy.center();
    }
  }

  zoom(factor, at = { x: this.cy.width() / 2, y: this.cy.height() / 2 }) {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: at });
  }

  close() {
    if (this.asked) cancelAnimationFrame(this.asked);
    this.theme.disconnect();
    this.watch.disconnect();
    this.cy.destroy();
  }
}

Object.assign(Picture.prototype, NAMES);

export default function (component) {
  const root = component.parentElement;
  const { data } = component;
  const take = (picture) => {
    picture.choose = (id) => component.setTriggerValue("chosen", id);
    picture.expand = (id) => component.setTriggerValue("expanded", id);
    picture.update(data);
  };
  const known = drawn.get(root);
  if (known) {
    known.then(take);
  } else {
    drawn.set(root, library(data.library).then((cytoscape) => {
      const picture = new Picture(root, cytoscape);
      take(picture);
      return picture;
    }));
  }
  return () => {
    drawn.get(root)?.then((picture) => picture.close());
    drawn.delete(root);
  };
}
