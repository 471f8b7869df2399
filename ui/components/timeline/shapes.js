// One shape a status, so that colour is never the only difference. The table and the pills use the same as characters.

const SHAPES = {
  occurred(c, x, y, r) { circle(c, x, y, r); c.fill(); },
  ongoing(c, x, y, r) { circle(c, x, y, r); c.stroke(); c.beginPath(); c.arc(x, y, r, Math.PI / 2, -Math.PI / 2); c.fill(); },
  scheduled(c, x, y, r) { diamond(c, x, y, r + 1); c.fill(); },
  proposed(c, x, y, r) { diamond(c, x, y, r); c.stroke(); },
  hypothetical(c, x, y, r) { circle(c, x, y, r - 0.5); c.setLineDash([2, 2]); c.stroke(); c.setLineDash([]); },
  denied(c, x, y, r) { line(c, x - r + 1, y - r + 1, x + r - 1, y + r - 1); line(c, x - r + 1, y + r - 1, x + r - 1, y - r + 1); },
  cancelled(c, x, y, r) { circle(c, x, y, r - 0.5); c.stroke(); line(c, x - r + 2, y + r - 2, x + r - 2, y - r + 2); },
  overtaken(c, x, y, r) { diamond(c, x, y, r); c.stroke(); c.beginPath(); c.moveTo(x, y - r); c.lineTo(x - r, y); c.lineTo(x, y + r); c.closePath(); c.fill(); },
  unknown(c, x, y, r) { c.fillRect(x - r + 2, y - r + 2, 2 * r - 4, 2 * r - 4); },
};

function drawShape(c, status, x, y, r, colour, background) {
  c.lineWidth = 1.8;
  c.strokeStyle = colour;
  c.fillStyle = background;
  if (["ongoing", "proposed", "hypothetical", "cancelled", "overtaken"].includes(status)) { (["proposed", "overtaken"].includes(status) ? diamond : circle)(c, x, y, r); c.fill(); }
  c.fillStyle = colour;
  (SHAPES[status] ?? SHAPES.unknown)(c, x, y, r);
}

function circle(c, x, y, r) { c.beginPath(); c.arc(x, y, r, 0, 2 * Math.PI); }

function diamond(c, x, y, r) { c.beginPath(); c.moveTo(x, y - r); c.lineTo(x + r, y); c.lineTo(x, y + r); c.lineTo(x - r, y); c.closePath(); }

function line(c, x1, y1, x2, y2) { c.beginPath(); c.moveTo(x1, y1); c.lineTo(x2, y2); c.stroke(); }
