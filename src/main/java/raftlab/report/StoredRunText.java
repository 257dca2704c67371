package raftlab.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.Verdict;
import raftlab.trace.Event;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Printable;

/** A stored run for people: what was played, what happened, and what the judges say. */
public final class StoredRunText {
  /**
   * What is shown.
   *
   * @param verbose whether the replicas' own state changes are shown, too
   * @param fromMicros nothing before this time, counted from when all replicas were ready
   * @param toMicros nothing after it
   * @param about only what concerns these replicas and clients; all if empty
   */
  public record View(boolean verbose, long fromMicros, long toMicros, List<Id> about) {
    /** Takes a copy of the list. */
    public View {
      about = List.copyOf(about);
    }
  }

  private final View view;
  private final Style style;
  private final Pattern about;

  private StoredRunText(View view, Style style) {
    this.view = view;
    this.style = style;
    this.about =
        view.about.isEmpty()
            ? null
            : Pattern.compile(
                view.about.stream()
                    .map(Id::toString)
                    .collect(Collectors.joining("|", "\\b(", ")\\b")));
  }

  /** Tells all of it, line by line. */
  public static void tell(
      Trace trace,
      Judgement judgement,
      Optional<LikelyCause> cause,
      View view,
      Style style,
      Consumer<String> lines) {
    StoredRunText text = new StoredRunText(view, style);
    lines.accept(text.header(trace.header()));
    text.events(trace, lines);
    text.verdicts(judgement, lines);
    WhyText.of(judgement, cause, style).forEach(lines);
  }

  private String header(Header header) {
    return style.bold(header.scenario())
        + "  seed "
        + header.seed()
        + ", world "
        + header.world()
        + ", "
        + header.replicas().size()
        + " replicas: "
        + (header.replicaCommand().isEmpty()
            ? "reference"
            : String.join(" ", header.replicaCommand()));
  }

  private void events(Trace trace, Consumer<String> lines) {
    long began =
        trace.events().stream()
            .filter(Event.Began.class::isInstance)
            .mapToLong(Event::atMicros)
            .findFirst()
            .orElse(0);
    for (Event event : trace.events()) {
      long at = event.atMicros() - began;
      if (at >= view.fromMicros && at <= view.toMicros) {
        String text = text(event);
        if (text != null && (about == null || about.matcher(text).find())) {
          lines.accept(style.faint(Figures.seconds(at) + "  ") + text);
        }
      }
    }
  }

  private String text(Event event) {
    if (event instanceof Event.Reported) {
      return view.verbose ? EventText.of(event) : null;
    } else if (event instanceof Event.Started started) {
      return "replica " + started.replica() + " is started";
    } else if (event instanceof Event.Crashed crashed) {
      return "replica " + crashed.replica() + " is dead";
    } else if (event instanceof Event.Began) {
      return "all replicas are ready";
    } else if (event instanceof Event.Printed printed) {
      return printed.replica()
          + (printed.error() ? "! " : "| ")
          + Printable.of(printed.line(), Progress.MOST_CHARS);
    }
    return EventText.of(event);
  }

  private void verdicts(Judgement judgement, Consumer<String> lines) {
    for (Verdict verdict : judgement.verdicts()) {
      lines.accept(style.status(verdict.status(), 8) + verdict.check() + ": " + verdict.text());
    }
    lines.accept(
        style.status(judgement.status(), 1)
            + (judgement.why().isEmpty() ? "" : "  " + judgement.why()));
  }
}
