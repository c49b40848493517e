(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("gi-data").textContent);
  var map = window[data.map];
  var box = document.getElementById("gi-box");
  var frame = document.getElementById(data.map);
  var SVG = "http://www.w3.org/2000/svg";
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var touch = window.matchMedia("(hover: none) and (pointer: coarse)").matches;
  var state = { source: 0, others: true, on: {}, connectors: {} };

  function byId(id) { return document.getElementById(id); }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  // Text enters the page through text nodes only.
  function make(tag, name, text) {
    var node = document.createElement(tag);
    if (name) { node.className = name; }
    if (text !== undefined && text !== null) { node.textContent = text; }
    return node;
  }
  function draw(tag, attributes) {
    var node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    return node;
  }

  // ---- the ellipsoid -----------------------------------------------------------------------------------
  // T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid", Survey Review 23 (1975),
  // inverse formula, WGS 84. Near antipodes it does not converge: the answer is then null.
  function inverse(from, to) {
    var a = 6378137, f = 1 / 298.257223563, b = a * (1 - f), rad = Math.PI / 180;
    var L = (to.lng - from.lng) * rad;
    var U1 = Math.atan((1 - f) * Math.tan(from.lat * rad)), U2 = Math.atan((1 - f) * Math.tan(to.lat * rad));
    var s1 = Math.sin(U1), c1 = Math.cos(U1), s2 = Math.sin(U2), c2 = Math.cos(U2);
    var lambda = L, turns = 0, before, sinS, cosS, sigma, cos2A, cos2M, sinL, cosL;
    do {
      sinL = Math.sin(lambda); cosL = Math.cos(lambda);
      sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
      if (sinS === 0) { return 0; }
      cosS = s1 * s2 + c1 * c2 * cosL;
      sigma = Math.atan2(sinS, cosS);
      var sinA = c1 * c2 * sinL / sinS;
      cos2A = 1 - sinA * sinA;
      cos2M = cos2A === 0 ? 0 : cosS - 2 * s1 * s2 / cos2A;
      var C = f / 16 * cos2A * (4 + f * (4 - 3 * cos2A));
      before = lambda;
      lambda = L + (1 - C) * f * sinA * (sigma + C * sinS * (cos2M + C * cosS * (2 * cos2M * cos2M - 1)));
      turns += 1;
    } while (Math.abs(lambda - before) > 1e-12 && turns < 100);
    if (turns >= 100) { return null; }
    var u2 = cos2A * (a * a - b * b) / (b * b);
    var A = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    var B = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    var delta = B * sinS * (cos2M + B / 4 * (cosS * (2 * cos2M * cos2M - 1) -
      B / 6 * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3)));
    return b * A * (sigma - delta);
  }

  // ---- how figures are written -------------------------------------------------------------------------
  function lengthText(metres) {
    if (metres === null) { return "not computable here"; }
    return metres < 999.95 ? metres.toFixed(metres < 100 ? 1 : 0) + " m" : (metres / 1000).toFixed(2) + " km";
  }
  function dmsPart(value, letters) {
    var tenths = Math.round(Math.abs(value) * 36000), d = Math.floor(tenths / 36000);
    var m = Math.floor(tenths % 36000 / 600), s = (tenths % 600) / 10;
    return d + "°" + (m < 10 ? "0" : "") + m + "′" + (s < 10 ? "0" : "") + s.toFixed(1) + "″" + letters[value < 0 ? 1 : 0];
  }
  function placeText(at) {
    return at.lat.toFixed(4) + ", " + at.lng.toFixed(4) + " (" + dmsPart(at.lat, "NS") + " " + dmsPart(at.lng, "EW") + ")";
  }

  // ---- what folium drew, by the numbers in its class names ---------------------------------------------
  var layers = {};
  map.eachLayer(function (layer) {
    var name = layer.options && layer.options.className;
    var found = name && new RegExp("gi-f(\\d+)").exec(name);
    if (found) { layers[found[1]] = layer; }
  });
  var features = data.features.map(function (row) {
    return { number: row[0], kind: row[1], sources: row[2], claim: row[3], territory: row[4], colour: row[5],
      layer: layers[row[0]] };
  }).filter(function (feature) { return feature.layer; });
  all("svg", map.getPanes().mapPane).forEach(function (svg) { svg.setAttribute("aria-hidden", "true"); });

  function tagOf(number) {
    var claim = data.claims.filter(function (each) { return each.number === number; })[0];
    return claim ? claim.tag : "";
  }
  function isOf(feature) { return feature.sources.indexOf(state.source) >= 0; }
  function isOn(feature) {
    if (feature.kind === "line") { return isOf(feature) || state.others; }
    if (feature.sources.length && !isOf(feature)) { return false; }
    if (feature.kind === "ground" || feature.kind === "edge") { return true; }
    if (feature.kind === "connector") { return Boolean(state.connectors[feature.claim]); }
    return Boolean(state.on[feature.claim]);
  }
  function paint() {
    features.forEach(function (feature) {
      var path = feature.layer.getElement();
      if (!path) { return; }
      path.classList.toggle("is-off", !isOn(feature));
      if (feature.kind === "line") {
        var chosen = isOf(feature);
        path.classList.toggle("is-selected", chosen);
        path.classList.toggle("is-other", !chosen);
        if (chosen) { feature.layer.bringToFront(); }
      }
    });
    features.forEach(function (feature) {
      if (feature.kind === "connector" && isOn(feature)) { feature.layer.bringToFront(); }
    });
    pills.forEach(function (pill) {
      pill.button.hidden = pill.dot.hidden = !state.on[pill.claim.number];
    });
    all(".gi-src").forEach(function (tick) {
      tick.classList.toggle("is-chosen", tick.classList.contains("m" + state.source));
    });
    var source = data.sources[state.source];
    byId("gi-credit").textContent = source ? source.credit : "";
    all(".gi-title").forEach(function (node) { node.textContent = source ? source.title : ""; });
    label();
    read();
  }

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
  pane.appendChild(wires);
  pane.appendChild(names);
  pane.appendChild(pins);

  var SHAPES = {
    circle: "M8 2a6 6 0 1 0 .01 0z", square: "M2.6 2.6h10.8v10.8H2.6z", diamond: "M8 .8 15.2 8 8 15.2.8 8z",
    triangle: "M8 1 15 14H1z", hexagon: "M4.5 2h7l3.5 6-3.5 6h-7L1 8z"
  };
  var pills = data.claims.filter(function (claim) { return claim.lat !== undefined; }).map(function (claim) {
    var dot = make("span", "gi-spot p" + claim.colour);
    var svg = draw("svg", { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" });
    svg.appendChild(draw("path", { d: SHAPES[claim.marker] }));
    dot.appendChild(svg);
    var button = make("button", "gi-pill p" + claim.colour);
    button.type = "button";
    button.appendChild(make("b", "", claim.tag));
    button.appendChild(document.createTextNode(" "));
    var words = make("bdi", "", claim.point);
    button.appendChild(words);
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", function () { openCard(claim, button); });
    dot.addEventListener("click", function () { openCard(claim, button); });
    L.DomEvent.disableClickPropagation(button);
    L.DomEvent.disableClickPropagation(dot);
    pins.appendChild(dot);
    pins.appendChild(button);
    return { claim: claim, dot: dot, button: button, at: L.latLng(claim.lat, claim.lon) };
  });

  // ---- labels that do not hide each other --------------------------------------------------------------
  var CELL = 7;
  function Board(size) { this.size = size; this.taken = []; this.cells = {}; }
  Board.prototype.block = function (x0, y0, x1, y1) { this.taken.push([x0, y0, x1, y1]); };
  Board.prototype.trace = function (points, weight) {
    for (var i = 1; i < points.length; i += 1) {
      var p = points[i - 1], q = points[i], w = this.size.x, h = this.size.y;
      if (Math.max(p.x, q.x) < 0 || Math.min(p.x, q.x) > w || Math.max(p.y, q.y) < 0 || Math.min(p.y, q.y) > h) { continue; }
      var n = Math.min(4000, Math.max(1, Math.ceil(Math.max(Math.abs(q.x - p.x), Math.abs(q.y - p.y)) / CELL)));
      for (var k = 0; k <= n; k += 1) {
        var key = Math.floor((p.x + (q.x - p.x) * k / n) / CELL) + "," + Math.floor((p.y + (q.y - p.y) * k / n) / CELL);
        this.cells[key] = Math.max(this.cells[key] || 0, weight);
      }
    }
  };
  // Hatched ground is no place for a label either, where there is another.
  Board.prototype.shade = function (covers) {
    for (var c = 0; c * CELL < this.size.x; c += 3) {
      for (var r = 0; r * CELL < this.size.y; r += 3) {
        if (!covers((c + 1.5) * CELL, (r + 1.5) * CELL)) { continue; }
        for (var k = 0; k < 9; k += 1) {
          var key = (c + k % 3) + "," + (r + Math.floor(k / 3));
          this.cells[key] = Math.max(this.cells[key] || 0, 0.7);
        }
      }
    }
  };
  Board.prototype.cost = function (x0, y0, x1, y1) {
    var sum = 0;
    for (var c = Math.floor(x0 / CELL); c <= Math.floor(x1 / CELL); c += 1) {
      for (var r = Math.floor(y0 / CELL); r <= Math.floor(y1 / CELL); r += 1) { sum += this.cells[c + "," + r] || 0; }
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
      if (self.taken.some(function (t) { return x0 < t[2] && t[0] < x1 && y0 < t[3] && t[1] < y1; })) { return; }
      var covered = self.cost(x0, y0, x1, y1), cost = covered + rank * reluctance;
      if (most !== undefined && covered > most) { return; }
      if (!best || cost < best.cost) { best = { cost: cost, x: spot[0], y: spot[1] }; }
    });
    if (best) { this.block(best.x - w / 2 - 3, best.y - h / 2 - 2, best.x + w / 2 + 3, best.y + h / 2 + 2); }
    return best;
  };

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
  function put(node, x, y) { L.DomUtil.setPosition(node, map.containerPointToLayerPoint([x, y])); }
  function name(text, classes, ar) {
    var node = make("span", "gi-label " + classes);
    node.appendChild(make("bdi", "", text));
    if (ar) {
      var second = make("bdi", "gi-second", ar);
      second.lang = "ar";
      node.appendChild(second);
    }
    names.appendChild(node);
    return node;
  }
  // Lay a label out on the board, or take it away again.
  function settle(board, node, candidates, reluctance, room, most) {
    var w = node.offsetWidth, h = node.offsetHeight, more = 2 * (room || 0);
    var found = board.place(w + more, h + more, candidates(w, h), reluctance, most);
    if (found) { put(node, found.x - w / 2, found.y - h / 2); } else { node.remove(); }
  }

  // Whether a point of the map's frame lies where lines and ground are drawn.
  function drawn(x, y) {
    var edge = features.filter(function (feature) { return feature.kind === "edge"; })[0];
    return !edge || edge.layer.getBounds().contains(map.containerPointToLatLng([x, y]));
  }
  function label() {
    var size = map.getSize();
    if (!size.x || !size.y) { return; }
    scale(size);
    var board = new Board(size), frameBox = frame.getBoundingClientRect(), right = size.x;
    all(".gi-over, .leaflet-control-zoom", box).forEach(function (node) {
      var r = node.getBoundingClientRect();
      if (r.width) { board.block(r.left - frameBox.left - 4, r.top - frameBox.top - 4, r.right - frameBox.left + 4, r.bottom - frameBox.top + 4); }
      if (node === legend && legend.open) { right = Math.max(size.x / 2, r.left - frameBox.left); }
    });
    var middle = { x: right / 2, y: size.y / 2 };
    grid(size, board);
    names.textContent = "";
    wires.textContent = "";
    features.forEach(function (feature) {
      if (feature.kind === "ground" || !isOn(feature)) { return; }
      feature.pixels = pixels(feature.layer);
      var weight = feature.kind === "line" ? (isOf(feature) ? 3 : 1) : feature.kind === "beyond" ? 0.5 : 1.5;
      feature.pixels.forEach(function (chain) { board.trace(chain, weight); });
      if (feature.kind === "band") { board.shade(inside(feature.layer.getElement())); }
    });
    var spots = data.places.map(function (place) {
      var p = map.latLngToContainerPoint([place[3], place[2]]);
      var dot = name("", "gi-town");
      put(dot, p.x - 4, p.y - 4);
      board.block(p.x - 5, p.y - 5, p.x + 5, p.y + 5);
      return { place: place, p: p };
    });
    var origin = map.containerPointToLayerPoint([0, 0]);
    wires.setAttribute("width", size.x);
    wires.setAttribute("height", size.y);
    L.DomUtil.setPosition(wires, origin);
    var shown = pills.filter(function (pill) {
      pill.p = map.latLngToContainerPoint(pill.at);
      put(pill.dot, pill.p.x - 8, pill.p.y - 8);
      board.block(pill.p.x - 8, pill.p.y - 8, pill.p.x + 8, pill.p.y + 8);
      return !pill.button.hidden;
    });
    shown.forEach(function (pill) {
      var lean = shown.reduce(function (sum, other) {
        return other.p.distanceTo(pill.p) < 40 ? sum + pill.p.y - other.p.y : sum;
      }, 0);
      var inside = pill.p.x > 0 && pill.p.y > 0 && pill.p.x < size.x && pill.p.y < size.y, found = null, w, h;
      // Where there is no room for the whole name, its tag may do.
      ["", "is-short"].forEach(function (how) {
        if (!inside || found) { return; }
        pill.button.classList.toggle("is-short", how !== "");
        w = pill.button.offsetWidth;
        h = pill.button.offsetHeight;
        found = board.place(w, h, around(pill.p.x, pill.p.y, w, h, Math.sign(lean)), 1);
      });
      pill.button.classList.toggle("is-lost", !found);
      if (!found) { return; }
      put(pill.button, found.x - w / 2, found.y - h / 2);
      if (Math.abs(found.y - pill.p.y) > 14) {
        var edge = found.x + (found.x < pill.p.x ? 1 : -1) * Math.min(w / 2, Math.abs(found.x - pill.p.x));
        wires.appendChild(draw("line", { x1: pill.p.x, y1: pill.p.y, x2: edge, y2: found.y, "class": "p" + pill.claim.colour }));
      }
    });
    var ways = features.filter(function (feature) { return feature.kind === "connector" && isOn(feature); });
    ways.forEach(function (feature) { board.bar(feature.pixels[0][0], feature.pixels[0][feature.pixels[0].length - 1]); });
    ways.forEach(function (feature) {
      var ends = feature.pixels[0], a = ends[0], b = ends[ends.length - 1];
      settle(board, name((ways.length > 1 ? tagOf(feature.claim) + " " : "") + data.lengths[feature.number], "gi-measured"), function (w, h) {
        var out = [];
        [0.5, 0.62, 0.38, 0.74, 0.26].forEach(function (t) {
          [-1, 1].forEach(function (side) {
            out.push([a.x + (b.x - a.x) * t + side * (w / 2 + 8), a.y + (b.y - a.y) * t]);
          });
        });
        // Beside it there is no room along a way that runs east or west, or that is short.
        [-1, 1].forEach(function (side) {
          out.push([(a.x + b.x) / 2, (a.y + b.y) / 2 + side * (Math.abs(b.y - a.y) / 2 + h / 2 + 10)]);
        });
        return out;
      }, 0.6);
    });
    spots.forEach(function (spot) {
      settle(board, name(spot.place[0], "gi-place", spot.place[1]), function (w, h) {
        var clear = groundOf(spot.place[4]), near = around(spot.p.x, spot.p.y, w, h).slice(0, 11);
        var own = near.filter(function (p) { return clear(p[0], p[1]); });
        return own.length ? own : near;
      }, 1.6);
    });
    features.forEach(function (feature) {
      var text = data.labels[feature.claim];
      if (!text || !isOn(feature) || ["ribbon", "band", "beyond"].indexOf(feature.kind) < 0) { return; }
      // On the ground that the claim speaks of, never on the other side's.
      var clear = groundOf(text[1]);
      settle(board, name(text[0], "gi-curve p" + feature.colour), function (w, h) {
        return along(feature.pixels, size, w, h).filter(function (spot) { return clear(spot[0], spot[1]); });
      }, 0.25);
    });
    features.forEach(function (feature) {
      var source = data.sources[feature.sources[0]];
      if (feature.kind !== "line" || isOf(feature) || !state.others || source.fit) { return; }
      settle(board, name(source.title + ", not fit for this scale", "gi-unfit"), function (w, h) {
        return along(feature.pixels, size, w, h).filter(function (spot) { return drawn(spot[0], spot[1]); });
      }, 0.25, 2, 3);
    });
    features.forEach(function (feature) {
      if (feature.kind === "ground" && isOn(feature)) { country(board, feature, size, middle); }
    });
  }
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
  // Whether a path's fill holds a point of the map's frame.
  function inside(path) {
    var point = path.ownerSVGElement.createSVGPoint(), origin = map.containerPointToLayerPoint([0, 0]);
    return function (x, y) {
      point.x = x + origin.x;
      point.y = y + origin.y;
      return path.isPointInFill(point);
    };
  }
  // Whether a ground, less the grounds painted over it, holds a point of the map's frame.
  function ownGround(feature) {
    var own = inside(feature.layer.getElement()), others = features.filter(function (other) {
      return other.kind === "ground" && other.number > feature.number && isOn(other);
    }).map(function (other) { return inside(other.layer.getElement()); });
    return function (x, y) { return own(x, y) && !others.some(function (covers) { return covers(x, y); }); };
  }
  function groundOf(territory) {
    var ground = features.filter(function (feature) {
      return feature.kind === "ground" && isOn(feature) && feature.territory === territory;
    })[0];
    return ground ? ownGround(ground) : function () { return true; };
  }
  function country(board, feature, size, middle) {
    var clear = ownGround(feature);
    function far(p) { return Math.hypot((p[0] - middle.x) / size.x, (p[1] - middle.y) / size.y); }
    settle(board, name(data.territories[feature.territory], "gi-land"), function (w, h) {
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
    function tick(x, y, value, letters, anchor) {
      var near = Math.abs(value) < step / 2, x0 = anchor === "start" ? x : x - 22;
      if (!board.place(44, 14, [[x0 + 22, y - 5]], 0)) { return; }
      var text = draw("text", { x: x, y: y, "text-anchor": anchor });
      text.textContent = Math.abs(value).toFixed(decimals) + "°" + (near ? "" : " " + letters[value < 0 ? 1 : 0]);
      texts.push(text);
    }
    for (var i = Math.ceil(bounds.getWest() / step); i * step < bounds.getEast(); i += 1) {
      var x = map.latLngToContainerPoint([bounds.getCenter().lat, i * step]).x;
      d += "M" + x + " 0V" + size.y;
      if (x > 60 && x < size.x - 30) { tick(x, 17, i * step, "EW", "middle"); }
    }
    for (var j = Math.ceil(bounds.getSouth() / step); j * step < bounds.getNorth(); j += 1) {
      var y = map.latLngToContainerPoint([j * step, bounds.getCenter().lng]).y;
      d += "M0 " + y + "H" + size.x;
      if (y > 40 && y < size.y - 40) { tick(6, y - 4, j * step, "NS", "start"); }
    }
    gridSvg.appendChild(draw("path", { d: d || "M0 0" }));
    texts.forEach(function (text) { gridSvg.appendChild(text); });
  }
  function scale(size) {
    var y = size.y - 20, from = map.containerPointToLatLng([0, y]), to = map.containerPointToLatLng([100, y]);
    var hundred = inverse(from, to);
    if (!hundred) { return; }
    var metres = round(hundred * 0.95), bar = byId("gi-scale-bar");
    bar.style.width = metres / hundred * 100 + "px";
    bar.textContent = metres >= 1000 ? metres / 1000 + " km" : metres + " m";
  }

  // ---- position under the pointer, and distance from the selected line ---------------------------------
  function fromLine(at) {
    var line = features.filter(function (f) { return f.kind === "line" && isOf(f); })[0];
    if (!line) { return null; }
    var k = Math.cos(at.lat * Math.PI / 180), best = Infinity, spot = null;
    (function walk(item) {
      if (item.length && item[0].lat !== undefined) {
        for (var i = 1; i < item.length; i += 1) {
          var ax = (item[i - 1].lng - at.lng) * k, ay = item[i - 1].lat - at.lat;
          var dx = (item[i].lng - item[i - 1].lng) * k, dy = item[i].lat - item[i - 1].lat, n = dx * dx + dy * dy;
          var t = n ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / n)) : 0, d = Math.hypot(ax + t * dx, ay + t * dy);
          if (d < best) { best = d; spot = L.latLng(at.lat + ay + t * dy, at.lng + (ax + t * dx) / k); }
        }
      } else { item.forEach(walk); }
    })(line.layer.getLatLngs());
    return spot && inverse(at, spot);
  }
  var pointer = null;
  function read() {
    var at = pointer || map.getCenter(), metres = fromLine(at), source = data.sources[state.source];
    byId("gi-where").textContent = (pointer ? "Pointer " : "Map centre ") + placeText(at);
    byId("gi-away").hidden = metres === null || !source;
    byId("gi-km").textContent = metres === null ? "" : (metres / 1000).toFixed(1);
  }
  map.on("mousemove", function (event) { pointer = event.latlng; read(); if (measuring) { stretch(event.latlng); } });
  map.on("mouseout", function () { pointer = null; read(); });

  // ---- measuring -----------------------------------------------------------------------------------------
  var measuring = false, start = null, rod = null, tip = null, measure = byId("gi-measure");
  function say(text) { byId("gi-say").textContent = text; }
  function clear() {
    [rod, tip].forEach(function (layer) { if (layer) { map.removeLayer(layer); } });
    rod = tip = start = null;
  }
  function stretch(to) {
    if (!start) { return; }
    if (!rod) {
      rod = L.polyline([start, to], { className: "gi-rod", interactive: false }).addTo(map);
      tip = L.marker(to, { interactive: false, keyboard: false, icon: L.divIcon({ className: "gi-tip", html: make("span"), iconSize: null }) }).addTo(map);
    }
    rod.setLatLngs([start, to]);
    tip.setLatLng(to);
    tip.getElement().firstChild.textContent = lengthText(inverse(start, to));
  }
  var last = null;
  function drop() {
    if (last) { map.removeLayer(last.rod); map.removeLayer(last.tip); last = null; }
  }
  function click(at) {
    if (!measuring) { return; }
    drop();
    if (!start) { start = at; say("First point set. Choose the second."); return; }
    stretch(at);
    say("Distance on the ellipsoid: " + lengthText(inverse(start, at)));
    last = { rod: rod, tip: tip };
    rod = tip = start = null;
  }
  function stop() {
    drop();
    clear();
    measuring = false;
    measure.setAttribute("aria-pressed", "false");
    frame.classList.remove("is-measuring");
    say("");
  }
  measure.addEventListener("click", function () {
    if (measuring) { stop(); return; }
    measuring = true;
    measure.setAttribute("aria-pressed", "true");
    frame.classList.add("is-measuring");
    say("Measuring: choose two points on the map, or press Enter twice at the map centre. Escape ends.");
  });
  map.on("click", function (event) { click(event.latlng); });

  // ---- the card of a position --------------------------------------------------------------------------
  var dialog = byId("gi-dialog"), opener = null;
  function line(list, term, text, lang) {
    if (!text) { return; }
    list.appendChild(make("dt", "", term));
    var dd = make("dd"), words = make("bdi", "", text);
    if (lang) { words.lang = lang; }
    words.dir = "auto";
    dd.appendChild(words);
    list.appendChild(dd);
  }
  function openCard(claim, button) {
    var list = byId("gi-dialog-list"), title = byId("gi-dialog-title");
    title.textContent = "";
    title.appendChild(make("span", "chip p" + claim.colour, claim.tag));
    title.appendChild(document.createTextNode(" "));
    title.appendChild(make("bdi", "", claim.headline));
    list.textContent = "";
    line(list, "Stated by", claim.party);
    line(list, "As printed", claim.printed, claim.lang);
    line(list, "Position", claim.position);
    line(list, "Prints the same", claim.cell);
    var source = data.sources[state.source], text = claim.distances[state.source];
    if (source && text) { line(list, "Shortest distance from the border", text + " by " + source.title); }
    byId("gi-dialog-more").href = "#claim-" + claim.number;
    dialog.classList.toggle("is-low", map.latLngToContainerPoint([claim.lat, claim.lon]).y < map.getSize().y / 2);
    dialog.hidden = false;
    opener = button;
    byId("gi-dialog-close").focus();
    label();
  }
  function closeCard() {
    if (dialog.hidden) { return; }
    dialog.hidden = true;
    label();
    if (opener && !opener.hidden) { opener.focus(); }
  }
  byId("gi-dialog-close").addEventListener("click", closeCard);
  byId("gi-dialog-more").addEventListener("click", function () { dialog.hidden = true; label(); });

  // ---- controls ------------------------------------------------------------------------------------------
  function checked(input) { return input.checked; }
  all("[data-claim]", box).forEach(function (input) {
    state.on[input.dataset.claim] = checked(input);
    input.addEventListener("change", function () { state.on[input.dataset.claim] = checked(input); paint(); });
  });
  all("[data-connector]", box).forEach(function (input) {
    state.connectors[input.dataset.connector] = checked(input);
    input.addEventListener("change", function () { state.connectors[input.dataset.connector] = checked(input); paint(); });
  });
  all("[data-source]", box).forEach(function (input) {
    input.addEventListener("change", function () { state.source = Number(input.dataset.source); paint(); });
  });
  var others = byId("gi-others");
  if (others) { others.addEventListener("change", function () { state.others = others.checked; paint(); }); }

  var legend = byId("gi-legend");
  legend.addEventListener("toggle", function () { label(); });
  function home(animate) {
    map.invalidateSize({ animate: false, pan: false });
    var v = data.view, aside = legend.open ? Math.min(legend.offsetWidth + 16, frame.clientWidth * 0.4) : 10;
    map.fitBounds([[v[1], v[0]], [v[3], v[2]]], { animate: Boolean(animate) && !still, paddingTopLeft: [10, 10], paddingBottomRight: [aside, 10] });
  }
  byId("gi-reset").addEventListener("click", function () { home(true); });
  byId("gi-theme").addEventListener("click", function () {
    var root = document.documentElement, dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    var now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  });
  all("[data-show]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { show(Number(button.dataset.show)); });
  });
  function show(number) {
    var targets = data.targets[number] || [number], bounds = L.latLngBounds([]), v = data.view;
    var opening = L.latLngBounds([[v[1], v[0]], [v[3], v[2]]]);
    targets.forEach(function (target) {
      var input = box.querySelector("[data-claim=\"" + target + "\"]");
      if (input && !input.checked) { input.checked = true; state.on[target] = true; }
      pills.forEach(function (pill) { if (pill.claim.number === target) { bounds.extend(pill.at); } });
      features.forEach(function (feature) {
        if (feature.claim === target && isOf(feature) && feature.kind === "connector") {
          bounds.extend(feature.layer.getBounds());
        }
        if (feature.claim === target && ["ribbon", "band", "beyond"].indexOf(feature.kind) >= 0) { bounds.extend(opening); }
      });
    });
    paint();
    if (bounds.isValid()) {
      map.fitBounds(bounds.pad(0.25), { animate: !still, maxZoom: 14, paddingBottomRight: [legend.open ? legend.offsetWidth + 16 : 10, 10] });
    }
    box.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    frame.focus({ preventScroll: true });
    say("The map shows " + targets.map(tagOf).join(", "));
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      if (measuring) { stop(); } else { closeCard(); }
    }
    if (event.key === "Enter" && measuring && event.target === frame) {
      event.preventDefault();
      click(map.getCenter());
    }
  });

  // ---- pictures from the network, only where the page was built to offer them and only when asked ---------
  var picture = null;
  all("[data-tiles]", box).forEach(function (input) {
    var choice = data.tiles[Number(input.dataset.tiles)];
    if (choice && choice.referrer && location.protocol === "file:") { input.disabled = true; }
    input.addEventListener("change", function () {
      if (picture) { map.removeLayer(picture); picture = null; }
      box.classList.remove("has-picture");
      byId("gi-tile-credit").textContent = "";
      if (!choice) { say(""); return; }
      say("Asking the provider for pictures …");
      var options = { maxZoom: 20, maxNativeZoom: choice.maxZoom, subdomains: choice.subdomains };
      if (choice.referrer) { options.referrerPolicy = "strict-origin-when-cross-origin"; }
      picture = L.tileLayer(choice.url, options);
      picture.once("tileload", function () { box.classList.add("has-picture"); say(""); });
      picture.once("tileerror", function () { say("The provider did not answer; the map without pictures stays."); });
      byId("gi-tile-credit").textContent = " Background: " + choice.credit;
      picture.addTo(map);
    });
  });

  // ---- start ---------------------------------------------------------------------------------------------
  if (frame.clientWidth < 760) { legend.open = false; }
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Interactive map");
  frame.setAttribute("aria-describedby", "gi-help");
  map.scrollWheelZoom.disable();
  frame.addEventListener("focusin", function () { map.scrollWheelZoom.enable(); });
  frame.addEventListener("focusout", function () { map.scrollWheelZoom.disable(); });
  if (touch) { map.dragging.disable(); byId("gi-touch").hidden = false; }
  home(false);
  map.setMinZoom(Math.max(0, Math.floor(map.getZoom()) - 3));
  paint();
  map.on("moveend zoomend", function () { label(); read(); });
  if (window.ResizeObserver) {
    new ResizeObserver(function () { map.invalidateSize({ animate: false, pan: false }); label(); }).observe(frame);
  }
  document.documentElement.dataset.ready = "true";
})();
