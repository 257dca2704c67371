// The canvas with the time-space diagram: paints when something changed, answers what is at a point.
import { ArrowPainter } from "./arrows.js";
import { cuts, faultMarks } from "./bands.js";
import { LanePainter, fitText } from "./lanes.js";
import { laneAt, layoutOf, wantedHeight } from "./layout.js";
import { MarkPainter } from "./marks.js";
import { RequestPainter } from "./requests.js";
import { ROLES } from "./states.js";
import { messageName } from "./words.js";
import { readTheme } from "./theme.js";

export class Diagram {
  constructor(canvas, model, states, axis, view) {
    Object.assign(this, { canvas, model, states, axis, view });
    this.pen = canvas.getContext("2d");
    this.bands = cuts(model);
    this.faults = faultMarks(model);
    this.lanes = new LanePainter(model, states, this.bands, this.faults);
    this.arrows = new ArrowPainter(model);
    this.requests = new RequestPainter(model);
    this.marks = new MarkPainter(model);
    view.evidenceMessages = this.marks.messages;
    this.frames = 0;
    this.readTheme();
    view.onChange(() => this.repaint());
  }

  readTheme() {
    this.theme = readTheme();
    this.lanes.setTheme(this.pen, this.theme);
  }

  get hasFaults() {
    return this.bands.length > 0 || this.faults.length > 0;
  }

  resize(available) {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.parentElement.clientWidth;
    const height = Math.round(wantedHeight(this.model, this.hasFaults, available));
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.layout = layoutOf(this.model, width, height, this.hasFaults);
    this.axis.setRoom(this.layout.gutter, width - this.layout.gutter - 6);
    this.repaint();
  }

  repaint() {
    if (!this.isWaiting) {
      this.isWaiting = true;
      requestAnimationFrame(() => {
        this.isWaiting = false;
        this.paint();
        this.afterPaint?.();
      });
    }
  }

  paint() {
    const { pen, axis, layout, view, theme } = this;
    if (!layout) {
      return;
    }
    this.frames++;
    const ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.fillStyle = theme.back;
    pen.fillRect(0, 0, layout.width, layout.height);
    this.lanes.paint(pen, axis, layout, view);
    this.requests.paint(pen, axis, layout, view, theme);
    this.arrows.paint(pen, axis, layout, view, theme);
    this.lanes.paintTexts(pen, axis, layout, view);
    this.paintPrinted();
    this.paintCursor();
    this.marks.paint(pen, axis, layout, theme);
    this.paintGutter();
    this.paintHover();
  }

  // Lines that replicas print, and notes: a small flag on the lane, with its text if there is room.
  paintPrinted() {
    const { pen, axis, layout, model, theme } = this;
    const first = axis.firstEvent;
    const last = axis.lastEvent;
    const shown = model.others.filter((other) => (other.kind === "Printed" || other.kind === "Noted") && other.at >= first && other.at <= last && other.lane >= 0);
    this.printed = [];
    if (shown.length > 1_500) {
      return;
    }
    pen.font = `10px ${theme.font}`;
    const flagsOfLane = new Map();
    for (const other of shown) {
      const x = axis.x(other.at);
      const lane = layout.lanes[other.lane];
      const y = lane.top + 8;
      if (x < layout.gutter) {
        continue;
      }
      pen.fillStyle = theme.unknown;
      pen.fillRect(x, y - 5, 1.5, 10);
      pen.fillRect(x, y - 5, 5, 4);
      this.printed.push({ x, y, event: other.at });
      flagsOfLane.set(other.lane, [...(flagsOfLane.get(other.lane) ?? []), { x, y, text: other.text.split("\n")[0] }]);
    }
    // A text ends where the next flag of its lane stands.
    pen.fillStyle = theme.text;
    for (const flags of flagsOfLane.values()) {
      flags.forEach(({ x, y, text }, i) => {
        const room = (flags[i + 1]?.x ?? layout.width) - x - 12;
        if (room > 40) {
          fitText(pen, text, x + 8, y, Math.min(room, 260));
        }
      });
    }
  }

  paintCursor() {
    const { pen, axis, layout, view, theme } = this;
    const x = axis.x(view.cursor);
    if (x >= layout.gutter - 1 && x <= layout.width) {
      pen.strokeStyle = theme.cursor;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(x, 0);
      pen.lineTo(x, layout.height);
      pen.stroke();
      pen.fillStyle = theme.cursor;
      pen.beginPath();
      pen.moveTo(x - 5, 0);
      pen.lineTo(x + 5, 0);
      pen.lineTo(x, 7);
      pen.fill();
    }
  }

