// Finds events by a MID, a key, or a part of a message, a command or a printed line.
import { eventText } from "./words.js";

const MOST = 5_000;

export class Search {
  constructor(model, bodies) {
    Object.assign(this, { model, bodies });
    this.clear();
  }

  clear() {
    this.turn = (this.turn ?? 0) + 1;
    this.found = [];
    this.place = -1;
  }

  // Looks for a text; calls `progress` when more was found. Requests of the text's MID or key come first.
  async start(text, progress) {
    this.clear();
    const { turn } = this;
    if (text.length === 0) {
      progress();
      return;
    }
    const events = new Set(this.exact(text));
    if (events.size === 0) {
      this.inTexts(text, events);
      await this.bodies.search(text, (row) => {
        events.add(this.model.messages.at[row]);
        return turn === this.turn && events.size < MOST;
      });
    }
    if (turn === this.turn) {
      this.found = [...events].sort((a, b) => a - b).slice(0, MOST);
      progress();
    }
  }

  // Events of the request with this MID, or of all requests with this key.
  exact(text) {
    const { requests, messages } = this.model;
    const number = this.model.texts.indexOf(text);
    if (number < 0) {
      return [];
    }
    const events = [];
    for (let row = 0; row < requests.count; row++) {
      if (requests.mid[row] === number || requests.key[row] === number || requests.value[row] === number) {
        events.push(requests.at[row]);
        if (requests.end[row] >= 0) {
          events.push(requests.end[row]);
        }
      }
    }
    messages.mid.forEach((mid, row) => mid === number && events.push(messages.at[row]));
    messages.type.forEach((type, row) => type === number && events.push(messages.at[row]));
    return events;
  }

  inTexts(text, events) {
    const lower = text.toLowerCase();
    this.model.others.forEach((other) => other.text.toLowerCase().includes(lower) && events.add(other.at));
    const { states, requests } = this.model;
    const numbers = new Set(this.model.texts.flatMap((each, i) => (each.toLowerCase().includes(lower) ? [i] : [])));
    for (let row = 0; row < states.count; row++) {
      if (states.text[row] >= 0 && numbers.has(states.text[row])) {
        events.add(states.at[row]);
      }
    }
    for (let row = 0; row < requests.count; row++) {
      if (numbers.has(requests.mid[row]) || numbers.has(requests.key[row]) || numbers.has(requests.value[row])) {
        events.add(requests.at[row]);
      }
    }
  }

  // The next match after the cursor, or before it; wraps around. Returns the event, or -1.
  next(cursor, direction) {
    const { found } = this;
    if (found.length === 0) {
      return -1;
    }
    if (direction > 0) {
      const place = found.findIndex((event) => event > cursor);
      this.place = place < 0 ? 0 : place;
    } else {
      const before = found.filter((event) => event < cursor).length;
      this.place = before === 0 ? found.length - 1 : before - 1;
    }
    return found[this.place];
  }

  statusText() {
    return this.found.length === 0 ? "nothing found" : `${this.place + 1} of ${this.found.length}${this.found.length === MOST ? "+" : ""}`;
  }

  describe() {
    return this.place < 0 ? "" : eventText(this.model, this.found[this.place]);
  }
}
