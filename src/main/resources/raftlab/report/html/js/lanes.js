// Draws what stands still: axis, faults, lanes with roles and terms, commit index, leader seen.
import { timeText } from "./axis.js";
import { lastAtMost, lowerBound } from "./columns.js";
import { ROLES } from "./states.js";
import { hatch } from "./theme.js";

export class LanePainter {
  constructor(model, states, bands, marks) {
    this.model = model;
    this.states = states;
    this.bands = bands;
    this.marks = marks;
  }

  setTheme(context, theme) {
    this.theme = theme;
    this.downHatch = hatch(context, theme.down);
    this.cutHatch = hatch(context, theme.cut, 9);
  }

  paint(pen, axis, layout, view) {
    this.paintBands(pen, axis, layout);
    this.paintLanes(pen, axis, layout);
    this.paintAxis(pen, axis, layout);
    this.paintFaults(pen, axis, layout);
    for (let lane = this.model.firstReplica; lane < this.model.lanes.length; lane++) {
      pen.globalAlpha = view.isShown(lane) ? 1 : 0.25;
      this.paintRoles(pen, axis, layout, lane);
      this.paintLeaderSeen(pen, axis, layout, lane);
      this.paintCommits(pen, axis, layout, lane);
      pen.globalAlpha = 1;
    }
  }

  paintTexts(pen, axis, layout, view) {
    for (let lane = this.model.firstReplica; lane < this.model.lanes.length; lane++) {
      pen.globalAlpha = view.isShown(lane) ? 1 : 0.25;
      this.paintRoleTexts(pen, axis, layout, lane);
    }
    pen.globalAlpha = 1;
  }

  span(axis, layout, from, to) {
    const left = Math.max(layout.gutter, axis.x(from));
    const right = Math.min(layout.width, axis.x(to));
    return right > left ? [left, right - left] : null;
  }

  paintBands(pen, axis, layout) {
    const { lanes } = layout;
    for (const band of this.bands) {
      const span = this.span(axis, layout, band.from, band.to);
      if (!span) {
        continue;
      }
      pen.globalAlpha = 0.1;
      pen.fillStyle = this.theme.cut;
      const top = layout.clientBottom;
      pen.fillRect(span[0], top, span[1], layout.height - top);
      pen.globalAlpha = 0.55;
      pen.fillStyle = this.cutHatch;
      for (const lane of band.isolated) {
        pen.fillRect(span[0], lanes[lane].top + 1, span[1], lanes[lane].height - 2);
      }
      pen.globalAlpha = 1;
    }
  }

