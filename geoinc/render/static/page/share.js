// ---- what the page shows, in its address ---------------------------------------------------------------
// #map=latitude,longitude,zoom&source=id&layers=keys: of the layers, those that differ from the opening view,
// with a minus before what was taken away. An address can show nothing that the page does not hold.
var acted = false, waiting = null, share = byId("gi-share");
function fragment() {
  var at = map.getCenter(), changed = Object.keys(first).filter(function (key) { return state.on[key] !== first[key]; });
  var keys = changed.map(function (key) { return (state.on[key] ? "" : "-") + key; });
  return "#map=" + [at.lat.toFixed(5), at.lng.toFixed(5), map.getZoom().toFixed(2)].join(",") + "&source=" + encodeURIComponent((data.sources[state.source] || { id: "" }).id) +
    (keys.length ? "&layers=" + keys.join(",") : "");
}
function remember() {
  if (!acted) { return; }
  window.clearTimeout(waiting);
  waiting = window.setTimeout(function () {
    // A page inside another may not be let change its address; then it goes without.
    try { history.replaceState(history.state, "", fragment()); } catch (refused) { acted = false; }
  }, 250);
}
["pointerdown", "keydown", "wheel"].forEach(function (kind) {
  document.addEventListener(kind, function () { acted = true; }, { capture: true, passive: true });
});
function part(hash, wanted) {
  var found = hash.slice(1).split("&").filter(function (each) { return each.indexOf(wanted + "=") === 0; })[0];
  return found === undefined ? "" : found.slice(wanted.length + 1);
}
// The choice that an id stands for: its own, else one that shows it, else the first.
function sourceOf(words) {
  var id = null, leads = Object.keys(data.choices).map(Number);
  try { id = decodeURIComponent(words); } catch (malformed) { return 0; }
  var number = data.sources.map(function (source) { return source.id; }).indexOf(id);
  if (leads.indexOf(number) >= 0) { return number; }
  return leads.filter(function (lead) { return data.choices[lead].indexOf(number) >= 0; })[0] || 0;
}
// Show what an address asks for; one that is none of this page's is left alone, and so is what it asks in vain.
function restore(hash) {
  var spot = part(hash, "map").split(",").map(function (each) { return each === "" ? NaN : Number(each); });
  if (hash.length > 8000 || spot.length !== 3 || !spot.every(isFinite)) { return false; }
  if (Math.abs(spot[0]) > 85.06 || Math.abs(spot[1]) > 540 || spot[2] < 0 || spot[2] > 25) { return false; }
  Object.keys(first).forEach(function (key) { turn(key, first[key]); });
  part(hash, "layers").split(",").forEach(function (item) {
    var off = item.charAt(0) === "-", key = off ? item.slice(1) : item;
    if (first.hasOwnProperty(key)) { turn(key, !off); }
  });
  choose(sourceOf(part(hash, "source")));
  map.setView([spot[0], spot[1]], spot[2], { animate: false });
  paint();
  return true;
}
window.addEventListener("hashchange", function () { restore(location.hash); });

// ---- copying ---------------------------------------------------------------------------------------------
function copyByHand(words) {
  var field = byId("gi-by-hand-text");
  byId("gi-by-hand").hidden = false;
  field.value = words;
  field.focus();
  field.select();
  say(text("refused"));
}
function copy(words, button) {
  function done() {
    say(text("copied", { text: words }));
    button.classList.add("is-done");
    window.setTimeout(function () { button.classList.remove("is-done"); }, 1500);
  }
  // Where the browser keeps its clipboard from pages, as some do for files, the older way may still do.
  function oldWay() {
    var field = make("textarea", "gi-copying"), copied = false;
    field.value = words;
    field.readOnly = true;
    document.body.appendChild(field);
    field.select();
    try { copied = document.execCommand("copy"); } catch (refused) { copied = false; }
    field.remove();
    if (copied) { button.focus(); done(); } else { copyByHand(words); }
  }
  if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(words).then(done, oldWay); } else { oldWay(); }
}
byId("gi-by-hand-close").addEventListener("click", function () { byId("gi-by-hand").hidden = true; share.querySelector("summary").focus(); });

// ---- saving ----------------------------------------------------------------------------------------------
function save(svg, file) {
  var words = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new XMLSerializer().serializeToString(svg) + "\n";
  var link = make("a"), address = URL.createObjectURL(new Blob([words], { type: "image/svg+xml" }));
  link.href = address;
  link.download = file;
  document.body.appendChild(link);
  link.click();
  link.remove();
  window.setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  say(text("saved", { file: file }));
}
var ACTIONS = {
  link: function (button) { copy(location.href.split("#")[0] + fragment(), button); },
  decimal: function (button) { copy(decimal(map.getCenter()), button); },
  dms: function (button) { copy(dms(map.getCenter()), button); },
  measured: function (button) {
    if (start && end) {
      copy(text("measured", { start: decimal(start), end: decimal(end), distance: lengthText(inverse(start, end)) }), button);
    }
  },
  map: function () { save(pictureOfMap(), "geoinc-map.svg"); },
  strip: function () { save(pictureOfStrip(), "geoinc-strip.svg"); }
};
all("[data-do]", share).forEach(function (button) {
  button.addEventListener("click", function () { ACTIONS[button.dataset["do"]](button); });
});
