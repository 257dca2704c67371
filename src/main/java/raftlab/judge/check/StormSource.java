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
import raftlab.trace.Event.EndReason;
import raftlab.trace.EventTextSize;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Finds the replica that caused most of a storm. */
final class StormSource {
  /** The counts of one replica. */
  private static final class ReplicaActivity {
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

  private final Map<Id, ReplicaActivity> activityByReplica = new TreeMap<>();
  private final Set<Id> replicas;

  private StormSource(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
    for (Event event : trace.events()) {
      if (event instanceof Event.Began) {
        // Earlier messages don't count.
        activityByReplica.values().forEach(noise -> noise.messages = 0);
      }
      onEvent(event);
    }
  }

  /**
   * Describes the replica with the highest counts, as a part of a sentence; "" if there is none.
   */
  static String of(JudgedRun run) {
    if (run.statistics().end() != EndReason.PACKET_STORM) {
      return "";
    }
    StormSource loudest = new StormSource(run.trace());
    if (run.statistics().messages() > run.scenario().maxPackets()) {
      return loudest.loudestBy(noise -> noise.messages, "messages");
    }
    return run.trace().textBytes() > EventTextSize.MAX_BYTES
        ? loudest.loudestBy(noise -> noise.bytes, "bytes")
        : loudest.loudestBy(ReplicaActivity::events, "events");
  }

  private String loudestBy(ToLongFunction<ReplicaActivity> size, String unit) {
    long all = activityByReplica.values().stream().mapToLong(size).sum();
    Map.Entry<Id, ReplicaActivity> most = null;
    for (Map.Entry<Id, ReplicaActivity> each : activityByReplica.entrySet()) {
      if (most == null || size.applyAsLong(each.getValue()) > size.applyAsLong(most.getValue())) {
        most = each;
      }
    }
    if (most == null || all == 0) {
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

  private void onEvent(Event event) {
    if (event instanceof Event.Started started) {
      replicas.add(started.replica());
    } else if (event instanceof Event.Sent sent && replicas.contains(sent.from())) {
      ReplicaActivity noise = activity(sent.from(), event);
      if (replicas.contains(sent.to())) {
        noise.messages++;
      } else {
        noise.answers++;
      }
    } else if (event instanceof Event.Malformed bad) {
      activity(bad.replica(), event).malformed++;
    } else if (event instanceof Event.Reported report) {
      activity(report.replica(), event).changes++;
    } else if (event instanceof Event.Printed printed) {
      activity(printed.replica(), event).lines++;
    }
  }

  private ReplicaActivity activity(Id replica, Event event) {
    ReplicaActivity noise = activityByReplica.computeIfAbsent(replica, id -> new ReplicaActivity());
    noise.bytes += EventTextSize.of(event);
    return noise;
  }
}
