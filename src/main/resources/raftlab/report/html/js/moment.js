// The moment at the cursor: the state of each replica, messages in flight, the selected event.
import { element } from "./dom.js";
import { ROLES } from "./states.js";
import { answerText, deliveryText, eventText, messageTitle, seconds } from "./words.js";

const WIDTH_BEFORE_LOG = 470;
const ENTRY_WIDTH = 34;
const MOST_IN_FLIGHT = 40;

export class Moment {
  constructor(container, model, states, view, bodies, goTo) {
    Object.assign(this, { container, model, states, view, bodies, goTo });
    this.table = element("div", { class: "scroll" });
    this.details = element("div", { id: "details" });
    container.classList.add("moment");
    container.append(this.table, this.details);
  }

  show(what) {
    if (what !== "selection") {
      this.showStates();
    }
    this.showDetails();
  }

  showStates() {
    const { model, view } = this;
    const all = [];
    for (let lane = model.firstReplica; lane < model.lanes.length; lane++) {
      all.push({ lane, state: this.states.at(lane, view.cursor) });
    }
    const reference = all.reduce((best, each) => (each.state.commit > best.state.commit ? each : best), all[0]);
    const last = Math.max(0, ...all.map(({ state }) => state.base + state.log.length));
    const shown = Math.max(5, Math.min(40, Math.floor((this.table.clientWidth - WIDTH_BEFORE_LOG) / ENTRY_WIDTH)));
    const first = Math.max(1, last - shown + 1);
    const isInferred = all.some(({ state }) => state.isInferred);
    const table = element(
      "table",
      { class: "states" },
      element("caption", { class: "faint" }, `State after the event at ${seconds(model, view.cursor)}${isInferred ? "; ~ inferred from messages, not reported" : ""}`),
      element("tr", {}, ...["replica", "role", "term", "voted for", "names as leader", "commit", "applied", "log: term of each entry"].map((title) => element("th", { scope: "col" }, title))),
      ...all.map(({ lane, state }) => this.row(lane, state, first, last, reference.state)),
    );
    this.table.replaceChildren(table, this.inFlight());
  }

  row(lane, state, first, last, reference) {
    const { model } = this;
    const condition = !state.isUp ? "down" : state.isPaused ? "paused" : ROLES[state.role];
    const sign = state.isInferred ? "~" : "";
    const vote = state.voteTerm === state.term && state.vote >= 0 ? model.name(state.vote) : "–";
    const leader = this.states.leaderSeenAt(lane, this.view.cursor);
    const cells = [
      element("span", { class: "replica-name" }, model.name(lane)),
      element("span", { class: `role ${condition}` }, condition),
      state.term < 0 ? "–" : `${sign}${state.term}`,
      vote,
      leader < 0 ? "–" : model.name(leader),
      `${sign}${state.commit}`,
      state.isInferred ? "?" : `${state.applied}`,
      state.knowsLog || state.base > 0 ? logOf(state, first, last, reference) : element("span", { class: "faint" }, state.isInferred ? "unknown" : "empty"),
    ];
    return element("tr", { class: this.view.lane === lane ? "selected" : false }, ...cells.map((cell) => element("td", {}, cell)));
  }

  inFlight() {
    const { model, view } = this;
    const rows = model.inFlight(view.cursor);
    if (rows.length === 0) {
      return element("p", { class: "faint" }, "No messages in flight.");
    }
    const list = element("div", {}, element("h3", {}, `${rows.length} in flight`));
    rows.slice(-MOST_IN_FLIGHT).forEach((row) => {
      list.append(element("div", { class: "row-link", onclick: () => this.goTo(model.messages.at[row]) }, `${seconds(model, model.messages.at[row])}  ${messageTitle(model, row)}`));
    });
    return list;
  }

  async showDetails() {
    const { model, view } = this;
    const event = view.selected;
    if (event < 0) {
      this.details.replaceChildren(element("p", { class: "faint" }, "Click an arrow, a bar or a mark to see it here. ← and → step through events."));
      return;
    }
    const row = model.messageOf(event);
    const parts = [element("h3", {}, `${seconds(model, event)}  ${eventText(model, event)}`)];
    if (row >= 0) {
      parts.push(element("p", {}, `Message ${model.messages.number[row]}: ${deliveryText(model, row)}`));
    }
    if (model.kinds[event] === "Q") {
      const request = model.row[event];
      const end = model.requests.end[request];
      parts.push(element("p", {}, end < 0 ? "It was never answered." : `${seconds(model, end)}  ${answerText(model, request)}`));
    }
    this.details.replaceChildren(...parts);
    if (row >= 0) {
      const text = await this.bodies.of(row);
      if (view.selected === event) {
        this.details.append(element("pre", { class: "json" }, pretty(text)));
      }
    }
  }
}

function logOf(state, first, last, reference) {
  const log = element("span", { class: "log" });
  const end = state.base + state.log.length;
  if (first > 1) {
    log.append(element("span", { class: "gap" }, "…"));
  }
  for (let index = first; index <= last; index++) {
    if (index <= end) {
      const entry = state.log[index - state.base - 1];
      const other = reference.log[index - reference.base - 1];
      const term = entry ? entry.term : index === state.base && state.baseTerm >= 0 ? state.baseTerm : "·";
      const differs = entry && other && index <= reference.commit && other.term !== entry.term;
      const names = [index <= state.commit ? "committed" : "", differs ? "differs" : ""].filter(Boolean).join(" ");
      const title = `entry ${index}, term ${term}${entry?.command ? `: ${entry.command}` : ""}${differs ? "; another entry is committed here" : ""}`;
      log.append(element("span", { class: names || false, title }, element("b", {}, `${term}`), `${index}`));
    }
  }
  return log;
}

export function pretty(text) {
  try {
    const whole = JSON.stringify(JSON.parse(text));
    return whole.length < 90 ? whole : JSON.stringify(JSON.parse(text), null, 1).replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner) => `[${inner.replace(/\s*\n\s*/g, " ")}]`);
  } catch {
    return text;
  }
}
