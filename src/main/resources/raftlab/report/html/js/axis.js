// Where an event stands on the horizontal axis: by time, or by order with idle time shortened.
import { lastAtMost } from "./columns.js";

const STATE_WEIGHT = { R: 1, T: 0.4, V: 1, A: 0.25, X: 1, C: 0.6, P: 0.1, O: 1, S: 1, I: 1, M: 0.2 };
const WEIGHT = { S: 1, D: 1, X: 1, Q: 0.3, A: 0.3, P: 0.3, o: 1, n: 0 };
const IDLE_MICROS = 5_000;

// Positions by order. Events that draw nothing take little room, long pauses a little more.
export function orderPositions(model) {
  const positions = new Float64Array(model.count);
  let position = 0;
  for (let i = 0; i < model.count; i++) {
    if (i > 0) {
      const idle = model.micros[i] - model.micros[i - 1];
      const kind = model.kinds[i];
      const isState = kind === "R" && model.row[i] >= 0;
      const weight = isState
        ? (STATE_WEIGHT[model.states.kind[model.row[i]].toUpperCase()] ?? 0.3)
        : (WEIGHT[kind] ?? 0.3);
      position += weight;
      if (idle > IDLE_MICROS) {
        position += Math.min(8, 1.5 * Math.log2(1 + idle / IDLE_MICROS));
      }
    }
    positions[i] = position;
  }
  return positions;
}

export class Axis {
  constructor(model) {
    this.model = model;
    this.byMode = { time: model.micros, order: orderPositions(model) };
    this.mode = "time";
    this.left = 0;
    this.width = 1000;
    // Replicas may need long to start before anything is sent.
    this.firstShown = Math.max(0, model.kinds.indexOf("S"));
    this.showAll();
  }

  get positions() {
    return this.byMode[this.mode];
  }

  get first() {
    return this.positions[0];
  }

  get last() {
    return this.positions[this.model.count - 1];
  }

  get scale() {
    return this.width / Math.max(1e-9, this.to - this.from);
  }

  // Keeps what is in the middle of the view there.
  setMode(mode) {
    if (mode === this.mode) {
      return;
    }
    const first = this.eventAt(this.left);
    const last = this.eventAt(this.left + this.width);
    this.mode = mode;
    this.showEvents(first, Math.max(first + 1, last), 0);
  }

  setRoom(left, width) {
    this.left = left;
    this.width = Math.max(50, width);
  }

  x(event) {
    return this.left + (this.positions[event] - this.from) * this.scale;
  }

  // The last event at or left of a place.
  eventAt(x) {
    const position = this.from + (x - this.left) / this.scale;
    return Math.max(0, lastAtMost(this.positions, position));
  }

  // The event nearest to a place.
  nearest(x) {
    const before = this.eventAt(x);
    const after = Math.min(this.model.count - 1, before + 1);
    return Math.abs(this.x(after) - x) < Math.abs(this.x(before) - x) ? after : before;
  }

  get firstEvent() {
    return this.eventAt(this.left);
  }

  get lastEvent() {
    return this.eventAt(this.left + this.width);
  }

  smallest() {
    return this.mode === "time" ? 20 : 4;
  }

  show(from, to) {
    const all = Math.max(this.smallest(), this.last - this.first);
    const size = Math.min(Math.max(to - from, this.smallest()), all * 1.06);
    const middle = (from + to) / 2;
    const low = this.first - all * 0.03;
    const start = Math.min(Math.max(middle - size / 2, low), low + all * 1.06 - size);
    this.from = start;
    this.to = start + size;
  }

  showAll() {
    const start = this.mode === "time" ? Math.min(this.positions[this.firstShown], Math.max(this.first, 0)) : this.first;
    const all = Math.max(this.smallest(), this.last - start);
    this.show(start - all * 0.03, this.last + all * 0.03);
  }

  showEvents(first, last, margin = 0.12) {
    const from = this.positions[first];
    const to = this.positions[last];
    const least = this.mode === "time" ? 2_000 : 24;
    const room = Math.max((to - from) * margin, (least - (to - from)) / 2);
    this.show(from - room, to + room);
  }

  zoom(factor, x) {
    const at = this.from + (x - this.left) / this.scale;
    this.show(at - (at - this.from) * factor, at + (this.to - at) * factor);
  }

  pan(pixels) {
    const by = pixels / this.scale;
    this.show(this.from + by, this.to + by);
  }

  // Moves the view as little as possible so that this event is well inside.
  reveal(event) {
    const x = this.x(event);
    const margin = Math.min(60, this.width / 5);
    if (x < this.left + margin) {
      this.pan(x - this.left - margin);
    } else if (x > this.left + this.width - margin) {
      this.pan(x - this.left - this.width + margin);
    }
  }

  // Places for labels with times: {x, micros}.
  ticks(distance) {
    return this.mode === "time" ? this.timeTicks(distance) : this.orderTicks(distance);
  }

  timeTicks(distance) {
    const rough = distance / this.scale;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((f) => f * power).find((size) => size >= rough);
    const ticks = [];
    for (let at = Math.ceil(this.from / step) * step; at <= this.to; at += step) {
      ticks.push({ x: this.left + (at - this.from) * this.scale, micros: at });
    }
    return ticks;
  }

  orderTicks(distance) {
    const ticks = [];
    let lastMicros = NaN;
    for (let x = this.left + 8; x < this.left + this.width - 30; x += distance) {
      const event = Math.min(this.model.count - 1, this.eventAt(x) + 1);
      const micros = this.model.micros[event];
      if (this.x(event) >= this.left && this.x(event) < this.left + this.width && micros !== lastMicros) {
        ticks.push({ x: this.x(event), micros });
        lastMicros = micros;
      }
    }
    return ticks.filter((tick, i) => i === 0 || tick.x - ticks[i - 1].x > distance * 0.6);
  }
}

// "3.214 s", with as many digits as the distance of ticks needs.
export function timeText(micros, step = 1000) {
  const digits = Math.max(0, Math.min(6, Math.ceil(6 - Math.log10(Math.max(1, step)))));
  return `${(micros / 1e6).toFixed(digits)} s`;
}
