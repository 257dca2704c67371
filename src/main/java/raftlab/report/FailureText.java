package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.PrintableText;

/** Says briefly why a run did not pass: the property, what happened, the cause. */
public final class FailureText {
  private static final int MAX_EVENTS = 6;
  private static final String INDENT = "                 ";

  private FailureText() {}

  /**
   * The lines, each indented by two; none for a run that passed.
   *
   * @param trace the run's trace, to show the messages before the failure; without it they are left
   *     out
   */
  public static List<String> of(
      Judgement judgement,
      Optional<LikelyCause> cause,
      Optional<Trace> trace,
      TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    if (cause.isEmpty() || judgement.status() == Status.PASS) {
      return lines;
    }
    Verdict broken = broken(judgement);
    addRow(lines, style, "property", broken.requirement());
    long began = judgement.statistics().beganMicros();
    List<String> events = events(events(cause.get(), broken), began, style);
    for (int i = 0; i < events.size(); i++) {
      addRow(lines, style, i == 0 ? "what happened" : "", events.get(i));
    }
    List<String> messages = messages(cause.get(), broken, trace, style);
    for (int i = 0; i < messages.size(); i++) {
      addRow(lines, style, i == 0 ? "last messages" : "", messages.get(i));
    }
    addRow(lines, style, title(cause.get()), style.bold(cause.get().name()));
    lines.add(INDENT + cause.get().text());
    String section = section(cause.get(), broken);
    if (!section.isEmpty()) {
      addRow(lines, style, "see", section + " of the Raft paper (extended version)");
    }
    return lines;
  }

  private static List<String> messages(
      LikelyCause cause, Verdict broken, Optional<Trace> trace, TerminalStyle style) {
    List<Event> step = cause.isDetected() ? cause.evidence() : List.of();
    return trace
        .map(all -> LastMessages.before(all, step, broken.evidence(), style))
        .orElse(List.of());
  }

  private static void addRow(List<String> lines, TerminalStyle style, String name, String text) {
    lines.add("  " + style.faint(String.format(Locale.ROOT, "%-15s", name)) + text);
  }

  /** The cause in one line, for tables: its name and whether it is certain. */
  public static String summary(LikelyCause cause) {
    return switch (cause.certainty()) {
      case CERTAIN, LIKELY -> "likely cause: " + cause.name() + ": " + cause.text();
      case USUAL, OBSERVED -> cause.text();
    };
  }

  /** What the name of a cause stands for: "likely cause" or less. */
  public static String title(LikelyCause cause) {
    return switch (cause.certainty()) {
      case CERTAIN, LIKELY -> "likely cause";
      case USUAL -> "usual causes";
      case OBSERVED -> "observed";
    };
  }

  /** The check that failed first; of a run that passed, the most important one. */
  public static Verdict broken(Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .findFirst()
        .or(
            () ->
                judgement.verdicts().stream()
                    .filter(verdict -> verdict.status() != Status.PASS)
                    .findFirst())
        .orElseGet(() -> judgement.verdicts().get(0));
  }

  /** The section of the paper to read again; "" if none is known. */
  public static String section(LikelyCause cause, Verdict broken) {
    return cause.section().isEmpty() ? broken.section() : cause.section();
  }

  /** The few events that show what happened, in order of time. */
  public static List<Event> events(LikelyCause cause, Verdict broken) {
    List<Event> events = new ArrayList<>(cause.evidence());
    for (Event event : broken.evidence()) {
      boolean isNew = events.stream().noneMatch(other -> other == event);
      if (isNew && events.size() < MAX_EVENTS && EventText.of(event) != null) {
        events.add(event);
      }
    }
    events.sort(java.util.Comparator.comparingLong(Event::atMicros));
    return events;
  }

  private static List<String> events(List<Event> events, long beganMicros, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    for (Event event : events) {
      String text = text(event);
      if (text != null) {
        lines.add(style.faint(NumberText.seconds(event.atMicros() - beganMicros) + "  ") + text);
      }
    }
    return lines;
  }

  /** Describes an event of the evidence in one line; null if it can't be described. */
  public static @Nullable String text(Event event) {
    if (event instanceof Event.Sent sent) {
      return "replica "
          + sent.from()
          + " to "
          + sent.to()
          + ": "
          + PrintableText.of(sent.message().type(), 40)
          + " "
          + PrintableText.of(sent.message().fields().toString(), 110);
    }
    return EventText.of(event);
  }
}
