// The state of each replica at any event: the fold over its changes, with copies every few changes.
import { lastAtMost } from "./columns.js";

export const ROLES = ["follower", "pre-candidate", "candidate", "leader"];

// A state is copied after a number of changes, or after as many as its log has entries.
const CHECKPOINT = 400;

function emptyState() {
  return {
    isUp: false,
    isPaused: false,
    role: 0,
    roleTerm: -1,
    term: -1,
    leader: -1,
    vote: -1,
    voteTerm: -1,
    commit: 0,
    applied: 0,
    base: 0,
    baseTerm: -1,
    log: [],
    snapshot: 0,
    members: "",
    isInferred: false,
    knowsLog: false,
  };
}

function copyOf(state) {
  return { ...state, log: state.log.slice() };
}

function append(state, entry) {
  state.knowsLog = true;
  const place = entry.index - state.base - 1;
  if (place < 0 || place > state.log.length) {
    state.base = Math.max(0, entry.index - 1);
    state.baseTerm = -1;
    state.log = [entry];
    return;
  }
  state.log.length = place;
  state.log.push(entry);
}

function endAt(state, index, term) {
  const place = index - state.base;
  const same = place === 0 || (place > 0 && place <= state.log.length && state.log[place - 1].term === term);
  if (same) {
    state.log.length = place;
  } else {
    state.base = index;
    state.baseTerm = term;
    state.log = [];
  }
}

function enter(state, term) {
  state.term = term;
}

export class States {
  constructor(model) {
    this.model = model;
    this.ofLane = model.lanes.map(() => ({ at: [], change: [], copied: [], copies: [] }));
    this.collect();
    this.ofLane.forEach((lane) => this.checkpoints(lane));
    this.segments = this.ofLane.map((lane, number) => this.segmentsOf(lane, number));
    this.commits = this.ofLane.map((lane) => this.commitsOf(lane));
    this.maxCommit = Math.max(1, ...this.commits.map((steps) => steps.highest));
    this.leaders = model.lanes.map((_, number) => this.leadersSeen(number));
  }

  // The changes of each lane in order: those of states, and starts and ends of replicas.
  collect() {
    const { states, others } = this.model;
    let other = 0;
    const addOthers = (until) => {
      for (; other < others.length && others[other].at < until; other++) {
        const { at, kind, lane } = others[other];
        if (lane >= 0 && ["Started", "Crashed", "Exited", "Paused", "Resumed"].includes(kind)) {
          this.ofLane[lane].at.push(at);
          this.ofLane[lane].change.push(-1 - other);
        }
      }
    };
    for (let row = 0; row < states.count; row++) {
      addOthers(states.at[row]);
      if (states.lane[row] >= 0) {
        this.ofLane[states.lane[row]].at.push(states.at[row]);
        this.ofLane[states.lane[row]].change.push(row);
      }
    }
    addOthers(Infinity);
  }

  checkpoints(lane) {
    const state = emptyState();
    let next = 0;
    lane.change.forEach((change, i) => {
      if (i === next) {
        lane.copied.push(i);
        lane.copies.push(copyOf(state));
        next = i + Math.max(CHECKPOINT, state.log.length);
      }
      this.apply(state, change);
    });
  }

  // The state of a lane after an event.
  at(lane, event) {
    const changes = this.ofLane[lane];
    const last = lastAtMost(changes.at, event);
    if (last < 0) {
      return emptyState();
    }
    const start = lastAtMost(changes.copied, last);
    const state = copyOf(changes.copies[start]);
    for (let i = changes.copied[start]; i <= last; i++) {
      this.apply(state, changes.change[i]);
    }
    return state;
  }

