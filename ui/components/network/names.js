// The names of nodes, where there is room for them: methods of `Picture`.

const LETTERS = 11;   // pixels of a name, however near the picture is
const BELOW = 3;      // pixels between a node and its name
const NAMED = 150;    // nodes up to which a picture has names

const NAMES = {
  // Names for as many nodes as have room for them, those of most events first: no name lies over another or over a node,
  // and none is cut by the edge of the picture.
  name() {
    this.asked = undefined;
    if (this.cy.nodes().length > NAMED) return;
    this.ruler.font = `${LETTERS}px ${this.family}`;
    const nodes = this.cy.nodes().sort((one, other) => other.data("events") - one.data("events"));
    const wide = this.cy.width();
    const taken = nodes.map((node) => node.renderedBoundingBox({ includeLabels: false, includeOverlays: false }));
    const named = nodes.filter((node, at) => {
      const box = this.nameBox(node);
      const free = box.x1 >= 0 && box.x2 <= wide && taken.every((other, place) => place === at || !overlap(box, other));
      if (free) taken.push(box);
      return free;
    });
    this.cy.batch(() => { nodes.removeClass("named"); named.addClass("named"); });
    this.cy.style().update();
  },

  nameBox(node) {
    const { x, y } = node.renderedPosition();
    const half = this.ruler.measureText(short(node.data("name"))).width / 2 + 2;
    const top = y + node.renderedHeight() / 2 + BELOW;
    return { x1: x - half, x2: x + half, y1: top, y2: top + LETTERS + 3 };
  },
};

function overlap(one, other) { return one.x1 < other.x2 && other.x1 < one.x2 && one.y1 < other.y2 && other.y1 < one.y2; }

function short(name) { return name.length > 28 ? `${name.slice(0, 27)}…` : name; }
