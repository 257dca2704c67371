// The keyboard, and the dialog that explains keys and colours.
import { byId, element } from "./dom.js";

const KEYS = [
  ["← →", "previous, next event"],
  ["Shift ← →", "move the view"],
  ["+ −", "zoom in, out"],
  ["0", "the whole run"],
  ["E", "the evidence"],
  ["1 … 9", "that event of the evidence"],
  ["T, O", "horizontal axis: time, order of events"],
  ["↑ ↓", "look at one replica only"],
  ["Space", "play, stop"],
  ["Home, End", "first, last event"],
  ["/", "search; then N and Shift+N for the next and the previous match"],
  ["Esc", "show all replicas and keys again"],
];

const COLOURS = [
  ["leader", "leader (tall bar)"],
  ["candidate", "candidate; paler: pre-candidate"],
  ["follower", "follower"],
  ["down", "down or paused (hatched)"],
  ["vote", "messages about votes"],
  ["append", "AppendEntries with entries"],
  ["heartbeat", "heartbeats"],
  ["reply", "replies to AppendEntries (dotted)"],
  ["client", "requests and answers; pale bars are reads"],
  ["lost", "× where a message was lost; requests that failed or were never answered"],
  ["cut", "links cut; hatched: replicas without a majority"],
  ["commit", "the line in a lane: its commit index"],
  ["mark", "the evidence, in order"],
];

export function showHelp() {
  const dialog = byId("keys");
  const keys = element("div", { class: "legend" }, ...KEYS.flatMap(([key, text]) => [element("kbd", {}, key), element("span", {}, text)]));
  const colours = element(
    "div",
    { class: "legend" },
    ...COLOURS.flatMap(([name, text]) => [element("span", { class: "swatch", style: `background:var(--${name})` }), element("span", {}, text)]),
    element("span", {}, "▬"),
    element("span", {}, "thin line below a bar: the replica that this one names as leader, in the colour beside that replica's name"),
  );
  dialog.replaceChildren(
    element("h2", {}, "Keys"),
    keys,
    element("h2", {}, "Mouse"),
    element("p", {}, "Drag to move, turn the wheel to zoom, click to see an event and set the cursor. Click a replica's name to look at it alone."),
    element("h2", {}, "Colours"),
    colours,
    element("p", {}, element("button", { onclick: () => dialog.close() }, "close")),
  );
  dialog.showModal();
}

// Calls the action of a key: {name: function}. Keys in text fields are left alone.
export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches?.("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || (inField && event.key !== "Escape")) {
      return;
    }
    const onButton = event.target.matches?.("button, a") && (event.key === " " || event.key === "Enter");
    const name = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    const action = actions[name] ?? (event.key.length === 1 ? actions[event.key.toLowerCase()] : undefined);
    if (action && !onButton && !byId("keys")?.open) {
      event.preventDefault();
      action(event);
    }
  });
}
