package raftlab.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.run.lab.Lab;
import raftlab.scenario.TrafficPlan;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.LoadGenerator;

/** Clients that send requests in the background, and the summary of what they were answered. */
final class BackgroundLoad {
  /** After the last request, answers may still come for this long. */
  private static final long LAST_ANSWERS_MICROS = 1_000_000;

  private final Lab lab;
  private final List<Id> clients;
  private final Notifications notifications;
  private final LoadGenerator generator;
  private final Map<Long, Long> begunMicros = new HashMap<>();
  private final Map<String, Long> operations = new HashMap<>();
  private final List<Long> latencies = new ArrayList<>();
  private long begun;
  private long fails;
  private long redirects;
  private boolean over;

  /**
   * Starts the clients.
   *
   * @param number how many loads were started on this cluster before
   */
  BackgroundLoad(LiveCluster cluster, TrafficPlan plan, int number, Notifications notifications) {
    this.lab = cluster.lab();
    this.clients = cluster.loadClients().subList(0, plan.clients());
    this.notifications = notifications;
    this.generator = new LoadGenerator(plan, number + 1, clients, cluster.seed(), lab.requests());
    lab.clientReceiver(this::receive);
    lab.scheduleAt(lab.nowMicros() + plan.untilMillis() * 1000 + LAST_ANSWERS_MICROS, this::finish);
    generator.start();
  }

  private void receive(Message answer) {
    if (clients.contains(answer.dst())) {
      generator.receive(answer);
    }
  }

  /** Counts requests and answers. */
  void accept(Event event) {
    if (over) {
      return;
    }
    if (event instanceof Event.Requested request && clients.contains(request.client())) {
      operations.put(request.mid(), request.operation());
      if (begunMicros.putIfAbsent(request.operation(), request.atMicros()) == null) {
        begun++;
      }
    } else if (event instanceof Event.Answered answer
        && clients.contains(answer.client())
        && !answer.again()) {
      answered(answer);
    }
  }

  private void answered(Event.Answered answer) {
    Long operation = operations.remove(answer.mid());
    switch (answer.type()) {
      case Message.FAIL -> fails++;
      case Message.REDIRECT -> redirects++;
      default -> {
        Long from = operation == null ? null : begunMicros.get(operation);
        if (from != null) {
          latencies.add(answer.atMicros() - from);
        }
      }
    }
  }

  /** Whether all its requests were sent, and the summary was shown. */
  boolean isOver() {
    return over;
  }

  private void finish() {
    if (!over) {
      over = true;
      notifications.show(lab.nowMicros(), "load is over: " + summary());
    }
  }

  /** What was answered so far. */
  String summary() {
    List<Long> sorted = latencies.stream().sorted().toList();
    String times =
        sorted.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", median %s, 99 %% within %s",
                QuantityParser.time(sorted.get(sorted.size() / 2)),
                QuantityParser.time(sorted.get((int) (sorted.size() * 0.99))));
    return QuantityParser.count(begun, "request", "requests")
        + ", "
        + sorted.size()
        + " ok"
        + times
        + ", "
        + QuantityParser.count(redirects, "redirect", "redirects")
        + ", "
        + QuantityParser.count(fails, "fail", "fails")
        + ", "
        + (begun - sorted.size())
        + " not done";
  }
}
