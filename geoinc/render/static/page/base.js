var data = JSON.parse(document.getElementById("gi-data").textContent);
var map = window[data.map];
var box = document.getElementById("gi-box");
var frame = document.getElementById(data.map);
var legend = document.getElementById("gi-legend");
var SVG = "http://www.w3.org/2000/svg";
var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
var touch = window.matchMedia("(hover: none) and (pointer: coarse)").matches;
var mirrored = document.documentElement.dir === "rtl";

function byId(id) { return document.getElementById(id); }
function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

// Text enters the page through text nodes only.
function make(tag, name, words) {
  var node = document.createElement(tag);
  if (name) { node.className = name; }
  if (words !== undefined && words !== null) { node.textContent = words; }
  return node;
}
function draw(tag, attributes) {
  var node = document.createElementNS(SVG, tag);
  Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
  return node;
}
function put(node, x, y) { L.DomUtil.setPosition(node, map.containerPointToLayerPoint([x, y])); }

// ---- sentences and figures in the language of the page -------------------------------------------------
// Fields are filled once: braces in what fills them stay.
function text(key, fields) {
  return data.words[key].split("{").map(function (part, place) {
    var end = part.indexOf("}"), name = part.slice(0, end);
    if (!place) { return part; }
    return (fields[name] === undefined ? "" : fields[name]) + part.slice(end + 1);
  }).join("");
}
function figure(value, decimals) {
  return value.toFixed(decimals).split("").map(function (sign) {
    if (sign === ".") { return data.signs.point; }
    return sign === "-" ? data.signs.minus : data.signs.digits.charAt(Number(sign));
  }).join("");
}
function lengthText(metres) {
  if (metres === null) { return text("no_length"); }
  return metres < 999.95 ? text("m", { value: figure(metres, metres < 100 ? 1 : 0) }) : text("km", { value: figure(metres / 1000, 2) });
}
// Positions are written as charts print them, in every language, so that they can be read back.
function dmsPart(value, letters) {
  var tenths = Math.round(Math.abs(value) * 36000), d = Math.floor(tenths / 36000);
  var m = Math.floor(tenths % 36000 / 600), s = (tenths % 600) / 10;
  return d + "°" + (m < 10 ? "0" : "") + m + "′" + (s < 10 ? "0" : "") + s.toFixed(1) + "″" + letters[value < 0 ? 1 : 0];
}
// The map runs on beyond the antimeridian; longitudes do not.
function turned(lng) { return Math.abs(lng) <= 180 ? lng : ((lng + 180) % 360 + 360) % 360 - 180; }
function dms(at) { return dmsPart(at.lat, "NS") + " " + dmsPart(turned(at.lng), "EW"); }
function decimalPart(value, letters) { return Math.abs(value).toFixed(4) + "°" + letters[value < 0 ? 1 : 0]; }
function decimal(at) { return decimalPart(at.lat, "NS") + " " + decimalPart(turned(at.lng), "EW"); }
function placeText(at) { return decimal(at) + " (" + dms(at) + ")"; }
function say(words) { byId("gi-say").textContent = words; }