  paintLanes(pen, axis, layout) {
    pen.strokeStyle = this.theme.line;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let lane = this.model.firstReplica; lane < layout.lanes.length; lane++) {
      const y = Math.round(layout.lanes[lane].top) + 0.5;
      pen.moveTo(0, y);
      pen.lineTo(layout.width, y);
    }
    pen.stroke();
  }

  paintAxis(pen, axis, layout) {
    const ticks = axis.ticks(110);
    const steps = ticks.slice(1).map((tick, i) => Math.abs(tick.micros - ticks[i].micros));
    const least = Math.max(1, Math.min(100_000, ...steps.filter((step) => step > 0)));
    pen.fillStyle = this.theme.faint;
    pen.strokeStyle = this.theme.line;
    pen.font = `11px ${this.theme.font}`;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.globalAlpha = 0.6;
    pen.beginPath();
    for (const tick of ticks) {
      const x = Math.round(tick.x) + 0.5;
      pen.moveTo(x, 0);
      pen.lineTo(x, layout.height);
    }
    pen.stroke();
    pen.globalAlpha = 1;
    for (const tick of ticks) {
      pen.fillText(timeText(tick.micros, least), tick.x + 3, layout.axisHeight / 2);
    }
    pen.fillText(axis.mode === "time" ? "time" : "order of events", 6, layout.axisHeight / 2);
  }

  paintFaults(pen, axis, layout) {
    if (layout.faultsTop < 0) {
      return;
    }
    const { theme } = this;
    const y = layout.faultsTop;
    const height = layout.faultsHeight;
    pen.fillStyle = theme.soft;
    pen.fillRect(0, y, layout.width, height);
    pen.font = `11px ${theme.font}`;
    pen.fillStyle = theme.text;
    pen.fillText("faults, steps", 6, y + height / 2);
    let free = layout.gutter;
    const bandTexts = [];
    for (const band of this.bands) {
      const span = this.span(axis, layout, band.from, band.to);
      if (span) {
        pen.globalAlpha = 0.75;
        pen.fillStyle = theme.cut;
        pen.fillRect(span[0], y + 2, span[1], height - 4);
        pen.globalAlpha = 1;
        bandTexts.push([span[0], Math.min(span[0] + span[1], span[0] + 12 + pen.measureText(band.text).width), band.text]);
      }
    }
    const from = lowerBound(this.marks.map((mark) => mark.at), axis.firstEvent);
    for (let i = from; i < this.marks.length; i++) {
      const mark = this.marks[i];
      const x = axis.x(mark.at);
      if (x > layout.width) {
        break;
      }
      if (x < layout.gutter) {
        continue;
      }
      pen.fillStyle = mark.kind === "Step" ? theme.faint : theme.lost;
      pen.beginPath();
      pen.moveTo(x - 4, y + 3);
      pen.lineTo(x + 4, y + 3);
      pen.lineTo(x, y + height - 3);
      pen.fill();
      const next = this.marks.slice(i + 1).find((other) => axis.x(other.at) > x + 14);
      const room = Math.min(next ? axis.x(next.at) - 6 : layout.width, layout.width) - x - 8;
      const isOnText = bandTexts.some(([left, right]) => x + 8 < right && x + 8 + Math.min(room, 60) > left);
      if (x >= free && room > 40 && !isOnText) {
        pen.fillStyle = theme.text;
        free = x + 8 + fitText(pen, mark.text, x + 7, y + height / 2, room);
      }
    }
    for (const [left, right, text] of bandTexts) {
      pen.fillStyle = theme.cut;
      pen.fillRect(left + 2, y + 3, right - left - 4, height - 6);
      pen.fillStyle = theme.text;
      fitText(pen, text, left + 4, y + height / 2, right - left - 8);
    }
  }

  paintRoles(pen, axis, layout, lane) {
    const { theme } = this;
    const place = layout.lanes[lane];
    pen.font = `600 11px ${theme.font}`;
    for (const segment of this.states.segments[lane]) {
      const span = this.span(axis, layout, segment.from, segment.to);
      if (!span) {
        continue;
      }
      const role = ROLES[segment.role];
      const isUp = segment.condition === "up";
      const height = role === "leader" && isUp ? layout.barHeight : layout.barHeight * 0.72;
      const y = place.middle - height / 2;
      const width = Math.max(1.5, span[1] - (span[1] > 4 ? 1 : 0));
      pen.fillStyle = isUp ? theme[role] : this.downHatch;
      pen.fillRect(span[0], y, width, height);
      if (!isUp) {
        pen.strokeStyle = theme.down;
        pen.strokeRect(span[0] + 0.5, y + 0.5, width - 1, height - 1);
      }
    }
  }

  // The words on the bars, above the arrows.
  paintRoleTexts(pen, axis, layout, lane) {
    const { theme } = this;
    const place = layout.lanes[lane];
    pen.font = `600 11px ${theme.font}`;
    for (const segment of this.states.segments[lane]) {
      const span = this.span(axis, layout, segment.from, segment.to);
      if (!span || span[1] < 26 || layout.barHeight * 0.72 < 9) {
        continue;
      }
      const role = ROLES[segment.role];
      const isUp = segment.condition === "up";
      const term = segment.term >= 0 ? `term ${segment.term}` : "";
      const text = isUp ? (role === "follower" ? term : `${role}${term ? `, ${term}` : ""}`) : segment.condition;
      const height = layout.barHeight * 0.72 - 1;
      if (text) {
        pen.fillStyle = isUp ? theme[role] : theme.back;
        pen.globalAlpha *= 0.85;
        pen.fillRect(span[0] + 3, place.middle - height / 2, Math.min(span[1] - 6, pen.measureText(text).width + 6), height);
        pen.globalAlpha /= 0.85;
        pen.fillStyle = !isUp ? theme.text : role === "leader" ? theme["on-leader"] : role === "follower" ? theme["on-follower"] : "#1b1200";
        fitText(pen, text, span[0] + 6, place.middle + 0.5, span[1] - 10, `${segment.term}`);
      }
    }
  }

  // A thin line below the bar in the colour of the replica that this one names as leader.
  paintLeaderSeen(pen, axis, layout, lane) {
    const seen = this.states.leaders[lane];
    const place = layout.lanes[lane];
    const y = place.middle + layout.barHeight / 2 + 2;
    const first = Math.max(0, lastAtMost(seen.at, axis.firstEvent));
    pen.font = `10px ${this.theme.font}`;
    for (let i = first; i < seen.at.length; i++) {
      const end = i + 1 < seen.at.length ? seen.at[i + 1] : this.model.count - 1;
      if (axis.x(seen.at[i]) > layout.width) {
        break;
      }
      const span = this.span(axis, layout, seen.at[i], end);
      if (!span || seen.leader[i] < this.model.firstReplica) {
        continue;
      }
      pen.fillStyle = this.theme.replica(seen.leader[i] - this.model.firstReplica);
      pen.fillRect(span[0], y, Math.max(1, span[1] - 1), 2);
      if (layout.laneHeight > 46 && span[1] > 70 && seen.leader[i] !== lane) {
        pen.fillStyle = this.theme.faint;
        pen.fillText(`leader: ${this.model.name(seen.leader[i])}`, span[0] + 6, y + 8);
      }
    }
  }

  paintCommits(pen, axis, layout, lane) {
    const steps = this.states.commits[lane];
    if (steps.highest === 0) {
      return;
    }
    const place = layout.lanes[lane];
    const bottom = place.top + place.height - 4;
    const room = bottom - (place.middle + layout.barHeight / 2 + 14);
    if (room < 6) {
      return;
    }
    const [low, high] = this.commitRange(axis);
    const y = (index) => bottom - (room * (index - low)) / Math.max(1, high - low);
    pen.strokeStyle = this.theme.commit;
    pen.lineWidth = 1.5;
    pen.beginPath();
    const left = Math.max(layout.gutter, axis.x(0));
    const right = Math.min(layout.width, axis.x(this.model.count - 1));
    let last = null;
    for (let x = left; x <= right; x += 2) {
      const at = lastAtMost(steps.at, axis.eventAt(x));
      const index = at < 0 ? 0 : steps.index[at];
      if (last === null) {
        pen.moveTo(x, y(index));
      } else if (index !== last) {
        pen.lineTo(x, y(last));
        pen.lineTo(x, y(index));
      }
      last = index;
    }
    pen.lineTo(right, y(last ?? 0));
    pen.stroke();
  }

  // The lowest and highest commit index in the view, the same for all lanes.
  commitRange(axis) {
    let low = Infinity;
    let high = 0;
    for (const steps of this.states.commits) {
      const first = lastAtMost(steps.at, axis.firstEvent);
      const last = lastAtMost(steps.at, axis.lastEvent);
      if (steps.highest > 0) {
        low = Math.min(low, first < 0 ? 0 : steps.index[first]);
        high = Math.max(high, last < 0 ? 0 : steps.index[last]);
      }
    }
    return low === Infinity ? [0, 1] : [low, Math.max(low + 1, high)];
  }
}

// Writes as much of a text as fits, else another one; returns the width.
export function fitText(pen, text, x, y, room, other = "") {
  let shown = text;
  if (pen.measureText(shown).width > room) {
    if (other) {
      shown = pen.measureText(other).width <= room ? other : "";
    } else {
      const each = pen.measureText("n").width;
      shown = room < 4 * each ? "" : `${text.slice(0, Math.max(0, Math.floor(room / each) - 1))}…`;
    }
  }
  if (shown) {
    pen.fillText(shown, x, y);
  }
  return pen.measureText(shown).width;
}
