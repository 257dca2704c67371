// Faults that last: when links were cut, and which replicas were then cut off from a majority.

// The groups of replicas that still reach each other in both directions.
export function groups(model, cut) {
  const size = model.replicas;
  const first = model.firstReplica;
  const isCut = new Set();
  for (let i = 0; i < cut.length; i += 2) {
    isCut.add((cut[i] - first) * size + cut[i + 1] - first);
  }
  const group = new Array(size).fill(-1);
  let count = 0;
  for (let start = 0; start < size; start++) {
    if (group[start] >= 0) {
      continue;
    }
    const open = [start];
    group[start] = count;
    while (open.length > 0) {
      const from = open.pop();
      for (let to = 0; to < size; to++) {
        if (group[to] < 0 && !isCut.has(from * size + to) && !isCut.has(to * size + from)) {
          group[to] = count;
          open.push(to);
        }
      }
    }
    count++;
  }
  return Array.from({ length: count }, (_, number) =>
    group.flatMap((its, replica) => (its === number ? [replica + first] : [])),
  );
}

function cutText(model, parts, cut) {
  return parts.length > 1
    ? `partition: ${parts.map((part) => part.map((lane) => model.name(lane)).join(" ")).join(" | ")}`
    : `${cut.length / 2} ${cut.length === 2 ? "link" : "links"} cut`;
}

// {from, to, text, isolated}: from when to when links were cut, by event numbers.
export function cuts(model) {
  const bands = [];
  let open = null;
  for (const other of model.others) {
    if (other.kind !== "LinksCut") {
      continue;
    }
    if (open) {
      open.to = other.at;
      open = null;
    }
    if (other.cut.length > 0) {
      const parts = groups(model, other.cut);
      const isolated = parts.filter((part) => 2 * part.length <= model.replicas).flat();
      open = { from: other.at, to: model.count - 1, text: cutText(model, parts, other.cut), isolated: parts.length > 1 ? isolated : [] };
      bands.push(open);
    }
  }
  return bands.filter((band) => band.to > band.from);
}

const SHOWN = { Fault: 1, Crashed: 1, Exited: 1, Paused: 1, Resumed: 1, Started: 1, Effect: 1, FaultHeld: 1, Step: 1, NeverReady: 1 };

// Single moments for the row of faults: {at, text}. Starts before the scenario's time are left out.
export function faultMarks(model) {
  const marks = [];
  for (const other of model.others) {
    const isEarly = other.kind === "Started" && model.micros[other.at] <= 0;
    if (SHOWN[other.kind] && !isEarly && other.text && !(other.kind === "Effect" && model.micros[other.at] <= 0)) {
      marks.push({ at: other.at, text: other.text, kind: other.kind });
    }
  }
  return marks;
}
