package raftlab.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Describes the events of one step of a simulated cluster, one line each. */
public final class StepText {
  private final Map<Long, Event.Sent> sents;
  private final Map<Long, Integer> numbers;
  private final TerminalStyle style;
  private final List<String> lines = new ArrayList<>();
  private long lastMicros = Long.MIN_VALUE;

  private StepText(Map<Long, Event.Sent> known, Map<Long, Integer> numbers, TerminalStyle style) {
    this.sents = new HashMap<>(known);
    this.numbers = numbers;
    this.style = style;
  }

  /**
   * The lines; none if nothing visible happened.
   *
   * @param known the messages in flight before the step, by their numbers in the trace
   * @param numbers the numbers that identify messages in flight after the step, by the same
   * @param isTimer whether the step began with a timer of a replica
   */
  public static List<String> of(
      List<Event> events,
      Map<Long, Event.Sent> known,
      Map<Long, Integer> numbers,
      boolean isTimer,
      TerminalStyle style) {
    StepText text = new StepText(known, numbers, style);
    Id who = isTimer ? actor(events) : null;
    if (who != null) {
      text.add(events.get(0).atMicros(), "a timer of " + who + " expires");
    }
    for (int i = 0; i < events.size(); i++) {
      i = text.add(events, i);
    }
    return text.lines;
  }

  private static @Nullable Id actor(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.Sent sent) {
        return sent.from();
      } else if (event instanceof Event.Reported report) {
        return report.replica();
      }
    }
    return null;
  }

  /** Adds the event at this place; returns the place of the last event that it has described. */
  private int add(List<Event> events, int place) {
    Event event = events.get(place);
    if (event instanceof Event.Sent sent) {
      return addSent(events, place, sent);
    } else if (event instanceof Event.Delivered delivered) {
      Event.Sent sent = sents.get(delivered.number());
      if (sent != null) {
        add(event, sent.to() + " receives " + content(sent, "from " + sent.from()));
      }
    } else if (event instanceof Event.Dropped dropped) {
      Event.Sent sent = sents.get(dropped.number());
      if (sent != null) {
        add(event, style.warning(dropText(dropped) + ": ") + brief(sent));
      }
    } else if (event instanceof Event.Duplicated duplicated) {
      Event.Sent sent = sents.get(duplicated.number());
      add(event, "duplicated: " + (sent == null ? "" : brief(sent)));
    } else if (event instanceof Event.Reported report) {
      add(event, report.replica() + " " + painted(report.change()));
    } else if (event instanceof Event.LeaderKnown known) {
      add(
          event,
          style.faint(
              known.leader().isBroadcast()
                  ? "no leader is known"
                  : "messages show that " + known.leader() + " leads"));
    } else if (event instanceof Event.Crashed crashed) {
      add(event, style.error(crashed.replica() + " is killed"));
    } else if (event instanceof Event.Started started) {
      add(event, started.replica() + " is started");
    } else if (!(event instanceof Event.Requested || event instanceof Event.Answered)) {
      String text = EventText.of(event);
      if (text != null) {
        add(event, text);
      }
    }
    return place;
  }

  private int addSent(List<Event> events, int place, Event.Sent first) {
    List<Event.Sent> copies = new ArrayList<>();
    Map<Long, Event.Dropped> dropped = new HashMap<>();
    int last = place;
    for (int i = place; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Sent sent) {
        if (sent.message() != first.message()
                && !sent.message().fields().equals(first.message().fields())
            || !sent.message().type().equals(first.message().type())
            || !sent.from().equals(first.from())) {
          break;
        }
        copies.add(sent);
        sents.put(sent.number(), sent);
      } else if (events.get(i) instanceof Event.Dropped drop && isOf(copies, drop.number())) {
        dropped.put(drop.number(), drop);
      } else if (!(events.get(i) instanceof Event.Delayed)) {
        break;
      }
      last = i;
    }
    List<String> to = new ArrayList<>();
    for (Event.Sent copy : copies) {
      Integer number = numbers.get(copy.number());
      Event.Dropped drop = dropped.get(copy.number());
      to.add(
          copy.to()
              + (drop != null
                  ? style.warning(" (" + dropText(drop) + ")")
                  : number == null ? "" : style.faint(" (" + number + ")")));
    }
    add(first, first.from() + " sends " + content(first, "to " + String.join(" ", to)));
    return last;
  }

  private static boolean isOf(List<Event.Sent> copies, long number) {
    return copies.stream().anyMatch(copy -> copy.number() == number);
  }

  private static String dropText(Event.Dropped dropped) {
    return switch (dropped.why()) {
      case LOSS -> "lost";
      case PLANNED -> "dropped";
      case QUEUE_FULL -> "dropped, the queue is full";
      case CORRUPTED -> "dropped, corrupted";
      case PARTITION -> "dropped, partitioned";
      case NOBODY_THERE -> "dropped, the receiver is down";
      case TOO_LARGE -> "dropped, too large";
    };
  }

  private String content(Event.Sent sent, String ends) {
    String fields = MessageSummary.fields(sent);
    return style.bold(MessageText.type(sent.message().type()))
        + " "
        + ends
        + (fields.isEmpty() ? "" : style.faint("  " + fields));
  }

  private static String brief(Event.Sent sent) {
    return MessageText.type(sent.message().type()) + " from " + sent.from() + " to " + sent.to();
  }

  private String painted(StateChange change) {
    String text = StateChangeText.of(change);
    if (change instanceof RoleChanged now) {
      return now.role() == Role.LEADER ? style.success(text) : style.bold(text);
    }
    return text;
  }

  private void add(Event event, String text) {
    add(event.atMicros(), text);
  }

  private void add(long atMicros, String text) {
    String time = atMicros == lastMicros ? " ".repeat(11) : NumberText.seconds(atMicros) + "  ";
    lastMicros = atMicros;
    lines.add(style.faint(time) + text);
  }
}
