package raftlab.judge.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.wire.RequestLog.LoggedRequest;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Remarks about behaviour that no rule forbids and that a good replica doesn't show. */
final class StyleWarnings {
  /** In this time after a fault or a start a change of leader is normal. */
  private static final long TROUBLE_MICROS = 3_000_000;

  private static final int MANY_LEADERS = 5;
  private static final int MANY_REDIRECTS = 100;
  private static final int MAX_NAMES = 3;

  /** A slightly longer datagram can't be sent. */
  private static final int NEARLY_TOO_LONG = Message.MAX_BYTES * 9 / 10;

  /**
   * An answer to a request this much later shows that a replica could have answered the earlier
   * one.
   */
  private static final long LATER_MICROS = 1_000_000;

  private final PerceivedLeader perceivedLeader;
  private final ReplicaIndex replicaIndex;
  private final FirstViolations findings;
  private final Map<Long, Integer> redirects = new HashMap<>();

  /** How many messages of a replica were almost too long for a datagram. */
  private final Map<Id, Integer> nearlyTooLong = new TreeMap<>();

  /** The other IDs that a replica used as {@code src}, with the number of messages. */
  private final Map<Id, Map<Id, Integer>> wrongSources = new TreeMap<>();

  private final Map<Integer, Long> lastDone = new HashMap<>();
  private @Nullable LoggedRequest mostRedirected;
  private int mostRedirects;
  private long lastDisturbance;
  private int leaders;
  private int leadersWithoutCause;

  StyleWarnings(
      PerceivedLeader perceivedLeader, ReplicaIndex replicaIndex, FirstViolations findings) {
    this.perceivedLeader = perceivedLeader;
    this.replicaIndex = replicaIndex;
    this.findings = findings;
  }

  /** Notes an event that may cause a change of leader. */
  void onDisturbance(long micros) {
    lastDisturbance = micros;
  }

  void leaderKnown(Event.LeaderKnown known) {
    if (!known.leader().isBroadcast()) {
      leaders++;
      if (leaders > 1 && known.atMicros() - lastDisturbance > TROUBLE_MICROS) {
        leadersWithoutCause++;
      }
    }
  }

  void sent(Event.Sent sent) {
    if (sent.message().receivedBytes() > NEARLY_TOO_LONG) {
      nearlyTooLong.merge(sent.from(), 1, Integer::sum);
    }
    Id source = sent.message().src();
    if (source != sent.from() && !source.equals(sent.from())) {
      wrongSources
          .computeIfAbsent(sent.from(), id -> new TreeMap<>())
          .merge(source, 1, Integer::sum);
    }
  }

  void answered(Event.Answered answer, int replica, LoggedRequest question) {
    question.isAnswered = true;
    if (answer.type().equals(Message.OK)) {
      lastDone.merge(replica, question.request.atMicros(), Math::max);
    } else if (answer.type().equals(Message.REDIRECT)) {
      int count = redirects.merge(question.request.operation(), 1, Integer::sum);
      if (count > mostRedirects) {
        mostRedirects = count;
        mostRedirected = question;
      }
    }
  }

  void remarks(RequestLog asked) {
    if (leadersWithoutCause >= MANY_LEADERS) {
      findings.remark(
          "the leader changed "
              + leadersWithoutCause
              + " times though there was no fault for "
              + TROUBLE_MICROS / 1_000_000
              + " s: are election timeouts long enough for heartbeats that are late or lost (§5.6)?");
    }
    if (mostRedirected != null && mostRedirects >= MANY_REDIRECTS) {
      findings.remark(
          String.format(
              Locale.ROOT,
              "client %s was redirected %d times for one %s: a replica that knows no"
                  + " leader should hold the request or answer fail",
              mostRedirected.request.client(),
              mostRedirects,
              mostRedirected.request.type()));
    }
    wrongSources.forEach(
        (replica, sources) -> findings.remark("replica " + replica + forgedSourcesText(sources)));
    nearlyTooLong.forEach(
        (replica, count) ->
            findings.remark(
                String.format(
                    Locale.ROOT,
                    "replica %s sent %d message%s of more than %,d bytes; a datagram holds %,d",
                    replica,
                    count,
                    count == 1 ? "" : "s",
                    NEARLY_TOO_LONG,
                    Message.MAX_BYTES)));
    remarkUnanswered(asked);
  }

  /** Returns the other IDs that a replica used as {@code src}, the most frequent first. */
  private static String forgedSourcesText(Map<Id, Integer> sources) {
    int count = sources.values().stream().mapToInt(Integer::intValue).sum();
    String names =
        sources.entrySet().stream()
            .sorted(Map.Entry.<Id, Integer>comparingByValue().reversed())
            .limit(MAX_NAMES)
            .map(source -> source.getValue() + " as " + source.getKey())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        " sent %d message%s with another \"src\" than its own: %s%s",
        count,
        count == 1 ? "" : "s",
        names,
        sources.size() > MAX_NAMES ? ", …" : "");
  }

  /**
   * Remarks on requests that the leader at the end never answered, though it answered much later
   * ones.
   */
  private void remarkUnanswered(RequestLog asked) {
    int leader = perceivedLeader.majorityLeader();
    long last = lastDone.getOrDefault(leader, Long.MIN_VALUE);
    int unanswered = 0;
    for (LoggedRequest question : asked.loggedRequests()) {
      long at = question.request.atMicros();
      if (!question.isAnswered
          && question.replica == leader
          && at > perceivedLeader.majorityLeaderSince()
          && at < last - LATER_MICROS) {
        unanswered++;
      }
    }
    if (unanswered > 0) {
      findings.remark(
          String.format(
              Locale.ROOT,
              "replica %s led, and never answered %d request%s, though it answered later ones",
              replicaIndex.id(leader),
              unanswered,
              unanswered == 1 ? "" : "s"));
    }
  }
}
