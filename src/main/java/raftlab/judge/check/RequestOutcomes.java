package raftlab.judge.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.AnswerType;
import raftlab.wire.Id;

/** Counts how a set of client requests was answered, and by which replicas. */
public final class RequestOutcomes {
  /** A redirect from one replica to another. */
  private record Redirect(Id from, Id to) {}

  private static final int MAX_NAMED = 5;

  private final Map<String, Event.Requested> open = new HashMap<>();
  private final Map<Id, Integer> fails = new TreeMap<>();
  private final Map<Redirect, Integer> redirects = new HashMap<>();
  private final Map<Id, Integer> unresponsive = new TreeMap<>();
  private final Map<Long, String> underWay = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private int requests;
  private int ok;
  private int failed;
  private int redirected;
  private int failedByLeader;
  private int redirectedByLeader;
  private int refusedWithoutLeader;

  private RequestOutcomes() {}

  /** Counts the first answer to each of these requests. */
  public static RequestOutcomes of(Trace trace, Predicate<Event.Requested> which) {
    RequestOutcomes refusals = new RequestOutcomes();
    Id leader = Id.BROADCAST;
    for (Event event : trace.events()) {
      if (event instanceof Event.LeaderKnown known) {
        leader = known.leader();
      } else if (event instanceof Event.Requested request
          && !request.isAdministration()
          && which.test(request)) {
        refusals.requests++;
        refusals.open.put(request.mid(), request);
      } else if (event instanceof Event.Sent sent
          && sent.message().mid() != null
          && refusals.open.containsKey(sent.message().mid())
          && sent.from().equals(refusals.open.get(sent.message().mid()).client())) {
        refusals.underWay.put(sent.number(), sent.message().mid());
      } else if (event instanceof Event.Delivered delivery) {
        String mid = refusals.underWay.remove(delivery.number());
        if (mid != null) {
          refusals.delivered.add(mid);
        }
      } else if (event instanceof Event.Answered answer
          && refusals.open.remove(answer.mid()) != null) {
        refusals.count(answer, leader);
      }
    }
    refusals
        .open
        .values()
        .forEach(each -> refusals.unresponsive.merge(each.replica(), 1, Integer::sum));
    return refusals;
  }

  private void count(Event.Answered answer, Id leader) {
    boolean byLeader = answer.replica().equals(leader);
    AnswerType type = AnswerType.of(answer.type()).orElse(null);
    if (type == null) {
      return;
    }
    switch (type) {
      case OK, MISMATCH -> ok++;
      case FAIL -> {
        failed++;
        failedByLeader += byLeader ? 1 : 0;
        fails.merge(answer.replica(), 1, Integer::sum);
      }
      case REDIRECT -> {
        redirected++;
        redirectedByLeader += byLeader ? 1 : 0;
        redirects.merge(new Redirect(answer.replica(), answer.leader()), 1, Integer::sum);
      }
    }
    refusedWithoutLeader += leader.isBroadcast() ? 1 : 0;
  }

  /** Returns the counts in words: "3 fail, 4 redirect, 5 not answered". */
  public String counts() {
    return String.format(
        Locale.ROOT, "%d fail, %d redirect, %d not answered", failed, redirected, open.size());
  }

  /** Returns the number of requests. */
  public int requests() {
    return requests;
  }

  /** Returns how many were answered with ok or mismatch. */
  public int ok() {
    return ok;
  }

  /** Returns how many were answered with fail. */
  public int failed() {
    return failed;
  }

  /** Returns how many were redirected. */
  public int redirected() {
    return redirected;
  }

  /** Returns how many were not answered. */
  public int unanswered() {
    return open.size();
  }

  /** Returns how many were delivered and not answered. */
  public int deliveredButUnanswered() {
    return (int) open.keySet().stream().filter(delivered::contains).count();
  }

  /** Returns how often the known leader answered with fail. */
  public int failedByLeader() {
    return failedByLeader;
  }

  /** Returns how often the known leader redirected. */
  public int redirectedByLeader() {
    return redirectedByLeader;
  }

  /** Returns how many were answered while no leader was known. */
  public int refusedWithoutLeader() {
    return refusedWithoutLeader;
  }

  /** Returns the replicas that answered with fail. */
  public Set<Id> failing() {
    return new TreeSet<>(fails.keySet());
  }

  /** Returns the replicas that were asked and did not answer. */
  public Set<Id> unresponsive() {
    return new TreeSet<>(unresponsive.keySet());
  }

  /** Returns the most frequent redirects: "0000 to 0001 (12 times), 0001 to 0000 (11 times)". */
  public String redirects() {
    List<String> words = new ArrayList<>();
    redirects.entrySet().stream()
        .sorted(
            Map.Entry.<Redirect, Integer>comparingByValue()
                .reversed()
                .thenComparing(each -> each.getKey().from(), Comparator.naturalOrder()))
        .limit(MAX_NAMED)
        .forEach(each -> words.add(words(each.getKey(), each.getValue())));
    return String.join(", ", words)
        + (redirects.size() > MAX_NAMED ? ", and " + (redirects.size() - MAX_NAMED) + " more" : "");
  }

  private static String words(Redirect way, int times) {
    return String.format(
        Locale.ROOT,
        "%s to %s (%,d %s)",
        way.from(),
        way.to(),
        times,
        times == 1 ? "time" : "times");
  }

  /** Whether the most frequent redirects of the replicas form a cycle. */
  public boolean hasRedirectLoop() {
    Map<Id, Map.Entry<Redirect, Integer>> next = new HashMap<>();
    for (Map.Entry<Redirect, Integer> way : redirects.entrySet()) {
      next.merge(way.getKey().from(), way, (a, b) -> a.getValue() >= b.getValue() ? a : b);
    }
    for (Id start : next.keySet()) {
      Id at = start;
      for (int i = 0; i <= next.size() && next.containsKey(at); i++) {
        at = next.get(at).getKey().to();
        if (at.equals(start)) {
          return true;
        }
      }
    }
    return false;
  }
}
