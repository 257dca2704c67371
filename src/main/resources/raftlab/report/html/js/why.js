// The verdict: what was promised, the likely cause, the events that show it.
import { byId, element } from "./dom.js";
import { seconds } from "./words.js";

function heading(text) {
  return element("h2", {}, text);
}

export function showVerdict(model, onEvidence) {
  const { verdict } = model;
  const section = byId("why");
  const isPass = verdict.status === "pass";
  section.replaceChildren();
  if (verdict.cause) {
    section.append(
      heading(isPass ? "Passed, but suspicious" : verdict.cause.title),
      element("p", { class: "cause" }, verdict.cause.name),
      element("p", { class: "more" }, verdict.cause.text),
    );
  }
  if (isPass && !verdict.cause) {
    section.append(heading("Result"), element("p", {}, "All checks passed."));
  }
  if (verdict.section) {
    section.append(element("p", { class: "faint" }, `Read again: ${verdict.section} of the Raft paper (extended version)`));
  }
  if (!isPass) {
    section.append(
      heading("Broken property"),
      element("p", { class: "broken" }, verdict.property),
      element("p", { class: "more faint" }, verdict.text),
    );
  }
  if (verdict.evidence.length > 0) {
    section.append(heading("What happened"), evidenceList(model, onEvidence));
  }
  section.append(heading("Play it again"), command(verdict.again));
  if (verdict.remarks.length > 0) {
    section.append(heading("Remarks"), ...verdict.remarks.map((remark) => element("p", { class: "faint" }, remark)));
  }
}

function evidenceList(model, onEvidence) {
  const list = element("ol", { class: "evidence" });
  model.verdict.evidence.forEach((item, i) => {
    const link = element(
      "a",
      { href: `#e=${i + 1}`, title: `Show this event (${i + 1})` },
      element("span", { class: "number" }, `${i + 1}`),
      element("span", {}, element("span", { class: "time" }, `${seconds(model, item.at)}  `), shorten(item.text)),
    );
    link.addEventListener("click", (event) => {
      event.preventDefault();
      onEvidence(i);
    });
    list.append(element("li", {}, link));
  });
  return list;
}

export function shorten(text, most = 150) {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

export function markCurrent(index) {
  document.querySelectorAll("ol.evidence a").forEach((link, i) => {
    if (i === index) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  });
}

function command(text) {
  const copy = element("button", { title: "Copy the command" }, "copy");
  copy.addEventListener("click", () => {
    navigator.clipboard?.writeText(text).then(
      () => (copy.textContent = "copied"),
      () => (copy.textContent = "press Ctrl+C"),
    );
  });
  return element("div", { class: "command" }, element("code", {}, text), copy);
}
