// ---- room for labels ---------------------------------------------------------------------------------
var CELL = 7;
function Board(size) {
  this.size = size;
  this.taken = [];
  this.columns = Math.ceil(size.x / CELL);
  this.rows = Math.ceil(size.y / CELL);
  this.cells = new Float32Array(this.columns * this.rows);
}
Board.prototype.mark = function (c, r, weight) {
  if (c < 0 || r < 0 || c >= this.columns || r >= this.rows) { return; }
  var place = r * this.columns + c;
  if (this.cells[place] < weight) { this.cells[place] = weight; }
};
Board.prototype.block = function (x0, y0, x1, y1) { this.taken.push([x0, y0, x1, y1]); };
Board.prototype.trace = function (points, weight) {
  var w = this.size.x, h = this.size.y;
  for (var i = 1; i < points.length; i += 1) {
    var p = points[i - 1], q = points[i];
    if (Math.max(p.x, q.x) < 0 || Math.min(p.x, q.x) > w || Math.max(p.y, q.y) < 0 || Math.min(p.y, q.y) > h) { continue; }
    var n = Math.min(4000, Math.max(1, Math.ceil(Math.max(Math.abs(q.x - p.x), Math.abs(q.y - p.y)) / CELL)));
    for (var k = 0; k <= n; k += 1) {
      this.mark(Math.floor((p.x + (q.x - p.x) * k / n) / CELL), Math.floor((p.y + (q.y - p.y) * k / n) / CELL), weight);
    }
  }
};
// Hatched ground is no place for a label either, where there is another.
Board.prototype.shade = function (covers) {
  for (var c = 0; c < this.columns; c += 3) {
    for (var r = 0; r < this.rows; r += 3) {
      if (!covers((c + 1.5) * CELL, (r + 1.5) * CELL)) { continue; }
      for (var k = 0; k < 9; k += 1) { this.mark(c + k % 3, r + Math.floor(k / 3), 0.7); }
    }
  }
};
Board.prototype.cost = function (x0, y0, x1, y1) {
  var sum = 0, last = Math.min(this.columns - 1, Math.floor(x1 / CELL)), low = Math.min(this.rows - 1, Math.floor(y1 / CELL));
  for (var r = Math.max(0, Math.floor(y0 / CELL)); r <= low; r += 1) {
    for (var c = Math.max(0, Math.floor(x0 / CELL)); c <= last; c += 1) { sum += this.cells[r * this.columns + c]; }
  }
  return sum;
};
// Nothing may cover a line that is blocked.
Board.prototype.bar = function (p, q) {
  var n = Math.min(400, Math.max(1, Math.ceil(Math.hypot(q.x - p.x, q.y - p.y) / CELL)));
  for (var k = 0; k <= n; k += 1) {
    var x = p.x + (q.x - p.x) * k / n, y = p.y + (q.y - p.y) * k / n;
    this.block(x - 3, y - 3, x + 3, y + 3);
  }
};
// The best of the candidates [x, y] for the middle of a label; null where none is free, or where each covers
// more of what is drawn than `most`.
Board.prototype.place = function (w, h, candidates, reluctance, most) {
  var best = null, self = this;
  candidates.forEach(function (spot, rank) {
    var x0 = spot[0] - w / 2, y0 = spot[1] - h / 2, x1 = x0 + w, y1 = y0 + h;
    if (x0 < 4 || y0 < 4 || x1 > self.size.x - 4 || y1 > self.size.y - 4) { return; }
    if (best && rank * reluctance >= best.cost) { return; }
    if (self.taken.some(function (t) { return x0 < t[2] && t[0] < x1 && y0 < t[3] && t[1] < y1; })) { return; }
    var covered = self.cost(x0, y0, x1, y1), cost = covered + rank * reluctance;
    if (most !== undefined && covered > most) { return; }
    if (!best || cost < best.cost) { best = { cost: cost, x: spot[0], y: spot[1] }; }
  });
  if (best) { this.block(best.x - w / 2 - 3, best.y - h / 2 - 2, best.x + w / 2 + 3, best.y + h / 2 + 2); }
  return best;
};
