// Where two runs differ first.
import { eventText } from "./words.js";

// The number of the first event that differs; the runs are equal if it is past the end of both.
// Repeatable runs of one seed are equal until a replica behaves differently.
export function firstDifference(a, b) {
  const least = Math.min(a.count, b.count);
  for (let event = 0; event < least; event++) {
    const isSame = a.kinds[event] === b.kinds[event] && a.micros[event] === b.micros[event] && eventText(a, event) === eventText(b, event);
    if (!isSame) {
      return { a: event, b: event };
    }
  }
  return a.count === b.count ? null : { a: Math.min(least, a.count - 1), b: Math.min(least, b.count - 1) };
}

// Runs of processes never have equal times, so only their elections are compared.
export function firstElectionThatDiffers(a, b) {
  const first = elections(a);
  const second = elections(b);
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (first[i]?.text !== second[i]?.text) {
      return { a: first[i]?.event ?? a.count - 1, b: second[i]?.event ?? b.count - 1 };
    }
  }
  return null;
}

function elections(model) {
  const { states } = model;
  const list = [];
  for (let row = 0; row < states.count; row++) {
    if (states.kind[row].toUpperCase() === "R" && states.a[row] === 3) {
      list.push({ event: states.at[row], text: `${model.name(states.lane[row])} in term ${states.b[row]}` });
    }
  }
  return list;
}
