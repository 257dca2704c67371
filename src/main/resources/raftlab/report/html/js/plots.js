// Plots over the time of the run: latency, messages, answered requests. Drawn by uPlot.
import { element } from "./dom.js";
import { GROUPS, groupOf } from "./model.js";

// The width of a bin in seconds, so that there are 30 to 90 of them.
export function binWidth(seconds) {
  const rough = seconds / 60;
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-4, rough)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= rough) ?? 10 * power;
}

// Events per second in bins: [times, one list of rates for each series].
export function rates(model, events, seriesOf, count) {
  const last = Math.max(0.001, model.seconds(model.count - 1));
  const width = binWidth(last);
  const bins = Math.max(1, Math.ceil(last / width));
  const times = Array.from({ length: bins }, (_, i) => (i + 0.5) * width);
  const lists = Array.from({ length: count }, () => new Array(bins).fill(0));
  events.forEach((event, i) => {
    const series = seriesOf(i);
    const bin = Math.floor(model.seconds(event) / width);
    if (series >= 0 && bin >= 0 && bin < bins) {
      lists[series][bin] += 1 / width;
    }
  });
  return [times, ...lists];
}

// The latency of each answered request in milliseconds, by the time of its answer.
export function latencies(model) {
  const { at, end, answer } = model.requests;
  const points = [];
  for (let row = 0; row < at.length; row++) {
    if (end[row] >= 0) {
      const millis = (model.micros[end[row]] - model.micros[at[row]]) / 1000;
      points.push({ seconds: model.seconds(end[row]), millis, isDone: model.text(answer[row]) === "ok" });
    }
  }
  return points.sort((a, b) => a.seconds - b.seconds);
}

// How many requests took how long, in bins that double: [{from, to, count}].
export function distribution(points) {
  const bins = [];
  for (const { millis } of points) {
    const bin = Math.max(0, Math.floor(Math.log2(Math.max(0.125, millis) / 0.125)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return Array.from(bins, (count, i) => ({ from: i === 0 ? 0 : 0.125 * 2 ** i, to: 0.125 * 2 ** (i + 1), count: count ?? 0 }));
}

export function percentile(points, part) {
  const sorted = points.map((point) => point.millis).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

function options(title, width, theme, series, bands, scales = {}) {
  const axis = { stroke: theme.text, grid: { stroke: theme.line, width: 1 }, ticks: { stroke: theme.line } };
  return {
    title,
    width,
    height: 220,
    scales: { x: { time: false }, ...scales },
    axes: [{ ...axis, values: (_, marks) => marks.map((mark) => `${mark} s`) }, axis],
    series: [{ label: "time", value: (_, v) => (v === null ? "–" : `${v.toFixed(2)} s`) }, ...series],
    hooks: { drawClear: [(plot) => drawBands(plot, theme, bands)] },
    cursor: { points: { size: 6 } },
  };
}

// The times of faults behind the curves.
function drawBands(plot, theme, bands) {
  const pen = plot.ctx;
  const { left, top, width, height } = plot.bbox;
  pen.save();
  for (const band of bands) {
    const from = Math.max(left, plot.valToPos(band.from, "x", true));
    const to = Math.min(left + width, plot.valToPos(band.to, "x", true));
    if (to > from) {
      pen.globalAlpha = 0.22;
      pen.fillStyle = band.isDown ? theme.down : theme.cut;
      pen.fillRect(from, top, to - from, height);
    }
  }
  pen.restore();
}

function downBands(diagram) {
  const { model, states, bands } = diagram;
  const cut = bands.map((band) => ({ from: model.seconds(band.from), to: model.seconds(band.to), isDown: false }));
  const down = states.segments.flat().filter((segment) => segment.condition !== "up");
  return [...cut, ...down.map((segment) => ({ from: model.seconds(segment.from), to: model.seconds(segment.to), isDown: true }))];
}

export function showPlots(panel, diagram) {
  const { model, theme } = diagram;
  const bands = downBands(diagram);
  const width = Math.max(420, Math.floor(panel.clientWidth / 2) - 24);
  const grid = element("div", { class: "plots" });
  panel.append(element("p", { class: "faint" }, "Behind the curves: yellow while links were cut, grey while a replica was down or paused."), grid);
  const add = (title, series, data, scales) => {
    const place = element("div", {});
    grid.append(place);
    return new uPlot(options(title, width, theme, series, bands, scales), data, place);
  };
  const points = latencies(model);
  if (points.length > 0) {
    const dots = (label, stroke) => ({ label, stroke, paths: () => null, points: { show: true, size: 4, fill: stroke } });
    const value = (isDone) => points.map((point) => (point.isDone === isDone ? Math.max(0.01, point.millis) : null));
    const times = points.map((point) => point.seconds);
    add("latency in ms", [dots("ok", theme.client), dots("redirect, fail", theme.lost)], [times, value(true), value(false)], { y: { distr: 3 } });
    grid.append(distributionTable(points));
    const ended = [...model.requests.end].filter((event) => event >= 0);
    const okRows = [...model.requests.answer].filter((_, row) => model.requests.end[row] >= 0);
    const line = { label: "ok a second", stroke: theme.client, width: 2, fill: `${theme.client}33`, points: { show: false } };
    add("answered requests a second", [line], rates(model, ended, (i) => (model.text(okRows[i]) === "ok" ? 0 : -1), 1));
  }
  const groups = GROUPS.map((group) => group.id);
  const series = GROUPS.map((group) => ({ label: group.name, stroke: theme[group.id], width: 1.6, points: { show: false } }));
  add("messages a second", series, rates(model, model.messages.at, (row) => groups.indexOf(groupOf(model.messages.kind[row])), groups.length));
}

function distributionTable(points) {
  const bins = distribution(points);
  const most = Math.max(...bins.map((bin) => bin.count));
  const text = (part) => `${percentile(points, part).toFixed(2)} ms`;
  return element(
    "div",
    {},
    element("h3", {}, "How long answers took"),
    element("p", { class: "faint" }, `median ${text(0.5)}, 90 % below ${text(0.9)}, 99 % below ${text(0.99)}, longest ${text(1)}`),
    element(
      "table",
      { class: "states" },
      ...bins.map((bin) =>
        element(
          "tr",
          {},
          element("td", {}, `${bin.from} to ${bin.to} ms`),
          element("td", {}, `${bin.count}`),
          element("td", {}, element("div", { class: "swatch", style: `width:${(12 * bin.count) / most}rem;background:var(--client)` })),
        ),
      ),
    ),
  );
}