  paintGutter() {
    const { pen, layout, model, view, theme } = this;
    pen.fillStyle = theme.back;
    pen.fillRect(0, layout.lanesTop, layout.gutter - 1, layout.height);
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1;
    pen.strokeRect(layout.gutter - 0.5, layout.lanesTop, 0, layout.height);
    pen.fillStyle = theme.faint;
    if (model.firstReplica > 0) {
      pen.font = `12px ${theme.font}`;
      pen.fillText("clients", 6, layout.lanesTop + 13);
      pen.font = `9.5px ${theme.font}`;
      for (let lane = 0; lane < model.firstReplica; lane++) {
        if (layout.lanes[lane].height >= 9) {
          pen.textAlign = "right";
          pen.fillText(model.name(lane), layout.gutter - 6, layout.lanes[lane].middle);
        }
      }
      pen.textAlign = "left";
    }
    for (let lane = model.firstReplica; lane < model.lanes.length; lane++) {
      this.paintName(lane, view.isShown(lane));
    }
  }

  paintName(lane, isShown) {
    const { pen, layout, model, theme, view } = this;
    const { middle } = layout.lanes[lane];
    const state = this.states.at(lane, view.cursor);
    pen.globalAlpha = isShown ? 1 : 0.35;
    pen.fillStyle = theme.replica(lane - model.firstReplica);
    pen.fillRect(6, middle - 12, 4, 24);
    pen.fillStyle = theme.text;
    pen.font = `700 14px ${theme.font}`;
    pen.fillText(model.name(lane), 15, middle - 6);
    pen.font = `11px ${theme.font}`;
    pen.fillStyle = theme.faint;
    const role = !state.isUp ? "down" : state.isPaused ? "paused" : ROLES[state.role];
    pen.fillText(`${role}${state.term >= 0 ? `, t${state.term}` : ""}`, 15, middle + 8);
    pen.globalAlpha = 1;
  }

  paintHover() {
    const arrow = this.hovered;
    if (arrow) {
      const { pen, theme } = this;
      pen.strokeStyle = theme.text;
      pen.lineWidth = 3;
      pen.beginPath();
      pen.moveTo(arrow.x1, arrow.y1);
      pen.lineTo(arrow.x2, arrow.y2);
      pen.stroke();
    }
  }

  // What is at a point: {event, arrow}; event is -1 where there is nothing.
  hit(x, y) {
    const { layout, model, axis } = this;
    if (x < layout.gutter) {
      return { event: -1, lane: laneAt(layout, y) };
    }
    const mark = this.marks.at(x, y);
    if (mark) {
      return { event: mark.event };
    }
    const flag = this.printed?.find((each) => Math.abs(each.x - x) < 5 && Math.abs(each.y - y) < 7);
    if (flag) {
      return { event: flag.event };
    }
    const lane = laneAt(layout, y);
    const bar = this.requests.at(x, y);
    const arrow = this.arrows.at(x, y);
    if (arrow && !(bar && lane < model.firstReplica)) {
      const isLate = arrow.copy >= 0 && Math.abs(arrow.y2 - y) < Math.abs(arrow.y1 - y);
      return { event: isLate ? model.copies.at[arrow.copy] : model.messages.at[arrow.row], arrow };
    }
    if (bar) {
      return { event: model.requests.at[bar.row], request: bar.row };
    }
    if (y >= layout.faultsTop && y < layout.faultsTop + layout.faultsHeight) {
      const fault = this.faults.find((each) => Math.abs(axis.x(each.at) - x) < 6);
      return { event: fault ? fault.at : -1 };
    }
    return { event: -1, lane, segment: this.segmentAt(lane, x, y) };
  }

  segmentAt(lane, x, y) {
    if (lane < this.model.firstReplica || Math.abs(this.layout.lanes[lane].middle - y) > this.layout.barHeight / 2) {
      return null;
    }
    const event = this.axis.eventAt(x);
    return this.states.segments[lane].find((segment) => segment.from <= event && event <= segment.to) ?? null;
  }

  // Says what the present zoom leaves out.
  levelText() {
    const { arrows, counted } = this.arrows.level;
    const isAre = arrows === 1 ? "is drawn as an arrow" : "are drawn as arrows";
    if (counted.length === 0) {
      return arrows === 0 ? "No messages in view." : arrows === 1 ? "The message in view is drawn as an arrow." : `All ${arrows.toLocaleString("en")} messages in view are drawn as arrows.`;
    }
    const names = counted.map(({ kind, count }) => `${count.toLocaleString("en")} × ${messageName(kind)}`);
    return `Zoomed out: ${arrows.toLocaleString("en")} messages ${isAre}; drawn only as counts above the lanes: ${names.join(", ")}. Zoom in to see them.`;
  }
}
