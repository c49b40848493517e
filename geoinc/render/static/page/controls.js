// ---- controls ------------------------------------------------------------------------------------------
var switches = {}, first = {};
function turn(key, on) {
  if (switches[key]) { switches[key].checked = on; state.on[key] = on; }
}
all("[data-layer]", box).forEach(function (input) {
  var key = input.dataset.layer, gap = key.charAt(0) === "g" ? data.gaps[Number(key.slice(1))] : null;
  switches[key] = input;
  // What a browser kept of an earlier visit does not count: the page opens as it was written.
  input.checked = first[key] = state.on[key] = input.defaultChecked;
  input.addEventListener("change", function () {
    state.on[key] = input.checked;
    // A gap is shown with the ground that it is measured between.
    if (gap && input.checked) { gap["with"].forEach(function (each) { turn(each, true); }); }
    paint();
    remember();
  });
});
function choose(number) {
  var input = box.querySelector("[data-source=\"" + number + "\"]");
  if (!input) { return; }
  input.checked = true;
  state.source = number;
  state.sources = data.choices[number];
}
all("[data-source]", box).forEach(function (input) {
  input.addEventListener("change", function () { choose(Number(input.dataset.source)); paint(); remember(); });
});
choose(0);

legend.addEventListener("toggle", function () { label(); });
function besideLegend(least) {
  var aside = legend.open ? Math.min(legend.offsetWidth + 16, frame.clientWidth * 0.4) : least;
  return mirrored
    ? { paddingTopLeft: [aside, 10], paddingBottomRight: [10, 10] }
    : { paddingTopLeft: [10, 10], paddingBottomRight: [aside, 10] };
}
function home(animate) {
  map.invalidateSize({ animate: false, pan: false });
  var v = data.view, options = besideLegend(10);
  options.animate = Boolean(animate) && !still;
  map.fitBounds([[v[1], v[0]], [v[3], v[2]]], options);
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
    turn("c" + target, true);
    pills.forEach(function (pill) { if (pill.claim.number === target) { bounds.extend(pill.at); } });
    features.forEach(function (feature) {
      if (feature.claim !== target) { return; }
      if (feature.kind === "connector" && isOf(feature)) { bounds.extend(feature.layer.getBounds()); }
      if (isGround(feature)) { bounds.extend(opening); }
    });
  });
  paint();
  if (bounds.isValid()) {
    var options = besideLegend(10);
    options.animate = !still;
    options.maxZoom = 14;
    map.fitBounds(bounds.pad(0.25), options);
  }
  box.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  frame.focus({ preventScroll: true });
  say(text("showing", { claims: targets.map(tagOf).join(", ") }));
}
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape") {
    if (share.open) { share.open = false; share.querySelector("summary").focus(); }
    else if (measuring) { stop(); } else { closeCard(); }
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
  if (choice && choice.referrer && location.protocol === "file:") {
    input.disabled = true;
    input.parentNode.querySelector("small").hidden = false;
  }
  input.addEventListener("change", function () {
    if (picture) { map.removeLayer(picture); picture = null; }
    box.classList.remove("has-picture");
    byId("gi-tile-credit").textContent = "";
    if (!choice) { say(""); return; }
    say(text("asking"));
    var options = { maxZoom: 20, maxNativeZoom: choice.maxZoom, subdomains: choice.subdomains };
    if (choice.referrer) { options.referrerPolicy = "strict-origin-when-cross-origin"; }
    picture = L.tileLayer(choice.url, options);
    picture.once("tileload", function () { box.classList.add("has-picture"); say(""); });
    // One tile that is missing is none the reader must hear of.
    picture.once("tileerror", function () { if (!box.classList.contains("has-picture")) { say(text("no_answer")); } });
    byId("gi-tile-credit").textContent = text("background", { credit: choice.credit });
    picture.addTo(map);
  });
});
