// The requests of one key as bars, one row for each client: which answers contradict each other,
// and the longest order of operations that explains the others.
import { element } from "./dom.js";
import { shortWords } from "./why.js";
import { answerText, requestText } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const ROW = 30;
const LEFT = 60;

function svg(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

// The keys of a run: those with contradictions first, then by the number of requests.
export function keysOf(model) {
  const counts = new Map();
  model.requests.key.forEach((key) => key >= 0 && counts.set(key, (counts.get(key) ?? 0) + 1));
  const wrong = new Map(model.verdict.contradictions.map((each) => [each.key, each]));
  return [...counts]
    .map(([key, count]) => ({ key: model.text(key), number: key, count, wrong: wrong.get(model.text(key)) ?? null }))
    .sort((a, b) => (a.wrong ? 0 : 1) - (b.wrong ? 0 : 1) || b.count - a.count);
}

export function rowsOfKey(model, number) {
  const rows = [];
  model.requests.key.forEach((key, row) => key === number && rows.push(row));
  return rows;
}

// Only the requests around the contradiction, so that its bars are wide enough to read.
export function rowsAround(model, rows, wrong) {
  const { at, end } = model.requests;
  const events = wrong ? wrong.events.filter((event) => event >= 0) : [];
  if (events.length === 0) {
    return rows;
  }
  const first = Math.min(...events);
  const last = Math.max(...events);
  return rows.filter((row) => at[row] <= last && (end[row] < 0 || end[row] >= first));
}

export function historyChart(model, key, width, goTo) {
  const { requests } = model;
  const rows = rowsAround(model, rowsOfKey(model, key.number), key.wrong).slice(0, 300);
  const clients = [...new Set(rows.map((row) => requests.client[row]))].sort((a, b) => a - b);
  // Only the order of calls and returns counts, so they stand at equal distances.
  const ends = [...new Set(rows.flatMap((row) => [requests.at[row], requests.end[row]]).filter((event) => event >= 0))].sort((a, b) => a - b);
  const places = new Map(ends.map((event, i) => [event, i]));
  const x = (event) => LEFT + ((places.get(event) + 0.3) / ends.length) * (width - LEFT - 24);
  const height = clients.length * ROW + 26;
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img", "aria-label": `requests for key ${key.key}` });
  clients.forEach((client, i) => chart.append(svg("text", { x: 4, y: i * ROW + 19, class: "label" }, model.name(client))));
  const shown = new Set(key.wrong?.events ?? []);
  const order = new Map((key.wrong?.order ?? []).map((event, i) => [event, i + 1]));
  for (const row of rows) {
    const isOpen = requests.end[row] < 0;
    const left = x(requests.at[row]);
    const right = Math.max(left + 3, isOpen ? width - 20 : x(requests.end[row]));
    const y = clients.indexOf(requests.client[row]) * ROW + 4;
    const isWrong = shown.has(requests.at[row]) || shown.has(requests.end[row]);
    const isBlamed = key.wrong && requests.end[row] === key.wrong.blamed;
    const answer = isOpen ? "open" : model.text(requests.answer[row]);
    const bar = svg("g", { class: `operation ${answer} ${model.text(requests.type[row])} ${isWrong ? "evidence" : ""} ${isBlamed ? "blamed" : ""}`, tabindex: 0 });
    bar.append(svg("title", {}, `${requestText(model, row)}\n${answerText(model, row)}`));
    bar.append(svg("rect", { x: left, y, width: right - left, height: ROW - 10, rx: 2 }));
    const place = order.get(requests.at[row]);
    const value = model.text(requests.type[row]) === "get" ? model.text(requests.answerValue[row]) : model.text(requests.value[row]);
    const words = `${place ? `${place}. ` : ""}${model.text(requests.type[row])} ${value === "" ? '""' : (value ?? "?").slice(0, 6)}`;
    if (right - left > 6.5 * words.length || isWrong) {
      bar.append(svg("text", { x: Math.min(left + 3, width - 7 * words.length), y: y + 14 }, words));
    } else if (place && right - left > 12) {
      bar.append(svg("text", { x: left + 2, y: y + 14 }, `${place}`));
    }
    bar.addEventListener("click", () => goTo(requests.at[row]));
    chart.append(bar);
  }
  const bottom = clients.length * ROW + 16;
  const every = Math.max(1, Math.ceil(ends.length / (width / 90)));
  for (let i = 0; i < ends.length; i += every) {
    chart.append(svg("text", { x: x(ends[i]), y: bottom, class: "label" }, `${model.seconds(ends[i]).toFixed(3)} s`));
  }
  return chart;
}

export function showRequests(panel, model, view, goTo) {
  const keys = keysOf(model);
  const chart = element("div", {});
  const wrong = keys.filter((key) => key.wrong);
  const verdict = model.verdict.checks.find((check) => check.check === "linearizable");
  panel.append(
    element(
      "p",
      { class: wrong.length > 0 ? "bad" : "good" },
      wrong.length > 0
        ? `Not linearizable: ${wrong.length} of ${keys.length} keys have answers that no order of the operations explains.`
        : `${verdict ? verdict.text : "No contradiction was found."} (${keys.length} keys)`,
    ),
  );
  const select = element(
    "select",
    { id: "key", "aria-label": "Key" },
    ...keys.slice(0, 2_000).map((key, i) => element("option", { value: i }, `${shortWords(key.key)}  (${key.count} requests${key.wrong ? `, ${key.wrong.kind}` : ""})`)),
  );
  const only = element("button", { title: "Pale all other requests in the diagram" }, "mark in the diagram");
  const show = () => {
    const key = keys[Number(select.value)];
    const parts = [];
    if (key.wrong) {
      const order = key.wrong.order.length;
      parts.push(element("p", {}, shortWords(key.wrong.text)));
      parts.push(element("p", { class: "faint" }, `Outlined: the operations that contradict each other; filled: the wrong answer.${order > 0 ? ` Numbers: the longest order that explains the other answers (${order} ${order === 1 ? "operation" : "operations"}).` : ""}`));
    }
    parts.push(historyChart(model, key, Math.max(600, panel.clientWidth), goTo));
    chart.replaceChildren(...parts);
  };
  if (keys.length > 0) {
    only.addEventListener("click", () => view.showKey(view.requestKey === keys[Number(select.value)].key ? null : keys[Number(select.value)].key));
    select.addEventListener("change", show);
    panel.append(element("p", {}, "Key ", select, " ", only), chart);
    show();
  }
}

