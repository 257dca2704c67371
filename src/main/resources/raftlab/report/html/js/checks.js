// The table of all checks.
import { element } from "./dom.js";

export function showChecks(panel, model, goTo) {
  const order = { fail: 0, blocked: 1, unknown: 2, pass: 3 };
  const checks = [...model.verdict.checks].sort((a, b) => order[a.status] - order[b.status]);
  panel.append(
    element(
      "table",
      {},
      element("tr", {}, ...["result", "check", "what it requires", "what was found"].map((title) => element("th", { scope: "col" }, title))),
      ...checks.map((check) =>
        element(
          "tr",
          { class: check.events.length > 0 ? "row-link" : false, onclick: () => check.events.length > 0 && goTo(check.events[check.events.length - 1]) },
          element("td", { class: check.status === "fail" ? "bad" : check.status === "pass" ? "good" : false }, check.status),
          element("td", {}, element("code", {}, check.check)),
          element("td", {}, check.property, check.section ? element("span", { class: "faint" }, ` (${check.section})`) : null),
          element("td", {}, check.text),
        ),
      ),
    ),
  );
}
