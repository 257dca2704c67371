package raftlab.report;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.PrintableText;

/** Prints a stored run: what was played, what happened, and the verdicts. */
public final class StoredRunText {
  /**
   * The selected parts.
   *
   * @param verbose whether the replicas' state changes are shown, too
   * @param messages whether single messages are shown, too
   */
  public record ViewOptions(boolean verbose, boolean messages, EventFilter selection) {}

  private final ViewOptions view;
  private final TerminalStyle style;

  private StoredRunText(ViewOptions view, TerminalStyle style) {
    this.view = view;
    this.style = style;
  }

  /** Prints the run line by line. */
  public static void print(
      Trace trace,
      Judgement judgement,
      Optional<LikelyCause> cause,
      ViewOptions view,
      TerminalStyle style,
      Consumer<String> lines) {
    StoredRunText text = new StoredRunText(view, style);
    lines.accept(text.header(trace.header()));
    text.events(trace, lines);
    text.verdicts(judgement, lines);
    FailureText.of(judgement, cause, Optional.of(trace), style).forEach(lines);
  }

  private String header(TraceHeader header) {
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
    if (view.messages) {
      MessageListText.print(trace, view.selection, style, this::amongMessages, lines);
      return;
    }
    long began = MessageListText.began(trace);
    Pattern mentions = view.selection.mentionPattern();
    for (Event event : trace.events()) {
      long at = event.atMicros() - began;
      if (view.selection.includes(at)) {
        String text = text(event);
        if (text != null && mentions.matcher(text).find()) {
          lines.accept(style.faint(NumberText.seconds(at) + "  ") + text);
        }
      }
    }
  }

  /** Leaves out requests and answers, which already appear as messages. */
  private @Nullable String amongMessages(Event event) {
    return event instanceof Event.Requested || event instanceof Event.Answered ? null : text(event);
  }

  private @Nullable String text(Event event) {
    if (event instanceof Event.Reported) {
      return view.verbose ? EventText.of(event) : null;
    } else if (event instanceof Event.Printed printed) {
      return printed.replica()
          + (printed.error() ? "! " : "| ")
          + PrintableText.of(printed.line(), RunProgress.MAX_CHARS);
    }
    return eventText(event);
  }

  /** Describes an event, including the starts and exits of replicas. */
  static @Nullable String eventText(Event event) {
    if (event instanceof Event.Started started) {
      return "replica " + started.replica() + " started";
    } else if (event instanceof Event.Crashed crashed) {
      return "replica " + crashed.replica() + " crashed";
    } else if (event instanceof Event.Began) {
      return "all replicas are ready";
    }
    return EventText.of(event);
  }

  private void verdicts(Judgement judgement, Consumer<String> lines) {
    for (Verdict verdict : judgement.verdicts()) {
      lines.accept(
          style.status(verdict.status(), 8) + verdict.check().key() + ": " + verdict.text());
    }
    lines.accept(
        style.status(judgement.status(), 1)
            + (judgement.reason().isEmpty() ? "" : "  " + judgement.reason()));
  }
}
