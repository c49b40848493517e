// ---- position under the pointer, and distance from the selected line ---------------------------------
function fromLine(at) {
  var k = Math.cos(at.lat * Math.PI / 180), best = Infinity, spot = null, by = null;
  function walk(item, source) {
    if (item.length && item[0].lat !== undefined) {
      for (var i = 1; i < item.length; i += 1) {
        var ax = (item[i - 1].lng - at.lng) * k, ay = item[i - 1].lat - at.lat;
        var dx = (item[i].lng - item[i - 1].lng) * k, dy = item[i].lat - item[i - 1].lat, n = dx * dx + dy * dy;
        var t = n ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / n)) : 0, d = Math.hypot(ax + t * dx, ay + t * dy);
        if (d < best) { best = d; by = source; spot = L.latLng(at.lat + ay + t * dy, at.lng + (ax + t * dx) / k); }
      }
    } else { item.forEach(function (part) { walk(part, source); }); }
  }
  features.forEach(function (f) {
    if (f.kind !== "line" || !isOf(f)) { return; }
    walk(f.layer.getLatLngs(), f.sources.filter(function (each) { return state.sources.indexOf(each) >= 0; })[0]);
  });
  return spot && { metres: inverse(at, spot), source: data.sources[by] };
}
var pointer = null;
function read() {
  var at = pointer || map.getCenter(), found = fromLine(at);
  byId("gi-where").textContent = text(pointer ? "pointer" : "centre", { position: placeText(at) });
  byId("gi-away").textContent = !found || found.metres === null ? "" : text("away", {
    distance: text("km", { value: figure(found.metres / 1000, 1) }), source: found.source.title
  });
}
map.on("mousemove", function (event) { pointer = event.latlng; read(); if (measuring) { stretch(event.latlng); } });
map.on("mouseout", function () { pointer = null; read(); });

// ---- measuring -----------------------------------------------------------------------------------------
var measuring = false, start = null, end = null, rod = null, measure = byId("gi-measure");
var tip = make("div", "gi-tip");
tip.appendChild(make("span"));
tip.hidden = true;
pane.appendChild(tip);
function clear() {
  if (rod) { map.removeLayer(rod); }
  rod = start = end = null;
  tip.hidden = true;
  byId("gi-share").querySelector("[data-do=measured]").hidden = true;
}
function stretch(to) {
  if (!start || (end && end !== to)) { return; }
  if (!rod) { rod = L.polyline([start, to], { className: "gi-rod", interactive: false }).addTo(map); }
  rod.setLatLngs([start, to]);
  tip.hidden = false;
  tip.firstChild.textContent = lengthText(inverse(start, to));
  labelRod();
}
function labelRod() {
  if (!rod) { return; }
  var p = map.latLngToContainerPoint(rod.getLatLngs()[1]);
  put(tip, p.x, p.y);
}
function click(at) {
  if (!measuring) { return; }
  if (end) { clear(); }
  if (!start) { start = at; say(text("first_point")); return; }
  end = at;
  stretch(at);
  say(text("distance", { distance: lengthText(inverse(start, end)) }));
  byId("gi-share").querySelector("[data-do=measured]").hidden = false;
}
function stop() {
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
  say(text("measuring"));
});
map.on("click", function (event) { click(event.latlng); });
