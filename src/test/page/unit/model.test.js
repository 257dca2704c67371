import assert from "node:assert/strict";
import { test } from "node:test";
import { cuts, groups } from "../../../main/resources/raftlab/report/html/js/bands.js";
import { ascending, lastAtMost, lowerBound, rowsBy } from "../../../main/resources/raftlab/report/html/js/columns.js";
import { firstDifference, firstElectionThatDiffers } from "../../../main/resources/raftlab/report/html/js/difference.js";
import { eventText, laneOf } from "../../../main/resources/raftlab/report/html/js/words.js";
import { Model } from "../../../main/resources/raftlab/report/html/js/model.js";
import { model, rawRun, states } from "./fixture.js";

test("searches find the first and the last place of equal values", () => {
  const values = [1, 3, 3, 3, 7];
  assert.equal(lowerBound(values, 3), 1);
  assert.equal(lowerBound(values, 8), 5);
  assert.equal(lastAtMost(values, 3), 3);
  assert.equal(lastAtMost(values, 0), -1);
});

test("columns are undone and grouped", () => {
  assert.deepEqual([...ascending([5, 1, 0, 4])], [5, 6, 6, 10]);
  assert.deepEqual(rowsBy([1, 0, -1, 1], 2).map((rows) => [...rows]), [[1], [0, 3]]);
});

test("a message that is sent and neither delivered nor dropped yet is in flight", () => {
  const run = model();
  assert.deepEqual(run.inFlight(5), [0]);
  assert.deepEqual(run.inFlight(6), []);
  assert.deepEqual(run.inFlight(12), [3]);
});

test("messages between two events include those sent before", () => {
  const rows = [];
  model().messagesBetween(9, 10, (row) => rows.push(row));
  assert.deepEqual(rows, [1]);
});

test("the event at a time is the last one until then", () => {
  const run = model();
  assert.equal(run.eventAt(0.0013), 12);
  assert.equal(run.eventAt(0.004), 13);
  assert.equal(run.eventAt(100), run.count - 1);
  assert.equal(run.eventAt(-1), 0);
});

test("the state at an event is what was reported until then", () => {
  const all = states();
  assert.equal(all.at(1, 9).role, 2);
  assert.equal(all.at(1, 10).role, 3);
  assert.equal(all.at(2, 7).vote, 1);
  assert.deepEqual(all.at(1, 15).log, [{ index: 1, term: 1, command: "put colour=blue" }]);
  assert.equal(all.at(1, 15).commit, 0);
  assert.equal(all.at(1, 16).commit, 1);
  assert.equal(all.at(1, 19).isUp, true);
  assert.equal(all.at(1, 20).isUp, false);
});

test("segments change with role, term and crash", () => {
  const segments = states().segments[1].map(({ from, role, condition }) => [from, role, condition]);
  assert.deepEqual(segments, [
    [0, 0, "up"],
    [4, 2, "up"],
    [10, 3, "up"],
    [20, 3, "down"],
  ]);
});

test("the leader that a replica names is known from its messages", () => {
  const all = states();
  assert.equal(all.leaderSeenAt(1, 5), -1);
  assert.equal(all.leaderSeenAt(1, 12), 1);
});

test("a cut isolates the smaller part", () => {
  const run = model();
  assert.deepEqual(groups(run, [1, 2, 2, 1, 1, 3, 3, 1]), [[1], [2, 3]]);
  const [band] = cuts(run);
  assert.deepEqual([band.from, band.to, band.isolated], [18, 19, [1]]);
});

test("every event has words and a lane", () => {
  const run = model();
  for (let event = 0; event < run.count; event++) {
    assert.equal(typeof eventText(run, event), "string");
    assert.ok(laneOf(run, event) >= -1 && laneOf(run, event) < run.lanes.length);
  }
  assert.match(eventText(run, 7), /0001 votes for 0000 in term 1/);
  assert.match(eventText(run, 13), /0000 → 0002.*loss/);
});

test("equal runs have no difference", () => {
  assert.equal(firstDifference(model(), model()), null);
  assert.equal(firstElectionThatDiffers(model(), model()), null);
});

test("the first difference is the first event of another content or time", () => {
  const raw = rawRun();
  raw.states.b[2] = 2; // the election, at event 10, is of another term
  assert.deepEqual(firstDifference(model(), new Model(raw)), { a: 10, b: 10 });
  assert.deepEqual(firstElectionThatDiffers(model(), new Model(raw)), { a: 10, b: 10 });
  const late = rawRun();
  late.times[5] += 1;
  assert.deepEqual(firstDifference(model(), new Model(late)), { a: 5, b: 5 });
});
