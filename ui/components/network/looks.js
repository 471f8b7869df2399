// How a kind of node looks: cytoscape's shape, its corners in the legend (0: round), and a colour of the theme.
const ROUND = { shape: "ellipse", corners: 0, colour: "blue" };
const LOOKS = {
  person: ROUND,
  company: { shape: "rectangle", corners: 4, colour: "blue" },
  organization: { shape: "hexagon", corners: 6, colour: "blue" },
  agency: { shape: "pentagon", corners: 5, colour: "blue" },
  court: { shape: "triangle", corners: 3, colour: "blue" },
  legislature: { shape: "octagon", corners: 8, colour: "blue" },
  government: { shape: "diamond", corners: 4, turned: true, colour: "blue" },
  law: { shape: "rectangle", corners: 4, colour: "violet" },
  case: { shape: "triangle", corners: 3, colour: "violet" },
  order: { shape: "diamond", corners: 4, turned: true, colour: "violet" },
  place: { shape: "ellipse", corners: 0, colour: "gray" },
  product: { shape: "ellipse", corners: 0, colour: "violet" },
  Event: { shape: "ellipse", corners: 0, colour: "green" },
  Claim: { shape: "rectangle", corners: 4, colour: "orange" },
  Article: { shape: "rectangle", corners: 4, colour: "green" },
  Source: { shape: "diamond", corners: 4, turned: true, colour: "orange" },
};
const OTHER = { shape: "ellipse", corners: 0, colour: "orange" };

const lookOf = (kind) => LOOKS[kind] ?? OTHER;

// A small picture of a shape, for the legend.
function sign({ corners, turned }, colour) {
  const drawing = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(drawing, "svg");
  svg.setAttribute("viewBox", "-6 -6 12 12");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(drawing, corners ? "polygon" : "circle");
  if (corners) {
    const start = turned || corners % 2 ? -Math.PI / 2 : -Math.PI / 2 + Math.PI / corners;
    const turns = Array.from({ length: corners }, (_, at) => start + (2 * Math.PI * at) / corners);
    shape.setAttribute("points", turns.map((turn) => [5 * Math.cos(turn), 5 * Math.sin(turn)]).join(" "));
  } else {
    shape.setAttribute("r", "5");
  }
  shape.setAttribute("fill", colour);
  svg.append(shape);
  return svg;
}
