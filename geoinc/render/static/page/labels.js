// ---- panes for the grid and for labels ---------------------------------------------------------------
map.createPane("gi-grid").style.zIndex = 375;
var gridSvg = draw("svg", { "class": "gi-grid-svg leaflet-zoom-hide", "aria-hidden": "true" });
map.getPane("gi-grid").appendChild(gridSvg);
var pane = map.createPane("gi-labels");
pane.style.zIndex = 640;
var wires = draw("svg", { "class": "gi-wires leaflet-zoom-hide", "aria-hidden": "true" });
var names = make("div", "leaflet-zoom-hide gi-names");
names.setAttribute("aria-hidden", "true");
var pins = make("div", "leaflet-zoom-hide gi-pins");
// The map stays as it is in every language; what is written on it follows the language.
names.dir = pins.dir = document.documentElement.dir;
pane.appendChild(wires);
pane.appendChild(names);
pane.appendChild(pins);

var SHAPES = {
  circle: "M8 2a6 6 0 1 0 .01 0z", square: "M2.6 2.6h10.8v10.8H2.6z", diamond: "M8 .8 15.2 8 8 15.2.8 8z",
  triangle: "M8 1 15 14H1z", hexagon: "M4.5 2h7l3.5 6-3.5 6h-7L1 8z"
};
var pills = data.claims.filter(function (claim) { return claim.lat !== undefined; }).concat(data.fixes).map(function (claim) {
  var dot = make("span", "gi-spot p" + claim.colour + (claim.when === undefined ? "" : " is-fix"));
  var svg = draw("svg", { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" });
  svg.appendChild(draw("path", { d: SHAPES[claim.marker] }));
  dot.appendChild(svg);
  var button = make("button", "gi-pill p" + claim.colour);
  button.type = "button";
  button.appendChild(make("b", "", claim.tag));
  button.appendChild(document.createTextNode(" "));
  button.appendChild(make("bdi", "", claim.point));
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", function () { openCard(claim, button); });
  dot.addEventListener("click", function () { openCard(claim, button); });
  L.DomEvent.disableClickPropagation(button);
  L.DomEvent.disableClickPropagation(dot);
  pins.appendChild(dot);
  pins.appendChild(button);
  return { claim: claim, dot: dot, button: button, at: L.latLng(claim.lat, claim.lon) };
});

// ---- where things are in the frame -------------------------------------------------------------------
// Chains of points; of an area, its rings.
function pixels(layer) {
  function walk(item) {
    if (item.lat !== undefined) { return [[map.latLngToContainerPoint(item)]]; }
    if (item.length && item[0].lat !== undefined) {
      return [item.map(function (p) { return map.latLngToContainerPoint(p); })];
    }
    return item.reduce(function (sum, part) { return sum.concat(walk(part)); }, []);
  }
  return walk(layer.getLatLngs());
}
// Whether a ground holds a point of the frame: where each row of pixels enters it and leaves it again.
function cover(rings, size) {
  var STEP = 4, rows = [];
  rings.forEach(function (ring) {
    ring.forEach(function (p, place) {
      var q = ring[(place + 1) % ring.length];
      var first = Math.max(0, Math.ceil(Math.min(p.y, q.y) / STEP));
      var last = Math.min(Math.ceil(size.y / STEP), Math.ceil(Math.max(p.y, q.y) / STEP) - 1);
      for (var r = first; r <= last; r += 1) {
        (rows[r] = rows[r] || []).push(p.x + (r * STEP - p.y) / (q.y - p.y) * (q.x - p.x));
      }
    });
  });
  rows.forEach(function (row) { row.sort(function (a, b) { return a - b; }); });
  return function (x, y) {
    var row = rows[Math.round(y / STEP)] || [], count = 0;
    while (count < row.length && row[count] < x) { count += 1; }
    return count % 2 === 1;
  };
}
// For each territory that is shown: whether its ground, less the grounds painted over it, holds a point.
function sides(size) {
  var painted = features.filter(function (feature) { return feature.kind === "ground" && isOn(feature); });
  painted.forEach(function (feature) { feature.covers = cover(pixels(feature.layer), size); });
  return painted.map(function (feature, place) {
    var over = painted.slice(place + 1);
    return { territory: feature.territory, covers: function (x, y) {
      return feature.covers(x, y) && !over.some(function (other) { return other.covers(x, y); });
    } };
  });
}
function everywhere() { return true; }

// ---- labels that do not hide each other --------------------------------------------------------------
// Middles that a label of a dot may take; `lean` is -1 where up is better, 1 where down is.
function around(x, y, w, h, lean) {
  var dx = w / 2 + 13, out = [[x + dx, y], [x - dx, y]];
  [0.7, 1.2, 2, 3.2].forEach(function (ring) {
    [lean || -1, -(lean || -1)].forEach(function (side) {
      var dy = side * ring * (h + 4);
      out.push([x + dx, y + dy], [x - dx, y + dy]);
      if (ring > 1) { out.push([x, y + dy + side * 6]); }
    });
  });
  return out;
}
// Middles beside a curve, the ones near the middle of the frame first.
function along(chains, size, w, h) {
  var out = [];
  chains.forEach(function (chain) {
    var length = 0, next = 20;
    for (var i = 1; i < chain.length; i += 1) {
      var p = chain[i - 1], q = chain[i], step = Math.hypot(q.x - p.x, q.y - p.y);
      while (next <= length + step && step > 0) {
        var t = (next - length) / step, x = p.x + (q.x - p.x) * t, y = p.y + (q.y - p.y) * t;
        if (x > 0 && y > 0 && x < size.x && y < size.y) {
          var nx = -(q.y - p.y) / step, ny = (q.x - p.x) / step, off = Math.abs(nx) * w / 2 + Math.abs(ny) * h / 2 + 5;
          out.push([x + nx * off, y + ny * off], [x - nx * off, y - ny * off]);
        }
        next += 34;
      }
      length += step;
    }
  });
  return out.sort(function (p, q) { return Math.abs(p[0] - size.x * 0.55) - Math.abs(q[0] - size.x * 0.55); }).slice(0, 240);
}
// Middles of a label of a way from a to b: beside it; where it is short or runs east, above and below.
function besideWay(a, b, w, h) {
  var out = [];
  [0.5, 0.62, 0.38, 0.74, 0.26].forEach(function (t) {
    [-1, 1].forEach(function (side) { out.push([a.x + (b.x - a.x) * t + side * (w / 2 + 8), a.y + (b.y - a.y) * t]); });
  });
  [-1, 1].forEach(function (side) {
    out.push([(a.x + b.x) / 2, (a.y + b.y) / 2 + side * (Math.abs(b.y - a.y) / 2 + h / 2 + 10)]);
  });
  return out;
}
function name(words, classes, second, language) {
  var node = make("span", "gi-label " + classes);
  node.appendChild(make("bdi", "", words));
  if (second && second !== words) {
    var below = make("bdi", "gi-second", second);
    below.lang = language;
    node.appendChild(below);
  }
  names.appendChild(node);
  return node;
}
// Lay a label out on the board, or take it away again.
function settle(board, node, candidates, reluctance, most) {
  var w = node.offsetWidth, h = node.offsetHeight;
  var found = board.place(w, h, candidates(w, h), reluctance, most);
  if (found) { put(node, found.x - w / 2, found.y - h / 2); } else { node.remove(); }
}
// Whether a point of the frame lies where lines and ground are drawn.
function isDrawn(x, y) {
  var edge = features.filter(function (feature) { return feature.kind === "edge"; })[0];
  return !edge || edge.layer.getBounds().contains(map.containerPointToLatLng([x, y]));
}
// What stands over the map keeps its room; the middle of the rest is returned.
function blockFurniture(board, size) {
  var around_ = frame.getBoundingClientRect(), left = 0, right = size.x;
  all(".gi-over, .leaflet-control-zoom", box).forEach(function (node) {
    var r = node.getBoundingClientRect();
    if (!r.width) { return; }
    var x0 = r.left - around_.left, x1 = r.right - around_.left;
    board.block(x0 - 4, r.top - around_.top - 4, x1 + 4, r.bottom - around_.top + 4);
    if (node !== legend || !legend.open) { return; }
    if (mirrored) { left = Math.min(size.x / 2, x1); } else { right = Math.max(size.x / 2, x0); }
  });
  return { x: (left + right) / 2, y: size.y / 2 };
}
function label() {
  var size = map.getSize();
  if (!size.x || !size.y) { return; }
  scale(size);
  var board = new Board(size), middle = blockFurniture(board, size), grounds = sides(size);
  function groundOf(territory) {
    var own = grounds.filter(function (each) { return each.territory === territory; })[0];
    return own ? own.covers : everywhere;
  }
  grid(size, board);
  names.textContent = "";
  wires.textContent = "";
  var seen = features.filter(function (feature) { return feature.kind !== "ground" && isOn(feature); });
  seen.forEach(function (feature) {
    feature.pixels = pixels(feature.layer);
    var weight = feature.kind === "line" ? (isOf(feature) ? 3 : 1) : feature.kind === "beyond" || feature.kind === "spread" ? 0.5 : feature.key === "b0" ? 0.2 : 1.5;
    feature.pixels.forEach(function (chain) { board.trace(chain, weight); });
    if (feature.kind === "band") { board.shade(cover(feature.pixels, size)); }
  });
  var spots = data.places.map(function (place) {
    var p = map.latLngToContainerPoint([place[1], place[0]]);
    put(name("", "gi-town"), p.x - 4, p.y - 4);
    board.block(p.x - 5, p.y - 5, p.x + 5, p.y + 5);
    return { place: place, p: p };
  });
  wires.setAttribute("width", size.x);
  wires.setAttribute("height", size.y);
  L.DomUtil.setPosition(wires, map.containerPointToLayerPoint([0, 0]));
  labelPins(board, size);
  var ways = seen.filter(isReach);
  ways.forEach(function (feature) { board.bar(feature.pixels[0][0], feature.pixels[0][feature.pixels[0].length - 1]); });
  ways.forEach(function (feature) {
    var ends = feature.pixels[0], gap = data.gaps[feature.row];
    var words = gap ? gap.by[feature.sources[0]] : (ways.length > 1 ? tagOf(feature.claim) + " " : "") + data.lengths[feature.number];
    settle(board, name(words, gap ? "gi-apart" : "gi-measured"), function (w, h) { return besideWay(ends[0], ends[ends.length - 1], w, h); }, 0.6);
  });
  spots.forEach(function (spot) {
    settle(board, name(spot.place[3], "gi-place", spot.place[4], spot.place[5]), function (w, h) {
      var clear = groundOf(spot.place[2]), near = around(spot.p.x, spot.p.y, w, h).slice(0, 11);
      var own = near.filter(function (p) { return clear(p[0], p[1]); });
      return own.length ? own : near;
    }, 1.6);
  });
  seen.filter(isGround).forEach(function (feature) {
    var found = feature.row < 0 ? data.labels[feature.claim] : feature.kind === "joint" ? data.joints[feature.row] : null;
    if (!found) { return; }
    // On the ground that the claim speaks of, never on the other side's.
    var clear = groundOf(found[1]);
    settle(board, name(found[0], "gi-curve p" + feature.colour), function (w, h) {
      return along(feature.pixels, size, w, h).filter(function (spot) { return clear(spot[0], spot[1]); });
    }, 0.25);
  });
  seen.forEach(function (feature) {
    var source = data.sources[feature.sources[0]];
    if (feature.kind !== "line" || isOf(feature) || source.fit) { return; }
    settle(board, name(text("unfit", { source: source.title }), "gi-unfit"), function (w, h) {
      return along(feature.pixels, size, w, h).filter(function (spot) { return isDrawn(spot[0], spot[1]); });
    }, 0.25, 2);
  });
  grounds.forEach(function (ground) { country(board, ground, size, middle); });
  if (state.on.b0) { labelTowns(board, size); }
  labelRod(size);
}
function labelPins(board, size) {
  var shown = pills.filter(function (pill) {
    pill.p = map.latLngToContainerPoint(pill.at);
    put(pill.dot, pill.p.x - 8, pill.p.y - 8);
    board.block(pill.p.x - 8, pill.p.y - 8, pill.p.x + 8, pill.p.y + 8);
    return !pill.button.hidden;
  });
  // Sizes are read before anything is moved: a page that is measured and changed in turn is laid out each time.
  shown.forEach(function (pill) { pill.button.classList.remove("is-short"); });
  shown.forEach(function (pill) { pill.long = [pill.button.offsetWidth, pill.button.offsetHeight]; });
  shown.forEach(function (pill) { pill.button.classList.add("is-short"); });
  shown.forEach(function (pill) { pill.brief = [pill.button.offsetWidth, pill.button.offsetHeight]; });
  shown.forEach(function (pill) {
    var lean = shown.reduce(function (sum, other) {
      return other.p.distanceTo(pill.p) < 40 ? sum + pill.p.y - other.p.y : sum;
    }, 0);
    var inside = pill.p.x > 0 && pill.p.y > 0 && pill.p.x < size.x && pill.p.y < size.y, found = null, w;
    // Where there is no room for the whole name, its tag may do.
    [pill.long, pill.brief].forEach(function (room) {
      if (!inside || found) { return; }
      w = room[0];
      found = board.place(w, room[1], around(pill.p.x, pill.p.y, w, room[1], Math.sign(lean)), 1);
      pill.button.classList.toggle("is-short", room === pill.brief);
      if (found) { put(pill.button, found.x - w / 2, found.y - room[1] / 2); }
    });
    pill.button.classList.toggle("is-lost", !found);
    if (!found || Math.abs(found.y - pill.p.y) <= 14) { return; }
    var edge = found.x + (found.x < pill.p.x ? 1 : -1) * Math.min(w / 2, Math.abs(found.x - pill.p.x));
    wires.appendChild(draw("line", { x1: pill.p.x, y1: pill.p.y, x2: edge, y2: found.y, "class": "p" + pill.claim.colour }));
  });
}
// Towns stand behind everything: one has its dot and its name where both find room, or neither.
function labelTowns(board, size) {
  data.towns.forEach(function (town) {
    var p = map.latLngToContainerPoint([town[4], town[3]]);
    if (p.x < 6 || p.y < 6 || p.x > size.x - 6 || p.y > size.y - 6 || !board.place(8, 8, [[p.x, p.y]], 0)) { return; }
    var words = name(town[0], "gi-behind", town[1], town[2]);
    settle(board, words, function (w, h) { return around(p.x, p.y, w - 10, h).slice(0, 11); }, 1, 14);
    if (words.isConnected) { put(name("", "gi-hollow"), p.x - 3, p.y - 3); }
  });
}
function country(board, ground, size, middle) {
  var clear = ground.covers, found = data.territories[ground.territory];
  function far(p) { return Math.hypot((p[0] - middle.x) / size.x, (p[1] - middle.y) / size.y); }
  settle(board, name(found[0], "gi-land", found[1], found[2]), function (w, h) {
    var out = [];
    for (var x = w / 2 + 20; x < size.x - w / 2 - 10; x += 34) {
      for (var y = h / 2 + 20; y < size.y - h / 2 - 10; y += 34) {
        if (clear(x, y) && clear(x - w / 2 - 16, y - h) && clear(x + w / 2 + 16, y - h) &&
            clear(x - w / 2 - 16, y + h) && clear(x + w / 2 + 16, y + h)) { out.push([x, y]); }
      }
    }
    return out.sort(function (p, q) { return far(p) - far(q); });
  }, 0.03, 18);
}

// ---- grid and scale ------------------------------------------------------------------------------------
function round(ideal) {
  var power = Math.pow(10, Math.floor(Math.log10(ideal)));
  return [1, 2, 5, 10].map(function (s) { return s * power; }).reduce(function (a, b) {
    return Math.abs(Math.log(a / ideal)) <= Math.abs(Math.log(b / ideal)) ? a : b;
  });
}
function grid(size, board) {
  var bounds = map.getBounds(), step = round((bounds.getEast() - bounds.getWest()) / Math.max(2, size.x / 190));
  var decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), d = "", texts = [];
  gridSvg.textContent = "";
  gridSvg.setAttribute("width", size.x);
  gridSvg.setAttribute("height", size.y);
  L.DomUtil.setPosition(gridSvg, map.containerPointToLayerPoint([0, 0]));
  // At the first of the heights that is free.
  function tick(x, heights, value, letters, anchor) {
    var near = Math.abs(value) < step / 2, middle = anchor === "start" ? x + 22 : x;
    var found = board.place(44, 14, heights.map(function (y) { return [middle, y - 5]; }), 1000);
    if (!found) { return; }
    var words = draw("text", { x: x, y: found.y + 5, "text-anchor": anchor });
    words.textContent = figure(Math.abs(value), decimals) + "°" + (near ? "" : " " + data.words[letters[value < 0 ? 1 : 0]]);
    texts.push(words);
  }
  for (var i = Math.ceil(bounds.getWest() / step); i * step < bounds.getEast(); i += 1) {
    var x = map.latLngToContainerPoint([bounds.getCenter().lat, i * step]).x;
    d += "M" + x + " 0V" + size.y;
    if (x > 60 && x < size.x - 30) { tick(x, [17, 64, size.y - 64], turned(i * step), "EW", "middle"); }
  }
  for (var j = Math.ceil(bounds.getSouth() / step); j * step < bounds.getNorth(); j += 1) {
    var y = map.latLngToContainerPoint([j * step, bounds.getCenter().lng]).y;
    d += "M0 " + y + "H" + size.x;
    if (y > 40 && y < size.y - 40) { tick(6, [y - 4], j * step, "NS", "start"); }
  }
  gridSvg.appendChild(draw("path", { d: d || "M0 0" }));
  texts.forEach(function (words) { gridSvg.appendChild(words); });
}
function scale(size) {
  var y = size.y - 20, from = map.containerPointToLatLng([0, y]), to = map.containerPointToLatLng([100, y]);
  var hundred = inverse(from, to);
  if (!hundred) { return; }
  var metres = round(hundred * 0.95), bar = byId("gi-scale-bar"), km = metres >= 1000, value = km ? metres / 1000 : metres;
  bar.style.width = metres / hundred * 100 + "px";
  bar.textContent = text(km ? "km" : "m", { value: figure(value, value < 1 ? 1 : 0) });
}
