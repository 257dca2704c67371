// The box beside the pointer.
import { element } from "./dom.js";
import { ROLES } from "./states.js";
import { answerText, deliveryText, eventText, messageTitle, requestText, seconds } from "./words.js";

export class Tip {
  constructor(box, model, states, bodies) {
    Object.assign(this, { box, model, states, bodies });
    this.turn = 0;
  }

  hide() {
    this.turn++;
    this.box.hidden = true;
  }

  show(hit, x, y, layout) {
    const lines = this.lines(hit);
    if (lines.length === 0) {
      this.hide();
      return;
    }
    const turn = ++this.turn;
    this.box.replaceChildren(...lines.map((line, i) => element("div", { class: i > 1 ? "faint" : false }, line)));
    this.box.hidden = false;
    this.place(x, y, layout);
    if (hit.arrow) {
      this.bodies.of(hit.arrow.row).then((text) => {
        if (turn === this.turn) {
          this.box.append(element("div", { class: "mono" }, text.length > 600 ? `${text.slice(0, 600)}…` : text));
          this.place(x, y, layout);
        }
      });
    }
  }

  lines(hit) {
    const { model } = this;
    if (hit.arrow) {
      const { row } = hit.arrow;
      return [messageTitle(model, row), `sent at ${seconds(model, model.messages.at[row])}, ${deliveryText(model, row)}`];
    }
    if (hit.request !== undefined) {
      const { at, end } = model.requests;
      const took = end[hit.request] < 0 ? "" : ` after ${((model.micros[end[hit.request]] - model.micros[at[hit.request]]) / 1000).toFixed(1)} ms`;
      return [requestText(model, hit.request), `${answerText(model, hit.request)}${took}`, `sent at ${seconds(model, at[hit.request])}, MID ${model.text(model.requests.mid[hit.request])}`];
    }
    if (hit.event >= 0) {
      return [eventText(model, hit.event), `at ${seconds(model, hit.event)}`];
    }
    if (hit.segment) {
      const { segment } = hit;
      const what = segment.condition === "up" ? `${ROLES[segment.role]}${segment.term >= 0 ? ` in term ${segment.term}` : ""}` : segment.condition;
      return [`${model.name(segment.lane)}: ${what}`, `${seconds(model, segment.from)} to ${seconds(model, segment.to)}`];
    }
    return [];
  }

  place(x, y, layout) {
    const { offsetWidth, offsetHeight } = this.box;
    const left = x + 16 + offsetWidth > layout.width ? Math.max(0, x - offsetWidth - 12) : x + 16;
    this.box.style.left = `${left}px`;
    this.box.style.top = `${Math.max(0, Math.min(y + 14, layout.height - offsetHeight))}px`;
  }
}
