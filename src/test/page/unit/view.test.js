import assert from "node:assert/strict";
import { test } from "node:test";
import { ArrowPainter, distanceTo, mostArrows } from "../../../main/resources/raftlab/report/html/js/arrows.js";
import { Axis, timeText } from "../../../main/resources/raftlab/report/html/js/axis.js";
import { keysOf, rowsAround } from "../../../main/resources/raftlab/report/html/js/history.js";
import { laneAt, layoutOf } from "../../../main/resources/raftlab/report/html/js/layout.js";
import { linkOf, readLink } from "../../../main/resources/raftlab/report/html/js/link.js";
import { binWidth, distribution, latencies, percentile, rates } from "../../../main/resources/raftlab/report/html/js/plots.js";
import { Search } from "../../../main/resources/raftlab/report/html/js/search.js";
import { View } from "../../../main/resources/raftlab/report/html/js/view.js";
import { model } from "./fixture.js";

test("places and events belong to each other on both axes", () => {
  const axis = new Axis(model());
  for (const mode of ["time", "order"]) {
    axis.setMode(mode);
    axis.showAll();
    for (const event of [4, 13, 20]) {
      assert.equal(axis.positions[axis.eventAt(axis.x(event) + 1e-6)], axis.positions[event]);
    }
  }
});

test("by order, events at one time stand apart", () => {
  const axis = new Axis(model());
  axis.setMode("order");
  axis.showEvents(4, 13);
  assert.ok(axis.x(12) - axis.x(11) > 5);
  assert.ok(axis.x(4) >= axis.left && axis.x(13) <= axis.left + axis.width);
});

test("any two events can be shown together", () => {
  const axis = new Axis(model());
  for (const mode of ["time", "order"]) {
    axis.setMode(mode);
    for (let first = 0; first < axis.model.count; first++) {
      for (let last = first; last < axis.model.count; last++) {
        axis.showEvents(first, last);
        assert.ok(axis.x(first) >= axis.left - 1e-6 && axis.x(last) <= axis.left + axis.width + 1e-6, `${mode}: ${first} to ${last}`);
      }
    }
  }
});

test("zooming keeps the place under the pointer", () => {
  const axis = new Axis(model());
  const x = axis.x(13);
  axis.zoom(0.5, x);
  assert.ok(Math.abs(axis.x(13) - x) < 0.001);
});

test("the view never leaves the run", () => {
  const axis = new Axis(model());
  axis.zoom(0.1, 300);
  axis.pan(1e9);
  assert.ok(axis.to <= axis.last + (axis.last - axis.first) * 0.04);
  axis.pan(-1e9);
  assert.ok(axis.from >= axis.first - (axis.last - axis.first) * 0.04);
});

test("times have as many digits as needed", () => {
  assert.equal(timeText(1_500_000, 100_000), "1.5 s");
  assert.equal(timeText(1_500_250, 10), "1.50025 s");
});

test("a link leads back to the same event, replica and axis", () => {
  const run = model();
  const view = new View(run);
  const axis = new Axis(run);
  axis.setMode("order");
  view.cursor = 12;
  view.lane = 3;
  const link = readLink(linkOf(run, view, axis), run);
  assert.deepEqual(link, { event: 12, lane: 3, axis: "order" });
  assert.deepEqual(readLink("#t=0.0011&r=1", run), { event: 8, lane: 2 });
  assert.deepEqual(readLink("#t=x&r=9&i=99999", run), {});
});

test("steps stop only where something is shown", () => {
  const view = new View(model());
  view.cursor = 4;
  view.step(1);
  assert.equal(view.cursor, 5);
  view.toggleGroup("vote");
  view.step(1);
  assert.equal(view.cursor, 7); // the state changes of the vote are still shown
  view.step(1);
  assert.equal(view.cursor, 10);
  view.step(-1);
  assert.equal(view.cursor, 7);
});

test("a filter by replica hides what does not concern it", () => {
  const view = new View(model());
  view.showLane(3);
  assert.equal(view.shows(0), false);
  assert.equal(view.shows(3), true);
});

test("frequent kinds become counts when there is no room for their arrows", () => {
  const run = model();
  const axis = new Axis(run);
  const painter = new ArrowPainter(run);
  assert.equal(painter.choose(axis, new View(run)).size, 3);
  assert.deepEqual(painter.level.counted, []);
  assert.ok(mostArrows(axis) >= 250);
});

test("search finds keys, MIDs, printed and reported words", async () => {
  const run = model();
  const bodies = { search: async () => {} };
  const search = new Search(run, bodies);
  await search.start("m1", () => {});
  assert.deepEqual(search.found, [14, 17]);
  await search.start("crashed", () => {});
  assert.deepEqual(search.found, [20]);
  await search.start("colour=", () => {});
  assert.deepEqual(search.found, [15]);
  assert.equal(search.next(0, 1), 15);
  assert.equal(search.next(15, 1), 15); // around
  await search.start("nothing", () => {});
  assert.equal(search.next(0, 1), -1);
});

test("lanes fill the canvas without gaps", () => {
  const run = model();
  const layout = layoutOf(run, 900, 500, true);
  for (let lane = 0; lane < run.lanes.length; lane++) {
    assert.equal(laneAt(layout, layout.lanes[lane].middle), lane);
  }
});

test("a point is near an arrow by its distance to the line", () => {
  assert.equal(distanceTo({ x1: 0, y1: 0, x2: 10, y2: 0 }, 5, 3), 3);
  assert.equal(distanceTo({ x1: 0, y1: 0, x2: 0, y2: 0 }, 3, 4), 5);
});

test("plots count answers and latencies", () => {
  const run = model();
  const points = latencies(run);
  assert.deepEqual(points, [{ seconds: 0.006, millis: 1, isDone: true }]);
  assert.equal(percentile(points, 0.5), 1);
  assert.equal(distribution(points).at(-1).count, 1);
  const [times, rate] = rates(run, [...run.requests.end], () => 0, 1);
  assert.equal(times.length, rate.length);
  assert.ok(Math.abs(rate.reduce((sum, value) => sum + value * binWidth(run.seconds(run.count - 1)), 0) - 1) < 1e-9);
});

test("keys with contradictions come first, with the requests around them", () => {
  const run = model();
  const [key] = keysOf(run);
  assert.equal(key.key, "colour");
  assert.equal(key.count, 1);
  assert.deepEqual(rowsAround(run, [0], { events: [14, 17] }), [0]);
  assert.deepEqual(rowsAround(run, [0], { events: [19, 20] }), []);
});
