package raftlab.judge.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import raftlab.trace.Event;
import raftlab.trace.Event.End;
import raftlab.trace.EventTextSize;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Finds the replica that caused most of a storm. */
final class StormSource {
  /** The counts of one replica. */
  private static final class Noise {
    private long messages;
    private long answers;
    private long malformed;
    private long changes;
    private long lines;
    private long bytes;

    private long events() {
      return messages + answers + malformed + changes + lines;
    }

    private String words() {
      List<String> words = new ArrayList<>();
      add(messages, "messages to replicas", words);
      add(answers, "answers to clients", words);
      add(malformed, "malformed messages", words);
      add(changes, "changes of its state", words);
      add(lines, "printed lines", words);
      add(bytes >> 20, "MB in all of them", words);
      return String.join(", ", words);
    }

    private static void add(long count, String what, List<String> words) {
      if (count > 0) {
        words.add(String.format(Locale.ROOT, "%,d %s", count, what));
      }
    }
  }

  private final Map<Id, Noise> noises = new TreeMap<>();
  private final Set<Id> replicas;

  private StormSource(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
    for (Event event : trace.events()) {
      if (event instanceof Event.Began) {
        // Earlier messages don't count.
        noises.values().forEach(noise -> noise.messages = 0);
      }
      take(event);
    }
  }

  /**
   * Describes the replica with the highest counts, as a part of a sentence; "" if there is none.
   */
  static String of(JudgedRun run) {
    if (run.statistics().end() != End.PACKET_STORM) {
      return "";
    }
    StormSource loudest = new StormSource(run.trace());
    if (run.statistics().messages() > run.scenario().maxPackets()) {
      return loudest.by(noise -> noise.messages, "messages");
    }
    return run.trace().volume() > EventTextSize.MOST_BYTES
        ? loudest.by(noise -> noise.bytes, "bytes")
        : loudest.by(Noise::events, "events");
  }

  private String by(ToLongFunction<Noise> size, String unit) {
    long all = noises.values().stream().mapToLong(size).sum();
    Map.Entry<Id, Noise> most = null;
    for (Map.Entry<Id, Noise> each : noises.entrySet()) {
      if (most == null || size.applyAsLong(each.getValue()) > size.applyAsLong(most.getValue())) {
        most = each;
      }
    }
    if (all == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; replica %s made %.0f %% of the %,d %s: %s",
        most.getKey(),
        100.0 * size.applyAsLong(most.getValue()) / all,
        all,
        unit,
        most.getValue().words());
  }

  private void take(Event event) {
    if (event instanceof Event.Started started) {
      replicas.add(started.replica());
    } else if (event instanceof Event.Sent sent && replicas.contains(sent.from())) {
      Noise noise = noise(sent.from(), event);
      if (replicas.contains(sent.to())) {
        noise.messages++;
      } else {
        noise.answers++;
      }
    } else if (event instanceof Event.Malformed bad) {
      noise(bad.replica(), event).malformed++;
    } else if (event instanceof Event.Reported report) {
      noise(report.replica(), event).changes++;
    } else if (event instanceof Event.Printed printed) {
      noise(printed.replica(), event).lines++;
    }
  }

  private Noise noise(Id replica, Event event) {
    Noise noise = noises.computeIfAbsent(replica, id -> new Noise());
    noise.bytes += EventTextSize.of(event);
    return noise;
  }
}
