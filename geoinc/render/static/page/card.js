// ---- the card of a position --------------------------------------------------------------------------
var dialog = byId("gi-dialog"), opener = null;
function line(list, term, words, lang) {
  if (!words) { return; }
  list.appendChild(make("dt", "", term));
  var dd = make("dd"), isolated = make("bdi", "", words);
  if (lang) { isolated.lang = lang; }
  isolated.dir = "auto";
  dd.appendChild(isolated);
  list.appendChild(dd);
}
// One button for each notation of a position.
function copyButtons(claim) {
  return claim.copies.map(function (pair) {
    var button = make("button", "copy", text("copy", { notation: pair[0] }));
    button.type = "button";
    button.setAttribute("aria-label", text("copy_of", { notation: pair[0], tag: claim.tag }));
    button.addEventListener("click", function () { copy(pair[1], button); });
    return button;
  });
}
function openCard(claim, button) {
  var list = byId("gi-dialog-list"), title = byId("gi-dialog-title"), copies = byId("gi-dialog-copies");
  title.textContent = "";
  title.appendChild(make("span", "chip p" + claim.colour, claim.tag));
  title.appendChild(document.createTextNode(" "));
  title.appendChild(make("bdi", "", claim.headline));
  list.textContent = "";
  line(list, text("stated_by"), claim.party);
  line(list, text("as_printed"), claim.printed, claim.lang);
  line(list, text("time"), claim.when);
  line(list, text("position"), claim.position);
  line(list, text("cell"), claim.cell);
  state.sources.forEach(function (each) {
    (claim.distances[each] || []).forEach(function (found) {
      line(list, text("shortest"), text(found[1] ? "by_source_from" : "by_source",
        { distance: found[0], source: data.sources[each].title, border: found[1] }));
    });
  });
  copies.textContent = "";
  copyButtons(claim).forEach(function (each) { copies.appendChild(each); });
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
// The cards beside the map get the same buttons: without a script nothing could be copied there.
data.claims.forEach(function (claim) {
  var card = byId("claim-" + claim.number), row = make("p", "copies");
  if (!card || !claim.copies) { return; }
  copyButtons(claim).forEach(function (each) { row.appendChild(each); });
  card.insertBefore(row, card.querySelector(".source"));
});
