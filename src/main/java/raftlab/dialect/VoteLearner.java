package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Learns what a vote is (§5.2): the reply that winners had from a majority before they led, and
 * others had not.
 */
final class VoteLearner {
  private static final double TRUE_HINT = 0.02;

  private final ReplicaMessages messages;
  private final RoleLearner roles;
  private final List<Election> elections;
  private final Map<String, PreVoteFlag> preVotes = new TreeMap<>();
  private final Set<ReplyOutcome> grants = new HashSet<>();
  private final Map<MessageSample, List<MessageSample>> replies = new HashMap<>();
  private final Fit fit;

  /** The field that tells pre-vote requests from vote requests of the same kind. */
  record PreVoteFlag(String path, String real) {}

  VoteLearner(ReplicaMessages messages, RoleLearner roles, List<Election> elections) {
    this.messages = messages;
    this.roles = roles;
    this.elections = elections;
    roles.kinds(Role.VOTE_REQUEST).forEach(this::learnPreVote);
    fit = learnGrant();
  }

  /** How many winners had the votes of a majority. */
  Fit fit() {
    return fit;
  }

  /** The replies that give a vote. */
  Set<ReplyOutcome> grants() {
    return grants;
  }

  /** The field that tells pre-vote requests apart; null if there is none. */
  @Nullable PreVoteFlag preVote(String kind) {
    return preVotes.get(kind);
  }

  /** Whether this asks only whether a vote would be given. */
  boolean isPreVote(MessageSample request) {
    PreVoteFlag flag = preVotes.get(request.kind());
    return flag == null
        ? roles.roles().get(request.kind()) == Role.PRE_VOTE_REQUEST
        : !ReplyOutcome.value(request, flag.path).equals(flag.real);
  }

  /** Whether a reply gives what was asked for. */
  boolean isGranted(MessageSample reply) {
    return grants.stream().anyMatch(each -> each.matches(reply));
  }

  /** The vote request that a reply answers; null if it answers none. */
  @Nullable MessageSample answered(MessageSample reply) {
    MessageSample previous = reply.previous();
    return previous != null && isRequest(previous) ? previous : null;
  }

  private boolean isRequest(MessageSample sample) {
    Role role = roles.roles().getOrDefault(sample.kind(), Role.OTHER);
    return role == Role.VOTE_REQUEST || role == Role.PRE_VOTE_REQUEST;
  }

  // ---- pre-votes of the same kind ----

  private void learnPreVote(String kind) {
    List<MessageSample> requests = messages.of(kind);
    for (String path : ReplyOutcome.choices(requests).keySet()) {
      Map<String, Integer> won = new TreeMap<>();
      Map<String, Integer> before = new TreeMap<>();
      for (Election election : elections) {
        List<Round> rounds = election.rounds();
        if (election.lastRound().kind().equals(kind)) {
          won.merge(ReplyOutcome.value(election.lastRound().first(), path), 1, Integer::sum);
          if (rounds.size() > 1) {
            before.merge(ReplyOutcome.value(rounds.get(0).first(), path), 1, Integer::sum);
          }
        }
      }
      String real = mostFrequent(won, 0.85);
      String first = mostFrequent(before, 0.5);
      if (!real.isEmpty() && !first.isEmpty() && !real.equals(first)) {
        preVotes.put(kind, new PreVoteFlag(path, real));
        return;
      }
    }
  }

  private static String mostFrequent(Map<String, Integer> counts, double minShare) {
    int all = counts.values().stream().mapToInt(each -> each).sum();
    return counts.entrySet().stream()
        .filter(each -> each.getValue() >= minShare * all)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  // ---- votes ----

  private Fit learnGrant() {
    Map<Round, Boolean> rounds = new HashMap<>();
    for (Round round : roles.rounds(Role.VOTE_REQUEST)) {
      if (!isPreVote(round.first())) {
        rounds.put(round, false);
      }
    }
    elections.forEach(each -> rounds.computeIfPresent(each.lastRound(), (round, won) -> true));
    Set<String> kinds = new TreeSet<>(roles.kinds(Role.VOTE_REPLY));
    kinds.addAll(roles.kinds(Role.REPLY));
    ReplyOutcome best = null;
    double bestScore = 0;
    Fit bestFit = new Fit();
    for (String kind : kinds) {
      for (ReplyOutcome outcome : ReplyOutcome.of(kind, messages.of(kind))) {
        Fit won = new Fit();
        Fit lost = new Fit();
        rounds.forEach(
            (round, isWon) -> {
              boolean isEnough = voters(round, outcome).size() >= messages.replicaCount() / 2;
              (isWon ? won : lost).add(isEnough);
            });
        double score =
            won.share()
                - lost.share() / 2
                + (outcome.path() == null ? 0 : outcome.isNegative() ? -TRUE_HINT : TRUE_HINT);
        if (score > bestScore) {
          best = outcome;
          bestScore = score;
          bestFit = won;
        }
      }
    }
    if (best != null && bestScore > 0.3) {
      grants.add(best);
    }
    return bestFit;
  }

  /** The replicas that gave this reply to a round of requests. */
  private Set<Id> voters(Round round, ReplyOutcome outcome) {
    Set<Id> voters = new HashSet<>();
    Set<MessageSample> requests = new HashSet<>(round.messages());
    for (MessageSample reply : repliesTo(round)) {
      MessageSample request = answered(reply);
      if (request != null && requests.contains(request) && outcome.matches(reply)) {
        voters.add(reply.from());
      }
    }
    return voters;
  }

  private List<MessageSample> repliesTo(Round round) {
    if (replies.isEmpty()) {
      for (MessageSample sample : messages.all()) {
        if (sample.mayAnswer()) {
          MessageSample request = answered(sample);
          if (request != null) {
            replies.computeIfAbsent(request, each -> new ArrayList<>()).add(sample);
          }
        }
      }
    }
    List<MessageSample> all = new ArrayList<>();
    round.messages().forEach(each -> all.addAll(replies.getOrDefault(each, List.of())));
    return all;
  }
}
