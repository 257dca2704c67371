package raftlab.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import raftlab.wire.Id;

/**
 * Learns which kinds of message are vote requests and PreVote requests: they go to most others, and
 * are the last that a replica sends to most others before its first append.
 */
final class VoteRequestLearner {
  private static final double OFTEN = 0.6;
  private static final long LEADING_MICROS = 300_000;
  private static final double MAX_BY_LEADERS = 0.1;
  private static final int MIN_BY_LEADERS = 3;

  /** A campaign lasts this long at most. */
  static final long CAMPAIGN_MICROS = 4_000_000;

  private final RoleTable table;
  private final Set<String> ofLeaders = new HashSet<>();

  VoteRequestLearner(RoleTable table) {
    this.table = table;
  }

  /** Adds what it learns to the table. */
  void learn() {
    learnKindsOfLeaders();
    Map<String, Integer> last = new TreeMap<>();
    Map<String, Integer> within = new TreeMap<>();
    List<List<Round>> starting = new ArrayList<>();
    List<List<Round>> campaigns =
        campaigns().stream()
            .map(campaign -> campaign.stream().filter(this::mayRequest).toList())
            .toList();
    Set<String> replies = broadcastReplies(campaigns);
    for (List<Round> campaign : campaigns) {
      List<Round> toMost =
          campaign.stream().filter(round -> !replies.contains(round.kind())).toList();
      if (!toMost.isEmpty()) {
        starting.add(toMost);
        String kind =
            toMost.stream()
                .map(Round::kind)
                .filter(table::isGivenRequest)
                .findFirst()
                .orElse(toMost.get(toMost.size() - 1).kind());
        last.merge(kind, 1, Integer::sum);
        toMost.stream()
            .map(Round::kind)
            .distinct()
            .forEach(each -> within.merge(each, 1, Integer::sum));
      }
    }
    if (table.corrections.hasRole(Role.VOTE_REQUEST)) {
      last.keySet().removeIf(kind -> !table.isGivenRequest(kind));
    }
    int all = starting.size();
    // What replicas send all the time comes last at times, but mostly no election follows.
    String request =
        last.keySet().stream()
            .max(
                Comparator.comparingDouble(
                    kind ->
                        (double) last.getOrDefault(kind, 0) / all
                            + (double) within.getOrDefault(kind, 0) / rounds(kind)))
            .orElse("");
    if (request.isEmpty()) {
      if (!table.corrections.hasRole(Role.VOTE_REQUEST)) {
        learnVoteRequestThatClaims();
      }
      return;
    }
    if (within.getOrDefault(request, 0) >= OFTEN * all) {
      table.roles.put(request, Role.VOTE_REQUEST);
      learnPreVoteRequests(starting, request);
    }
  }

  private boolean mayRequest(Round round) {
    return !table.appends.contains(round.kind())
        && (table.isGivenRequest(round.kind())
            || !table.isGiven(round.kind()) && !ofLeaders.contains(round.kind()))
        && round.isToMost(table.messages.replicaCount());
  }

  private Set<String> broadcastReplies(List<List<Round>> campaigns) {
    Set<String> kinds = new TreeSet<>();
    campaigns.forEach(campaign -> campaign.forEach(round -> kinds.add(round.kind())));
    Set<String> replies =
        new TreeSet<>(new BroadcastReplies(table.messages, kinds, table.appends).kinds());
    replies.removeIf(table::isGivenRequest);
    return replies;
  }

  /** PreVote requests come before the vote request, and answer nothing (dissertation §9.6). */
  private void learnPreVoteRequests(List<List<Round>> starting, String request) {
    Map<String, Integer> before = new TreeMap<>();
    for (List<Round> toMost : starting) {
      Set<String> kinds = new TreeSet<>();
      for (Round round : toMost) {
        if (round.kind().equals(request)) {
          kinds.forEach(kind -> before.merge(kind, 1, Integer::sum));
          break;
        }
        kinds.add(round.kind());
      }
    }
    before.forEach(
        (kind, times) -> {
          Set<String> others = new TreeSet<>(before.keySet());
          others.remove(kind);
          boolean isReply =
              isReplyTo(Set.of(request), kind)
                  || isReplyTo(table.appends, kind)
                  || others.stream().anyMatch(each -> isReplyTo(Set.of(each), kind));
          if (2 * times >= starting.size()
              && !isReply
              && !table.isGiven(kind)
              && isMostlyToMost(kind)) {
            table.roles.put(kind, Role.PRE_VOTE_REQUEST);
          }
        });
  }

