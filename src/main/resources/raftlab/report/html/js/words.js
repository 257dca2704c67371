// Describes events in words.
import { ROLES } from "./states.js";

const MESSAGE_NAMES = {
  v: "RequestVote",
  V: "vote granted",
  W: "vote refused",
  p: "pre-vote request",
  P: "pre-vote granted",
  Q: "pre-vote refused",
  a: "AppendEntries",
  h: "heartbeat",
  r: "AppendEntries reply",
  f: "AppendEntries rejected",
  s: "InstallSnapshot",
  o: "message",
  c: "request",
  C: "answer",
};

const ENDS = {
  D: "delivered",
  L: "dropped: loss",
  S: "dropped: planned by the scenario",
  Q: "dropped: the link's queue was full",
  C: "dropped: corrupted",
  P: "dropped: partition",
  N: "dropped: the receiver was down",
  T: "dropped: larger than a datagram",
};

export function seconds(model, event) {
  return `${model.seconds(event).toFixed(3)} s`;
}

export function messageName(kind) {
  return MESSAGE_NAMES[kind] ?? "message";
}

export function endText(end) {
  return ENDS[end] ?? "dropped";
}

// What a message carries, in a few characters: "entry 7", "log ends at 5/1".
export function messageContent(model, row) {
  const { kind, x, y, z } = model.messages;
  switch (kind[row]) {
    case "a": {
      const first = x[row] + 1;
      const last = x[row] + y[row];
      const range = x[row] < 0 ? `${y[row]} entries` : first === last ? `entry ${first}` : `entries ${first}–${last}`;
      return z[row] > 0 ? `${range}, commit ${z[row]}` : range;
    }
    case "h":
      return z[row] > 0 ? `commit ${z[row]}` : "";
    case "v":
    case "p":
      return x[row] < 0 ? "" : `log ends at entry ${x[row]}${y[row] < 0 ? "" : ` of term ${y[row]}`}`;
    case "r":
    case "f":
      return x[row] < 0 ? "" : `up to entry ${x[row]}`;
    case "s":
      return `up to entry ${x[row]}`;
    default:
      return "";
  }
}

export function messageTitle(model, row) {
  const { from, to, kind, type, term } = model.messages;
  const name = messageName(kind[row]);
  const own = model.text(type[row]) ?? "";
  const content = messageContent(model, row);
  const details = [term[row] >= 0 ? `term ${term[row]}` : "", content].filter(Boolean).join(", ");
  const words = "cCo".includes(kind[row]) ? own : name;
  return `${model.name(from[row])} → ${model.name(to[row])}  ${words}${details ? ` (${details})` : ""}`;
}

export function deliveryText(model, row) {
  const copies = model.copiesOf(row);
  const parts = copies.map((copy) => {
    const after = (model.micros[model.copies.at[copy]] - model.micros[model.messages.at[row]]) / 1000;
    const text = endText(model.copies.end[copy]);
    return after >= 0.01 ? `${text} after ${after.toFixed(after < 100 ? 2 : 0)} ms` : text;
  });
  if (model.duplicated.has(row)) {
    parts.unshift("duplicated");
  }
  if (model.corrupted.has(row)) {
    parts.unshift("a byte was changed");
  }
  if (model.delays.has(row)) {
    parts.unshift(`delayed by ${(model.delays.get(row) / 1000).toFixed(1)} ms`);
  }
  return parts.length === 0 ? "still in flight at the end" : parts.join("; ");
}

export function stateText(model, row) {
  const { lane, kind, a, b, c, text } = model.states;
  const who = `replica ${model.name(lane[row])}`;
  const x = a[row];
  const y = b[row];
  const sure = kind[row] === kind[row].toUpperCase() ? "" : " (inferred from its messages)";
  const words = {
    R: () => (x === 0 && c[row] >= 0 ? `follows ${model.name(c[row])} in term ${y}` : `is ${ROLES[x]} in term ${y}`),
    T: () => `is in term ${x}`,
    V: () => `votes for ${model.name(x)} in term ${y}`,
    A: () => `appends entry ${x} of term ${y}${text[row] >= 0 && model.text(text[row]) ? `: ${model.text(text[row])}` : ""}`,
    X: () => `deletes its log from entry ${x} on`,
    C: () => `commits its log up to entry ${x}`,
    P: () => `applies entry ${x}`,
    O: () => `restored term ${x} and a log that ends at entry ${y}`,
    S: () => `takes a snapshot up to entry ${x}`,
    I: () => `installs a snapshot up to entry ${x}`,
    M: () => `uses the members ${model.text(text[row])}`,
  }[kind[row].toUpperCase()];
  return `${who} ${words ? words() : ""}${sure}`;
}

export function requestText(model, row) {
  const { client, replica, type, key, value } = model.requests;
  const about = [model.text(key[row]), model.text(value[row])].filter((part) => part !== null);
  return `client ${model.name(client[row])} asks ${model.name(replica[row])}: ${model.text(type[row])} ${about.join(" = ")}`;
}

export function answerText(model, row) {
  const { client, replica, answer, answerValue, key } = model.requests;
  if (answer[row] < 0) {
    return "no answer";
  }
  const value = model.text(answerValue[row]);
  const read = value === null ? "" : ` = ${value === "" ? '""' : value}`;
  return `${model.name(replica[row])} answers client ${model.name(client[row])}: ${model.text(answer[row])} ${model.text(key[row]) ?? ""}${read}`;
}

// One line about any event.
export function eventText(model, event) {
  const row = model.row[event];
  const kind = model.kinds[event];
  if (row < 0) {
    return kind === "R" ? "a state change" : "an event of the network";
  }
  switch (kind) {
    case "S":
      return messageTitle(model, row);
    case "D":
    case "X":
      return `${messageTitle(model, model.copies.message[row])}: ${endText(model.copies.end[row])}`;
    case "R":
      return stateText(model, row);
    case "Q":
      return requestText(model, row);
    case "A":
      return answerText(model, row);
    default:
      if (model.others[row].kind === "Noted") {
        return `replica ${model.name(model.others[row].lane)} notes: ${model.others[row].text}`;
      }
      return model.others[row].kind === "Printed"
        ? `replica ${model.name(model.others[row].lane)} printed: ${model.others[row].text}`
        : model.others[row].text;
  }
}

// The lane on which an event stands; -1 for the whole cluster.
export function laneOf(model, event) {
  const row = model.row[event];
  switch (row < 0 ? "" : model.kinds[event]) {
    case "S":
      return model.messages.from[row];
    case "D":
    case "X":
      return model.messages.to[model.copies.message[row]];
    case "R":
      return model.states.lane[row];
    case "Q":
      return model.requests.client[row];
    case "A":
      return model.requests.replica[row];
    case "":
      return -1;
    default:
      return model.others[row].lane;
  }
}
