// ---- pictures that stand alone -------------------------------------------------------------------------
// What the page's style sheet makes of an element is written into it: a saved picture has no other sheet, and no script.
var STYLES = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  "stroke-linecap", "stroke-linejoin", "paint-order", "marker-start", "marker-end", "opacity", "font-size", "font-weight", "letter-spacing", "text-anchor",
  "direction"];
var INKED = ["fill", "stroke"];
var LETTERS = "Noto Sans, Noto Naskh Arabic, DejaVu Sans, sans-serif";
function styled(from, to, matters) {
  var sheet = window.getComputedStyle(from);
  matters.forEach(function (property) {
    var value = sheet.getPropertyValue(property);
    if (value && ["auto", "normal", "none"].indexOf(value) < 0 || value === "none" && INKED.indexOf(property) >= 0) { to.setAttribute(property, value.split("\"").join("")); }
  });
}
function isSeen(node) {
  var sheet = window.getComputedStyle(node);
  return sheet.display !== "none" && sheet.visibility !== "hidden";
}
// A copy of an element of SVG with its styles written out; null for what does not show.
function copyOf(node) {
  if (!isSeen(node) && node.closest("defs") === null) { return null; }
  var made = draw(node.tagName, {});
  ["d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "viewBox", "transform", "id",
    "dx", "dy", "patternUnits", "patternTransform", "clip-path", "points", "text-anchor", "markerWidth", "markerHeight",
    "markerUnits", "refX", "refY", "orient"].forEach(function (name) {
    if (node.hasAttribute(name)) { made.setAttribute(name, node.getAttribute(name)); }
  });
  if (["path", "rect", "circle", "line", "polygon", "text", "tspan"].indexOf(node.tagName) >= 0) { styled(node, made, STYLES); }
  Array.prototype.forEach.call(node.childNodes, function (child) {
    var copied = child.nodeType === 1 ? copyOf(child) : document.createTextNode(child.data || "");
    if (copied) { made.appendChild(copied); }
  });
  return made;
}
function usedPatterns(svg) {
  var defs = draw("defs", {}), inked = new XMLSerializer().serializeToString(svg);
  all(".gi-patterns pattern, .gi-patterns marker").forEach(function (pattern) {
    if (inked.indexOf("#" + pattern.id + ")") >= 0) { defs.appendChild(copyOf(pattern)); }
  });
  svg.insertBefore(defs, svg.firstChild);
}
function colour(name) { return window.getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
function letters(words, x, y, size, attributes) {
  var made = draw("text", { x: x, y: y, "font-size": size, fill: colour("--text") });
  Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
  made.textContent = words;
  return made;
}
// Lines of about so many pixels: a picture cannot break its text.
function wrapped(words, size, width) {
  var rows = [""];
  words.split(" ").forEach(function (word) {
    var longer = rows[rows.length - 1] + (rows[rows.length - 1] ? " " : "") + word;
    if (longer.length * size * 0.55 <= width || !rows[rows.length - 1]) { rows[rows.length - 1] = longer; } else { rows.push(word); }
  });
  return rows;
}
// The credits of every source whose line is seen, the chosen one first.
function credits(everyLine) {
  var own = chosen(), out = credited();
  data.sources.forEach(function (source) {
    if (everyLine && own.indexOf(source) < 0) { out.push(text("also", { source: source.title, credit: source.credit })); }
  });
  return out;
}
// The frame of a picture: ground, title above, credit below; `paint` adds what is between.
function sheet(width, height, sentences, paint) {
  var head = wrapped(data.title, 15, width - 20), top = 12 + 20 * head.length, notes = [];
  sentences.forEach(function (words) { notes = notes.concat(wrapped(words, 11, width - 20)); });
  var room = top + 16 + 16 * notes.length;
  var svg = draw("svg", { xmlns: SVG, viewBox: "0 0 " + width + " " + (height + room), width: width, height: height + room,
    "font-family": LETTERS, role: "img", lang: document.documentElement.lang });
  var title = draw("title", {}), side = mirrored ? { direction: "rtl", x: width - 10 } : {};
  title.textContent = data.title;
  svg.appendChild(title);
  svg.appendChild(draw("rect", { width: width, height: height + room, fill: colour("--panel") }));
  head.forEach(function (words, row) { svg.appendChild(letters(words, 10, 22 + 20 * row, 15, Object.assign({ "font-weight": 700 }, side))); });
  var inner = draw("svg", { y: top, width: width, height: height, viewBox: "0 0 " + width + " " + height });
  paint(inner);
  svg.appendChild(inner);
  notes.forEach(function (words, row) { svg.appendChild(letters(words, 10, top + height + 18 + 16 * row, 11, side)); });
  usedPatterns(svg);
  return svg;
}
function pictureOfMap() {
  var size = map.getSize(), home_ = frame.getBoundingClientRect(), origin = map.containerPointToLayerPoint([0, 0]);
  var notes = credits(state.on.o0).concat(text("view", { tolerance: data.tolerance }), state.on.b0 ? data.behind : []);
  return sheet(size.x, size.y, notes, function (inner) {
    inner.appendChild(draw("rect", { width: size.x, height: size.y, fill: colour("--void") }));
    // Leaflet counts from a corner of its own that moves with the map.
    var moved = draw("g", { transform: "translate(" + -origin.x + " " + -origin.y + ")" });
    function add(node) {
      var copied = copyOf(node);
      if (copied) { (node.closest(".gi-grid-svg, .gi-wires, .gi-spot, .gi-swatch") ? inner : moved).appendChild(copied); }
    }
    var panes = all(".leaflet-pane", frame).filter(function (each) { return each.querySelector(":scope > svg"); });
    panes.sort(function (a, b) { return window.getComputedStyle(a).zIndex - window.getComputedStyle(b).zIndex; });
    inner.appendChild(moved);
    panes.forEach(function (each) {
      if (each.contains(gridSvg)) {
        // The grid lies over the ground and under the rest.
        inner.appendChild(moved);
        all(":scope > *", gridSvg).forEach(add);
        moved = draw("g", { transform: moved.getAttribute("transform") });
        inner.appendChild(moved);
      } else if (!each.contains(wires)) { all("path", each).forEach(add); }
    });
    all("line", wires).forEach(add);
    all(".gi-label, .gi-pill, .gi-tip span", pane).forEach(function (node) { writeLabel(inner, node, home_); });
    pills.forEach(function (pill) {
      if (!isSeen(pill.dot)) { return; }
      var spot = copyOf(pill.dot.querySelector("path"));
      spot.setAttribute("transform", "translate(" + (pill.p.x - 7.5) + " " + (pill.p.y - 7.5) + ") scale(0.9375)");
      inner.appendChild(spot);
    });
    drawFurniture(inner, size);
  });
}
function writeLabel(inner, node, home_) {
  if (!isSeen(node)) { return; }
  var r = node.getBoundingClientRect(), look = window.getComputedStyle(node), x = r.left - home_.left, y = r.top - home_.top;
  if (node.classList.contains("gi-town") || node.classList.contains("gi-hollow")) {
    inner.appendChild(draw("circle", { cx: x + r.width / 2, cy: y + r.height / 2, r: r.width / 2 - 0.5, fill: look.backgroundColor, stroke: look.borderTopColor }));
    return;
  }
  var boxed = node.classList.contains("gi-pill");
  if (boxed) {
    inner.appendChild(draw("rect", { x: x + 1, y: y + 1, width: r.width - 2, height: r.height - 2, rx: 13,
      fill: look.backgroundColor, stroke: look.borderTopColor, "stroke-width": 2 }));
  }
  var lines = boxed ? [node] : all("bdi", node);
  (lines.length ? lines : [node]).forEach(function (each) {
    var own = each.getBoundingClientRect(), style = window.getComputedStyle(each), size = parseFloat(style.fontSize);
    var words = boxed && node.classList.contains("is-short") ? node.querySelector("b").textContent : each.textContent;
    inner.appendChild(letters(style.textTransform === "uppercase" ? words.toUpperCase() : words,
      own.left - home_.left + own.width / 2, own.top - home_.top + own.height / 2 + size * 0.35, size,
      { "text-anchor": "middle", "font-weight": style.fontWeight, fill: style.color,
        "letter-spacing": style.letterSpacing === "normal" ? 0 : style.letterSpacing,
        stroke: boxed ? "none" : colour("--halo"), "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" }));
  });
}
function drawFurniture(inner, size) {
  var bar = byId("gi-scale-bar"), width = bar.getBoundingClientRect().width, y = size.y - 16;
  inner.appendChild(draw("rect", { x: 8, y: y - 22, width: width + 60, height: 32, fill: colour("--panel"), rx: 3 }));
  inner.appendChild(draw("path", { d: "M14 " + (y - 6) + "v6h" + width + "v-6", fill: "none", stroke: colour("--text"), "stroke-width": 1.5 }));
  inner.appendChild(letters(bar.textContent, 18, y - 5, 12));
  inner.appendChild(letters(all(".north", box)[0].textContent, width + 24, y, 13, { "font-weight": 700 }));
  inner.appendChild(draw("rect", { x: 0.5, y: 0.5, width: size.x - 1, height: size.y - 1, fill: "none", stroke: colour("--line") }));
}
function pictureOfStrip() {
  var strips = all("[aria-labelledby=h-strip] svg.gi-strip").map(function (strip) { return { strip: strip, box: strip.viewBox.baseVal }; });
  var width = strips.reduce(function (most, each) { return Math.max(most, each.box.width); }, 640);
  var height = strips.reduce(function (sum, each) { return sum + each.box.height + 12; }, 0);
  return sheet(width, height, credits(true), function (inner) {
    var y = 0;
    strips.forEach(function (each) {
      var copied = copyOf(each.strip);
      copied.setAttribute("x", (width - each.box.width) / 2);
      copied.setAttribute("y", y);
      copied.setAttribute("width", each.box.width);
      copied.setAttribute("height", each.box.height);
      inner.appendChild(copied);
      y += each.box.height + 12;
    });
  });
}
