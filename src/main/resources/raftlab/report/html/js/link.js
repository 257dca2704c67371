// The moment in the address: #t=3.214&r=3 can be sent to someone else with the file.

export function readLink(hash, model) {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const link = {};
  const time = Number.parseFloat(fields.get("t"));
  if (Number.isFinite(time)) {
    link.event = model.eventAt(time);
  }
  const event = Number.parseInt(fields.get("i"), 10);
  if (Number.isInteger(event) && event >= 0 && event < model.count) {
    link.event = event;
  }
  const replica = fields.get("r");
  if (replica !== null) {
    const lane = laneOfText(replica, model);
    if (lane >= 0) {
      link.lane = lane;
    }
  }
  const evidence = Number.parseInt(fields.get("e"), 10);
  if (evidence >= 1 && evidence <= model.verdict.evidence.length) {
    link.evidence = evidence - 1;
  }
  if (fields.get("x") === "time" || fields.get("x") === "order") {
    link.axis = fields.get("x");
  }
  return link;
}

// A replica by its ID, 0003, or in short, 3.
function laneOfText(text, model) {
  const id = text.toUpperCase().padStart(4, "0");
  const lane = model.lanes.indexOf(id);
  return model.isReplica(lane) ? lane : -1;
}

// Several events can happen in one microsecond, so the number of the event is there as well.
export function linkOf(model, view, axis) {
  const fields = new URLSearchParams();
  fields.set("t", model.seconds(view.cursor).toFixed(6).replace(/0{1,3}$/, ""));
  fields.set("i", view.cursor);
  if (view.lane >= 0) {
    fields.set("r", model.name(view.lane));
  }
  fields.set("x", axis.mode);
  return `#${fields}`;
}
