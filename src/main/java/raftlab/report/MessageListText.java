package raftlab.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Prints the messages of a run, one line each, among the other events. */
public final class MessageListText {
  private static final int WIDEST_TYPE = 16;

  private final Trace trace;
  private final MessageLog log;
  private final EventFilter filter;
  private final TerminalStyle style;
  private final Pattern mentions;
  private final long began;
  private final int typeWidth;
  private int shown;
  private int leftOut;
  private long firstLeftOutMicros;

  private MessageListText(Trace trace, MessageLog log, EventFilter filter, TerminalStyle style) {
    this.trace = trace;
    this.log = log;
    this.filter = filter;
    this.style = style;
    this.mentions = filter.mentionPattern();
    this.began = began(trace);
    this.typeWidth =
        Math.min(
            WIDEST_TYPE,
            log.types().stream().mapToInt(type -> MessageText.type(type).length()).max().orElse(0));
  }

  /** The start of the scenario's clock. */
  static long began(Trace trace) {
    return trace.events().stream()
        .filter(Event.Began.class::isInstance)
        .mapToLong(Event::atMicros)
        .findFirst()
        .orElse(0);
  }

  /** An error message if the selection does not fit this run; else "". */
  public static String complaint(Trace trace, EventFilter selection) {
    MessageLog log = MessageLog.of(trace);
    String id = selection.unknownId(log);
    return id.isEmpty() ? selection.unknownType(log) : id;
  }

  /** Lists the messages of a run that has just been played, with the faults and leaders. */
  public static List<String> ofRun(Trace trace, EventFilter selection, TerminalStyle style) {
    java.util.ArrayList<String> lines =
        new java.util.ArrayList<>(List.of("", style.bold("Messages")));
    String complaint = complaint(trace, selection);
    if (complaint.isEmpty()) {
      print(trace, selection, style, MessageListText::amongMessages, lines::add);
    } else {
      lines.add("  " + style.warning(complaint));
    }
    return lines;
  }

  private static @Nullable String amongMessages(Event event) {
    if (event instanceof Event.Started
        || event instanceof Event.Crashed
        || event instanceof Event.Began
        || event instanceof Event.Paused
        || event instanceof Event.Resumed
        || event instanceof Event.Malformed
        || EventText.isNews(event)) {
      return StoredRunText.eventText(event);
    }
    return null;
  }

  /**
   * Prints messages and other events, each with its time.
   *
   * @param others describes an event other than a message; null if the event is not shown. Not
   *     called if only messages of certain types are selected.
   */
  static void print(
      Trace trace,
      EventFilter selection,
      TerminalStyle style,
      Function<Event, String> others,
      Consumer<String> lines) {
    new MessageListText(trace, MessageLog.of(trace), selection, style).print(others, lines);
  }

  private void print(Function<Event, String> others, Consumer<String> lines) {
    for (Event event : trace.events()) {
      if (!filter.includes(event.atMicros() - began)) {
        continue;
      }
      String text = event instanceof Event.Sent sent ? message(sent) : other(event, others);
      if (text != null) {
        lines.accept(style.faint(NumberText.seconds(event.atMicros() - began) + "  ") + text);
      }
    }
    if (leftOut > 0) {
      lines.accept(style.warning(leftOutText()));
    } else if (shown == 0) {
      lines.accept(style.warning("no messages here"));
    }
  }

  private @Nullable String message(Event.Sent sent) {
    SentMessage message = log.startingAt(sent.number());
    if (message == null || !filter.includes(message)) {
      return null;
    }
    if (shown == filter.limit()) {
      firstLeftOutMicros = leftOut == 0 ? sent.atMicros() - began : firstLeftOutMicros;
      leftOut++;
      return null;
    }
    shown++;
    return MessageText.line(message, typeWidth, MessageText.Verbosity.FULL, style);
  }

  private @Nullable String other(Event event, Function<Event, String> others) {
    if (leftOut > 0 || !filter.types().isEmpty()) {
      return null;
    }
    String text = others.apply(event);
    return text != null && mentions.matcher(text).find() ? text : null;
  }

  private String leftOutText() {
    return String.format(
        Locale.ROOT,
        "%,d more messages are not shown: --from %.3f shows those that follow, --limit %d all;"
            + " --about, --type and --to select fewer",
        leftOut,
        Math.floor(firstLeftOutMicros / 1e3) / 1e3,
        shown + leftOut);
  }
}
