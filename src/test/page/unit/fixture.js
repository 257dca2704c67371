// A small run: client 0015, replicas 0000 to 0002; 0000 is elected, appends an entry, and crashes.
import { Model } from "../../../main/resources/raftlab/report/html/js/model.js";
import { States } from "../../../main/resources/raftlab/report/html/js/states.js";

const differences = (values) => values.map((value, i) => (i === 0 ? value : value - values[i - 1]));

// Each event: [micros, kind, details].
const EVENTS = [
  [0, "o", { kind: "Started", lane: 1, text: "replica 0000 was started" }],
  [0, "o", { kind: "Started", lane: 2, text: "replica 0001 was started" }],
  [0, "o", { kind: "Started", lane: 3, text: "replica 0002 was started" }],
  [0, "o", { kind: "Began", lane: -1, text: "" }],
  [1000, "R", ["R", 1, 2, 1, -1]], // 4: 0000 is a candidate in term 1
  [1000, "S", { from: 1, to: 2, kind: "v", term: 1 }], // 5
  [1100, "D", 0], // 6
  [1100, "R", ["V", 2, 1, 1, 0]], // 7: 0001 votes for 0000
  [1100, "S", { from: 2, to: 1, kind: "V", term: 1 }], // 8
  [1300, "D", 1], // 9
  [1300, "R", ["R", 1, 3, 1, 1]], // 10: 0000 is leader
  [1300, "S", { from: 1, to: 2, kind: "h", term: 1, leader: 1 }], // 11
  [1300, "S", { from: 1, to: 3, kind: "h", term: 1, leader: 1 }], // 12
  [1350, "X", 3], // 13: the second heartbeat is lost
  [5000, "Q", { client: 0, replica: 1, mid: "m1", type: "put", key: "colour", value: "blue" }], // 14
  [5000, "R", ["A", 1, 1, 1, 0, "put colour=blue"]], // 15
  [6000, "R", ["C", 1, 1, 0, 0]], // 16
  [6000, "A", { request: 0, answer: "ok" }], // 17
  [7000, "o", { kind: "LinksCut", lane: -1, text: "links cut", cut: [1, 2, 2, 1, 1, 3, 3, 1] }], // 18
  [9000, "o", { kind: "LinksCut", lane: -1, text: "no link is cut", cut: [] }], // 19
  [9500, "o", { kind: "Crashed", lane: 1, text: "replica 0000 crashed" }], // 20
  [9900, "o", { kind: "Ended", lane: -1, text: "the run ended" }], // 21: the first heartbeat is still in flight
];

export function rawRun() {
  const texts = [];
  const text = (value) => {
    if (value === undefined) {
      return -1;
    }
    if (!texts.includes(value)) {
      texts.push(value);
    }
    return texts.indexOf(value);
  };
  const messages = { number: [], at: [], from: [], to: [], kind: "", type: [], term: [], leader: [], mid: [], x: [], y: [], z: [], pack: 1000 };
  const copies = { message: [], at: [], end: "", delayed: [], delay: [], duplicated: [], corrupted: [] };
  const changes = { at: [], lane: [], kind: "", a: [], b: [], c: [], text: [] };
  const requests = { at: [], client: [], replica: [], operation: [], mid: [], type: [], key: [], value: [], end: [], answer: [], answerValue: [] };
  const others = [];
  EVENTS.forEach(([, kind, details], at) => {
    if (kind === "S") {
      messages.at.push(at);
      messages.number.push(messages.number.length + 1);
      messages.kind += details.kind;
      messages.type.push(text("type"));
      messages.leader.push(details.leader ?? -1);
      messages.mid.push(-1);
      ["from", "to", "term"].forEach((name) => messages[name].push(details[name]));
      ["x", "y", "z"].forEach((name) => messages[name].push(0));
    } else if (kind === "D" || kind === "X") {
      copies.message.push(details);
      copies.at.push(at);
      copies.end += kind === "D" ? "D" : "L";
    } else if (kind === "R") {
      const [letter, lane, a, b, c, command] = details;
      changes.at.push(at);
      changes.lane.push(lane);
      changes.kind += letter;
      changes.a.push(a);
      changes.b.push(b);
      changes.c.push(c);
      changes.text.push(text(command));
    } else if (kind === "Q") {
      requests.at.push(at);
      requests.operation.push(1);
      ["client", "replica"].forEach((name) => requests[name].push(details[name]));
      ["mid", "type", "key", "value"].forEach((name) => requests[name].push(text(details[name])));
      requests.end.push(-1);
      requests.answer.push(-1);
      requests.answerValue.push(-1);
    } else if (kind === "A") {
      requests.end[details.request] = at;
      requests.answer[details.request] = text(details.answer);
    } else {
      others.push({ at, ...details });
    }
  });
  ["number", "at"].forEach((name) => (messages[name] = differences(messages[name])));
  ["message", "at", "delayed", "duplicated", "corrupted"].forEach((name) => (copies[name] = differences(copies[name])));
  changes.at = differences(changes.at);
  requests.at = differences(requests.at);
  return {
    format: 1,
    began: 0,
    lanes: ["0015", "0000", "0001", "0002"],
    firstReplica: 1,
    times: differences(EVENTS.map(([micros]) => micros)),
    kinds: EVENTS.map(([, kind]) => kind).join(""),
    verdict: { status: "fail", evidence: [{ at: 10, text: "leader" }], contradictions: [], checks: [] },
    messages,
    copies,
    states: changes,
    requests,
    others,
    texts,
  };
}

export function model() {
  return new Model(rawRun());
}

export function states(run = model()) {
  return new States(run);
}
