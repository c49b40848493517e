// ---- what folium drew, by the numbers in its class names ---------------------------------------------
// A row is switched by a key: c a claim, j a joint region, w a way to the border, g a gap, o the other sources,
// e what lies between the sources, b what stands behind them all; each with a number.
var KEYS = { connector: "w", gap: "g", joint: "j", whole: "j", spread: "e", river: "b", wadi: "b" };
// Where there are several borders, one choice is several sources, so that each border has its line.
var state = { source: 0, sources: [0], on: {} };
var layers = {};
map.eachLayer(function (layer) {
  var found = layer.options && layer.options.className && new RegExp("gi-f(\\d+)").exec(layer.options.className);
  if (found) { layers[found[1]] = layer; }
});
var features = data.features.map(function (row) {
  var made = { number: row[0], kind: row[1], sources: row[2] };
  ["claim", "territory", "colour", "row", "same"].forEach(function (name, place) {
    made[name] = row[3 + place] === undefined ? -1 : row[3 + place];
  });
  made.key = (KEYS[made.kind] || "c") + (made.row >= 0 ? made.row : made.claim >= 0 ? made.claim : 0);
  made.layer = layers[made.number];
  var twin = layers[made.same];
  // The same ground as another feature's is stored once and drawn twice.
  if (twin) {
    made.layer = L.polygon(twin.getLatLngs(), {
      className: "gi-f gi-" + made.kind + " p" + made.colour, interactive: false, smoothFactor: 0.5
    }).addTo(map);
  }
  return made;
}).filter(function (feature) { return feature.layer; });
features.forEach(function (feature) {
  if (feature.same >= 0 && layers[feature.same]) { feature.layer.bringToBack(); }
});
all("svg", map.getPanes().mapPane).forEach(function (svg) { svg.setAttribute("aria-hidden", "true"); });

var claims = {};
data.claims.forEach(function (claim) { claims[claim.number] = claim; });
function tagOf(number) { return claims[number] ? claims[number].tag : ""; }
function isOf(feature) { return feature.sources.some(function (each) { return state.sources.indexOf(each) >= 0; }); }
function isOn(feature) {
  if (feature.kind === "line") { return isOf(feature) || Boolean(state.on.o0); }
  if (feature.sources.length && !isOf(feature)) { return false; }
  return feature.kind === "ground" || feature.kind === "edge" || Boolean(state.on[feature.key]);
}
// The sources that are shown.
function chosen() {
  return state.sources.map(function (each) { return data.sources[each]; }).filter(Boolean);
}
// What is owed to them, each credit once.
function credited() {
  var owed = {};
  chosen().forEach(function (source) { (owed[source.credit] = owed[source.credit] || []).push(source.title); });
  return Object.keys(owed).map(function (credit) {
    return text("boundary", { source: owed[credit].join(" · "), credit: credit });
  });
}
var REACH = ["connector", "gap"];
function isReach(feature) { return REACH.indexOf(feature.kind) >= 0; }
function isGround(feature) { return ["ribbon", "band", "beyond", "joint", "whole"].indexOf(feature.kind) >= 0; }

// ---- relief: one picture, laid on the ground and under the rest ----------------------------------------
var relief = data.relief && make("img", "leaflet-zoom-hide");
function layRelief() {
  var at = data.relief, nw = map.latLngToLayerPoint([at[4], at[1]]), se = map.latLngToLayerPoint([at[2], at[3]]);
  L.DomUtil.setPosition(relief, nw);
  relief.style.width = se.x - nw.x + "px";
  relief.style.height = se.y - nw.y + "px";
}
if (relief) {
  relief.src = data.relief[0];
  relief.alt = "";
  map.createPane("gi-relief").style.zIndex = 360;
  map.getPane("gi-relief").appendChild(relief);
  map.on("zoomend viewreset", layRelief);
  layRelief();
}

function paint() {
  if (relief) { relief.hidden = !state.on.b1; }
  features.forEach(function (feature) {
    var path = feature.layer.getElement(), own = isOf(feature);
    if (!path) { return; }
    path.classList.toggle("is-off", !isOn(feature));
    if (feature.kind !== "line") { return; }
    path.classList.toggle("is-selected", own);
    path.classList.toggle("is-other", !own);
    if (own) { feature.layer.bringToFront(); }
  });
  features.forEach(function (feature) {
    if (isReach(feature) && isOn(feature)) { feature.layer.bringToFront(); }
  });
  pills.forEach(function (pill) {
    pill.button.hidden = pill.dot.hidden = !state.on["c" + pill.claim.number];
  });
  all(".gi-src").forEach(function (tick) {
    tick.classList.toggle("is-chosen", state.sources.some(function (each) { return tick.classList.contains("m" + each); }));
  });
  byId("gi-credit").textContent = credited().join(" ");
  label();
  read();
}
