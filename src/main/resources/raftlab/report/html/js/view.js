// What the page shows now: cursor, selection, filters. Parts of the page listen to changes.
import { GROUPS, groupOf } from "./model.js";

export class View {
  constructor(model) {
    this.model = model;
    this.cursor = 0;
    this.selected = -1; // the event whose details are shown
    this.lane = -1; // the replica that is looked at; -1 for all
    this.groups = new Set(GROUPS.map((group) => group.id));
    this.evidenceMessages = [];
    this.requestKey = null;
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  changed(what) {
    this.listeners.forEach((listener) => listener(what));
  }

  moveTo(event) {
    const last = this.model.count - 1;
    this.cursor = Math.max(0, Math.min(last, event));
    this.changed("cursor");
  }

  select(event) {
    this.selected = event;
    this.changed("selection");
  }

  toggleGroup(id) {
    if (!this.groups.delete(id)) {
      this.groups.add(id);
    }
    this.changed("filter");
  }

  showLane(lane) {
    this.lane = this.lane === lane ? -1 : lane;
    this.changed("filter");
  }

  showKey(key) {
    this.requestKey = key;
    this.changed("filter");
  }

  isShown(lane) {
    return this.lane < 0 || this.lane === lane;
  }

  shows(row) {
    const { from, to, kind } = this.model.messages;
    return this.groups.has(groupOf(kind[row])) && (this.lane < 0 || from[row] === this.lane || to[row] === this.lane);
  }

  matchesRequest(row) {
    const { key, replica } = this.model.requests;
    const isOfKey = this.requestKey === null || this.model.text(key[row]) === this.requestKey;
    return isOfKey && (this.lane < 0 || replica[row] === this.lane || this.model.requests.client[row] === this.lane);
  }

  // Whether stepping stops at an event: those that draw something, by the present filters.
  isStop(event) {
    const { kinds, row, states } = this.model;
    const kind = kinds[event];
    if (row[event] < 0) {
      return false;
    }
    switch (kind) {
      case "S":
      case "D":
      case "X":
        return this.shows(this.model.messageOf(event));
      case "R":
        return "RTVXCOI".includes(states.kind[row[event]].toUpperCase()) && this.isShown(states.lane[row[event]]);
      case "Q":
      case "A":
        return this.groups.has("client") && this.matchesRequest(row[event]);
      case "n":
        return false;
      default:
        return this.lane < 0 || this.model.others[row[event]].lane === this.lane;
    }
  }

  step(direction) {
    let event = this.cursor + direction;
    while (event > 0 && event < this.model.count - 1 && !this.isStop(event)) {
      event += direction;
    }
    this.moveTo(event);
    this.select(this.cursor);
  }
}
