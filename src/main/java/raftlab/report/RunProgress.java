package raftlab.report;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Shows the progress of a run: a status line that is redrawn on a terminal and printed periodically
 * elsewhere, and the events as they happen.
 */
public final class RunProgress implements Consumer<Event> {
  private static final long TERMINAL_MICROS = 200_000;
  private static final long FILE_MICROS = 5_000_000;

  /** The most characters of a line that a replica printed; stored traces may hold longer lines. */
  static final int MAX_CHARS = 1_000;

  private static final int MANY_LEADERS = 200;

  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final TerminalStyle style;
  private final boolean showOutput;
  private final Set<String> malformedShown = new HashSet<>();
  private final Set<Id> replicas;
  private final Set<String> administration = new HashSet<>();
  private @Nullable Id leader;
  private long leaderChanges;
  private boolean began;
  private long beganMicros;
  private long nextMicros;
  private long messages;
  private int asked;
  private int answered;

  /**
   * Has printed nothing yet.
   *
   * @param replicas the IDs of the first replicas, to distinguish their messages from clients'
   * @param showOutput whether what replicas print is shown too
   */
  public RunProgress(PrintStream out, TerminalStyle style, Set<Id> replicas, boolean showOutput) {
    this.out = out;
    this.style = style;
    this.replicas = new HashSet<>(replicas);
    this.showOutput = showOutput;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Sent sent) {
      messages += replicas.contains(sent.from()) && replicas.contains(sent.to()) ? 1 : 0;
    } else if (event instanceof Event.Started started) {
      replicas.add(started.replica());
    } else if (event instanceof Event.Requested request) {
      asked += request.isAdministration() ? 0 : 1;
      if (request.isAdministration()) {
        administration.add(request.mid());
      }
    } else if (event instanceof Event.Answered answer) {
      answered += answer.again() || administration.contains(answer.mid()) ? 0 : 1;
    } else if (event instanceof Event.Began now) {
      began = true;
      beganMicros = now.atMicros();
      messages = 0;
    } else if (event instanceof Event.LeaderKnown known) {
      leader = known.leader().isBroadcast() ? null : known.leader();
    }
    if (event instanceof Event.Printed printed) {
      if (showOutput) {
        line(
            printed.replica()
                + (printed.error() ? "! " : "| ")
                + PrintableText.of(printed.line(), MAX_CHARS));
      }
    } else if (EventText.isNews(event) && !isOneOfMany(event) || isNewMalformed(event)) {
      line(style.faint(time(event)) + EventText.of(event));
    }
    if (event instanceof Event.Ended) {
      out.print(style.terminal() ? CLEAR : "");
      out.flush();
    } else if (event.atMicros() >= nextMicros) {
      status(event);
    }
  }

  /** Whether this is one of many changes of the leader; only some of them are shown. */
  private boolean isOneOfMany(Event event) {
    return event instanceof Event.LeaderKnown
        && ++leaderChanges > MANY_LEADERS
        && !Event.PassedOver.isReported(leaderChanges);
  }

  private boolean isNewMalformed(Event event) {
    return event instanceof Event.Malformed bad
        && malformedShown.size() < 20
        && malformedShown.add(bad.replica() + bad.complaint());
  }

  private String time(Event event) {
    if (!began) {
      return "   start   ";
    }
    return String.format(Locale.ROOT, "%7.3f s  ", (event.atMicros() - beganMicros) / 1e6);
  }

  private void line(String text) {
    out.println((style.terminal() ? CLEAR : "") + text);
    nextMicros = style.terminal() ? 0 : nextMicros;
  }

  private void status(Event event) {
    boolean first = nextMicros == 0 && !style.terminal();
    nextMicros = event.atMicros() + (style.terminal() ? TERMINAL_MICROS : FILE_MICROS);
    if (first) {
      return;
    }
    String text =
        time(event)
            + "leader "
            + (leader == null ? "none" : leader)
            + "  messages "
            + messages
            + "  answered "
            + answered
            + " of "
            + asked;
    out.print(style.terminal() ? CLEAR + style.bold(text) : text + System.lineSeparator());
    out.flush();
  }
}
