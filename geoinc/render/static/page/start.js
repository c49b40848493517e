// ---- start ---------------------------------------------------------------------------------------------
if (frame.clientWidth < 760) { legend.open = false; }
frame.setAttribute("role", "region");
frame.setAttribute("aria-label", text("map"));
frame.setAttribute("aria-describedby", "gi-help");
[["in", "zoom_in"], ["out", "zoom_out"]].forEach(function (pair) {
  all(".leaflet-control-zoom-" + pair[0], frame).forEach(function (node) {
    node.title = text(pair[1]);
    node.setAttribute("aria-label", text(pair[1]));
  });
});
if (mirrored && map.zoomControl) { map.zoomControl.setPosition("topright"); }
map.scrollWheelZoom.disable();
frame.addEventListener("focusin", function () { map.scrollWheelZoom.enable(); });
frame.addEventListener("focusout", function () { map.scrollWheelZoom.disable(); });
if (touch) { map.dragging.disable(); byId("gi-touch").hidden = false; }
home(false);
map.setMinZoom(Math.max(0, Math.floor(map.getZoom()) - 3));
if (!restore(location.hash)) { paint(); }
map.on("moveend zoomend", function () { label(); read(); remember(); });
if (window.ResizeObserver) {
  // The middle stays where it is when the frame grows or shrinks.
  new ResizeObserver(function () { map.invalidateSize({ animate: false }); label(); }).observe(frame);
}
document.documentElement.dataset.ready = "true";
