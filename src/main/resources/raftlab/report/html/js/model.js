// The run: its events by number, and what each event belongs to. All columns are typed arrays.
import { ascending, lowerBound, rowsBy } from "./columns.js";

// The kinds of messages, from the rarest to the most frequent in a usual run.
export const KINDS = "vVWpPQsfaocCrh";

// Groups of kinds that are filtered and coloured together.
export const GROUPS = [
  { id: "vote", kinds: "vVWpPQ", name: "votes" },
  { id: "append", kinds: "as", name: "entries" },
  { id: "reply", kinds: "rf", name: "replies" },
  { id: "heartbeat", kinds: "h", name: "heartbeats" },
  { id: "client", kinds: "cC", name: "clients" },
  { id: "other", kinds: "o", name: "other" },
];

const GROUP_OF = new Map(GROUPS.flatMap((group) => [...group.kinds].map((k) => [k, group.id])));

export function groupOf(kind) {
  return GROUP_OF.get(kind) ?? "other";
}

const BLOCK = 256;

export class Model {
  constructor(raw) {
    this.raw = raw;
    this.lanes = raw.lanes;
    this.firstReplica = raw.firstReplica;
    this.texts = raw.texts;
    this.verdict = raw.verdict;
    this.others = raw.others;
    this.kinds = raw.kinds;
    this.count = raw.kinds.length;
    this.micros = ascending(raw.times);
    for (let i = 0; i < this.count; i++) {
      this.micros[i] -= raw.began;
    }
    this.addMessages(raw.messages);
    this.addCopies(raw.copies);
    this.addStates(raw.states);
    this.addRequests(raw.requests);
    this.link();
  }

  get replicas() {
    return this.lanes.length - this.firstReplica;
  }

  isReplica(lane) {
    return lane >= this.firstReplica;
  }

  name(lane) {
    return lane < 0 ? "none" : this.lanes[lane];
  }

  text(number) {
    return number < 0 ? null : this.texts[number];
  }

  addMessages(columns) {
    this.messages = {
      count: columns.at.length,
      at: ascending(columns.at),
      number: ascending(columns.number),
      from: Int16Array.from(columns.from),
      to: Int16Array.from(columns.to),
      kind: columns.kind,
      type: Int32Array.from(columns.type),
      term: Float64Array.from(columns.term),
      leader: Int16Array.from(columns.leader),
      mid: Int32Array.from(columns.mid),
      x: columns.x,
      y: columns.y,
      z: columns.z,
    };
    const kindNumbers = Int8Array.from(columns.kind, (kind) => KINDS.indexOf(kind));
    this.rowsOfKind = rowsBy(kindNumbers, KINDS.length);
    this.rowsOfSender = rowsBy(this.messages.from, this.lanes.length);
  }

  addCopies(columns) {
    const count = columns.message.length;
    this.copies = {
      count,
      message: ascending(columns.message),
      at: ascending(columns.at),
      end: columns.end,
    };
    const size = this.messages.count;
    this.firstCopy = new Int32Array(size).fill(-1);
    this.nextCopy = new Int32Array(count).fill(-1);
    this.lastArrival = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      this.lastArrival[row] = this.messages.at[row];
    }
    for (let copy = count - 1; copy >= 0; copy--) {
      const row = this.copies.message[copy];
      this.nextCopy[copy] = this.firstCopy[row];
      this.firstCopy[row] = copy;
      this.lastArrival[row] = Math.max(this.lastArrival[row], this.copies.at[copy]);
    }
    this.blockArrival = new Float64Array(Math.ceil(size / BLOCK));
    for (let row = 0; row < size; row++) {
      const block = Math.floor(row / BLOCK);
      this.blockArrival[block] = Math.max(this.blockArrival[block], this.lastArrival[row]);
    }
    this.delays = new Map();
    ascending(columns.delayed).forEach((row, i) => this.delays.set(row, columns.delay[i]));
    this.duplicated = new Set(ascending(columns.duplicated));
    this.corrupted = new Set(ascending(columns.corrupted));
  }

  addStates(columns) {
    this.states = {
      count: columns.at.length,
      at: ascending(columns.at),
      lane: Int16Array.from(columns.lane),
      kind: columns.kind,
      a: columns.a,
      b: columns.b,
      c: columns.c,
      text: columns.text,
    };
  }

  addRequests(columns) {
    this.requests = {
      count: columns.at.length,
      at: ascending(columns.at),
      client: Int16Array.from(columns.client),
      replica: Int16Array.from(columns.replica),
      operation: columns.operation,
      mid: columns.mid,
      type: columns.type,
      key: columns.key,
      value: columns.value,
      end: Float64Array.from(columns.end),
      answer: columns.answer,
      answerValue: columns.answerValue,
    };
  }

  // For each event the row of its table: messages for S, copies for D and X, and so on.
  link() {
    this.row = new Int32Array(this.count).fill(-1);
    this.messages.at.forEach((at, row) => (this.row[at] = row));
    this.copies.at.forEach((at, row) => (this.row[at] = row));
    for (let row = this.states.count - 1; row >= 0; row--) {
      if (this.kinds[this.states.at[row]] === "R") {
        this.row[this.states.at[row]] = row;
      }
    }
    for (let row = 0; row < this.requests.count; row++) {
      this.row[this.requests.at[row]] = row;
      if (this.requests.end[row] >= 0) {
        this.row[this.requests.end[row]] = row;
      }
    }
    this.others.forEach((other, row) => (this.row[other.at] = row));
  }

  seconds(event) {
    return this.micros[event] / 1e6;
  }

  // The last event at or before this time, in seconds.
  eventAt(seconds) {
    const next = lowerBound(this.micros, seconds * 1e6 + 0.5);
    return Math.max(0, Math.min(this.count - 1, next - 1));
  }

  messageOf(event) {
    const kind = this.kinds[event];
    if (kind === "S") {
      return this.row[event];
    }
    const isCopy = (kind === "D" || kind === "X") && this.row[event] >= 0;
    return isCopy ? this.copies.message[this.row[event]] : -1;
  }

  copiesOf(row) {
    const list = [];
    for (let copy = this.firstCopy[row]; copy >= 0; copy = this.nextCopy[copy]) {
      list.push(copy);
    }
    return list;
  }

  // Calls `each` with the rows of messages that were under way between two events.
  messagesBetween(first, last, each) {
    const { at } = this.messages;
    const from = lowerBound(at, first);
    const to = lowerBound(at, last + 1);
    for (let block = 0; block * BLOCK < from; block++) {
      if (this.blockArrival[block] < first) {
        continue;
      }
      const end = Math.min(from, (block + 1) * BLOCK);
      for (let row = block * BLOCK; row < end; row++) {
        if (this.lastArrival[row] >= first) {
          each(row);
        }
      }
    }
    for (let row = from; row < to; row++) {
      each(row);
    }
  }

  // Messages that are sent at this event or earlier and arrive later, or never.
  inFlight(event) {
    const rows = [];
    this.messagesBetween(event, event, (row) => {
      const isSent = this.messages.at[row] <= event;
      const open = this.copiesOf(row).some((copy) => this.copies.at[copy] > event);
      if (isSent && open) {
        rows.push(row);
      }
    });
    return rows;
  }
}