  private long rounds(String kind) {
    return table.rounds.stream().filter(round -> round.kind().equals(kind)).count();
  }

  /** Whether a kind is mostly sent to most others at once, as a request is and a reply isn't. */
  private boolean isMostlyToMost(String kind) {
    Fit toMost = new Fit();
    Round.of(table.messages.of(kind))
        .forEach(round -> toMost.add(round.isToMost(table.messages.replicaCount())));
    return toMost.share() >= OFTEN;
  }

  /** A candidate may name itself as leader: then its requests come first, and only then. */
  private void learnVoteRequestThatClaims() {
    if (table.appends.size() < 2) {
      return;
    }
    Map<String, Integer> firsts = new TreeMap<>();
    Set<Id> seen = new HashSet<>();
    for (Round round : table.rounds) {
      if (table.appends.contains(round.kind()) && seen.add(round.from())) {
        firsts.merge(round.kind(), 1, Integer::sum);
      }
    }
    String request = RoleTable.mostFrequent(firsts);
    boolean isRare =
        !request.isEmpty()
            && table.appends.stream()
                .anyMatch(
                    kind -> table.messages.of(kind).size() > 2 * table.messages.of(request).size());
    if (isRare
        && !table.isGiven(request)
        && table.messages.of(request).stream().noneMatch(table::hasClientText)) {
      Fit fit = new Fit();
      firsts.forEach(
          (kind, times) -> {
            for (int i = 0; i < times; i++) {
              fit.add(kind.equals(request));
            }
          });
      table.appends.remove(request);
      table.roles.put(request, Role.VOTE_REQUEST);
    }
  }

  /** The kinds that replicas send while they lead: no vote request is among them. */
  private void learnKindsOfLeaders() {
    Map<Id, TreeSet<Long>> appendTimes = new HashMap<>();
    for (Round round : table.rounds) {
      if (table.appends.contains(round.kind())) {
        appendTimes.computeIfAbsent(round.from(), id -> new TreeSet<>()).add(round.atMicros());
      }
    }
    Map<String, Fit> whileLeading = new TreeMap<>();
    for (Round round : table.rounds) {
      TreeSet<Long> times = appendTimes.getOrDefault(round.from(), new TreeSet<>());
      Long before = times.lower(round.atMicros());
      Long after = times.higher(round.atMicros());
      whileLeading
          .computeIfAbsent(round.kind(), kind -> new Fit())
          .add(before != null && after != null && after - before < LEADING_MICROS);
    }
    whileLeading.forEach(
        (kind, fit) -> {
          if (fit.agreed() >= MIN_BY_LEADERS && fit.share() > MAX_BY_LEADERS) {
            ofLeaders.add(kind);
          }
        });
  }

  /** The rounds of each replica before it became leader. */
  private List<List<Round>> campaigns() {
    List<List<Round>> campaigns = new ArrayList<>();
    Map<Id, Boolean> leads = new HashMap<>();
    Map<Id, List<Round>> recent = new HashMap<>();
    for (Round round : table.rounds) {
      Id from = round.from();
      List<Round> own = recent.computeIfAbsent(from, id -> new ArrayList<>());
      if (table.appends.contains(round.kind())) {
        if (!leads.getOrDefault(from, false) && !own.isEmpty()) {
          long since = round.atMicros() - CAMPAIGN_MICROS;
          campaigns.add(own.stream().filter(each -> each.atMicros() >= since).toList());
        }
        leads.put(from, true);
        own.clear();
      } else {
        leads.put(from, false);
        own.add(round);
      }
    }
    return campaigns;
  }

  /** Whether messages of a kind mostly follow one of these that their receiver sent. */
  private boolean isReplyTo(Set<String> requests, String kind) {
    Fit answers = new Fit();
    for (Round round : Round.of(table.messages.of(kind))) {
      answers.add(
          round.messages().stream()
              .anyMatch(
                  each ->
                      each.mayAnswer()
                          && each.previous() != null
                          && requests.contains(each.previous().kind())));
    }
    return answers.share() >= OFTEN;
  }
}