  apply(state, change) {
    if (change < 0) {
      this.applyOther(state, this.model.others[-1 - change].kind);
      return;
    }
    const { kind, a, b, c, text } = this.model.states;
    const letter = kind[change].toUpperCase();
    state.isInferred = kind[change] !== letter;
    const x = a[change];
    const y = b[change];
    const z = c[change];
    switch (letter) {
      case "R":
        Object.assign(state, { role: x, roleTerm: y, leader: z });
        enter(state, y);
        break;
      case "T":
        enter(state, x);
        break;
      case "V":
        Object.assign(state, { vote: x, voteTerm: y });
        enter(state, y);
        break;
      case "A":
        append(state, { index: x, term: y, command: this.model.text(text[change]) ?? "" });
        break;
      case "X":
        endAt(state, x - 1, state.log[x - 2 - state.base]?.term ?? state.baseTerm);
        break;
      case "C":
        state.commit = x;
        break;
      case "P":
        state.applied = x;
        break;
      case "O": {
        const [vote, snapshot] = (this.model.text(text[change]) ?? "-1 0").split(" ").map(Number);
        Object.assign(state, { term: x, vote, voteTerm: x, snapshot, commit: snapshot, applied: snapshot });
        endAt(state, y, z);
        break;
      }
      case "S":
        state.snapshot = Math.max(state.snapshot, x);
        break;
      case "I":
        state.snapshot = Math.max(state.snapshot, x);
        state.commit = Math.max(state.commit, x);
        state.applied = Math.max(state.applied, x);
        endAt(state, z, y);
        break;
      case "M":
        state.members = this.model.text(text[change]) ?? "";
        break;
      default:
    }
  }

  applyOther(state, kind) {
    switch (kind) {
      case "Started":
        Object.assign(state, { isUp: true, isPaused: false, role: 0, leader: -1, commit: 0, applied: 0 });
        break;
      case "Crashed":
      case "Exited":
        state.isUp = false;
        break;
      case "Paused":
        state.isPaused = true;
        break;
      default:
        state.isPaused = false;
    }
  }

  // The times in which role, term and condition of a replica stay the same.
  segmentsOf(lane, number) {
    const segments = [];
    const state = emptyState();
    const end = this.model.count - 1;
    lane.change.forEach((change, i) => {
      this.applyRoleOnly(state, change);
      const condition = state.isUp ? (state.isPaused ? "paused" : "up") : "down";
      const last = segments[segments.length - 1];
      const isSame =
        last &&
        last.role === state.role &&
        last.term === state.term &&
        last.condition === condition;
      if (isSame) {
        return;
      }
      if (last) {
        last.to = lane.at[i];
      }
      const { role, term } = state;
      segments.push({ from: lane.at[i], to: end, role, term, condition, lane: number });
    });
    return segments.filter((segment) => segment.to > segment.from || segment.from === end);
  }

  applyRoleOnly(state, change) {
    if (change < 0) {
      this.applyOther(state, this.model.others[-1 - change].kind);
      return;
    }
    const { kind, a, b } = this.model.states;
    const letter = kind[change].toUpperCase();
    if (letter === "R") {
      state.role = a[change];
      state.term = b[change];
    } else if (letter === "T" || letter === "O") {
      state.term = a[change];
    } else if (letter === "V") {
      state.term = b[change];
    }
  }

  commitsOf(lane) {
    const { kind, a } = this.model.states;
    const steps = { at: [], index: [], highest: 0 };
    lane.change.forEach((change, i) => {
      const letter = change < 0 ? "" : kind[change].toUpperCase();
      const isStart = change < 0 && this.model.others[-1 - change].kind === "Started";
      if (letter === "C" || letter === "I" || isStart) {
        steps.at.push(lane.at[i]);
        steps.index.push(isStart ? 0 : a[change]);
        steps.highest = Math.max(steps.highest, isStart ? 0 : a[change]);
      }
    });
    return steps;
  }

  // Whom a replica names as leader in its messages, whenever that changes.
  leadersSeen(lane) {
    const seen = { at: [], leader: [] };
    let last = -2;
    for (const row of this.model.rowsOfSender[lane] ?? []) {
      const leader = this.model.messages.leader[row];
      if (leader !== last) {
        seen.at.push(this.model.messages.at[row]);
        seen.leader.push(leader);
        last = leader;
      }
    }
    return seen;
  }

  leaderSeenAt(lane, event) {
    const place = lastAtMost(this.leaders[lane].at, event);
    return place < 0 ? -1 : this.leaders[lane].leader[place];
  }
}
