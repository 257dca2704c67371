package raftlab.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Learns what a vote is (§5.2): the reply that winners had from a majority before they led, and
 * others had not.
 */
final class VoteLearner {
  /** A winner may have had an answer too many: so a truth value counts more than the type. */
  private static final double TRUE_HINT = 0.3;

  /** A vote may be sent late, when the candidate's first messages as leader are there already. */
  private static final int RECENT = 64;

  private final ReplicaMessages messages;
  private final RoleLearner roles;
  private final TermLearner terms;
  private final List<Election> elections;
  private final Map<String, PreVoteFlag> preVotes = new TreeMap<>();
  private final Set<ReplyOutcome> grants = new HashSet<>();
  private final Map<MessageSample, List<MessageSample>> replies = new HashMap<>();
  private final Fit fit;

  /** The field that tells pre-vote requests from vote requests of the same kind. */
  record PreVoteFlag(String path, String real) {}

  VoteLearner(
      ReplicaMessages messages, RoleLearner roles, TermLearner terms, List<Election> elections) {
    this.messages = messages;
    this.roles = roles;
    this.terms = terms;
    this.elections = elections;
    roles.kinds(Role.VOTE_REQUEST).forEach(this::learnPreVote);
    fit = learnGrant();
  }

  /** How many winners had the votes of a majority. */
  Fit fit() {
    return fit;
  }

  /**
   * Whether votes can't be taken for anything else: a field gives or refuses them, and did both,
   * the replies have the voter's term, and winners led as soon as they had a majority, so none of
   * the requests was a pre-vote.
   */
  boolean isExplicit() {
    boolean isRefused = false;
    boolean isGiven = false;
    for (Round round : roles.rounds(Role.VOTE_REQUEST)) {
      for (MessageSample reply : repliesTo(new HashSet<>(round.messages()))) {
        if (terms.of(reply).isEmpty()) {
          return false;
        }
        isGiven |= isGranted(reply);
        isRefused |= !isGranted(reply);
      }
    }
    return isGiven
        && isRefused
        && grants.stream().allMatch(each -> each.path() != null)
        && preVotes.isEmpty()
        && roles.kinds(Role.PRE_VOTE_REQUEST).isEmpty()
        && elections.stream().allMatch(this::isWonAtOnce);
  }

  /** Whether a winner asked for no more votes when it had those of a majority. */
  private boolean isWonAtOnce(Election election) {
    long wonMicros = Long.MAX_VALUE;
    for (Round round : election.rounds()) {
      if (round.atMicros() > wonMicros) {
        return false;
      }
      List<Long> granted =
          repliesTo(new HashSet<>(round.messages())).stream()
              .filter(this::isGranted)
              .map(MessageSample::deliveredMicros)
              .sorted()
              .toList();
      int needed = messages.replicaCount() / 2;
      if (granted.size() >= needed && needed > 0) {
        wonMicros = Math.min(wonMicros, granted.get(needed - 1));
      }
    }
    return true;
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

  /** A reply that repeats the field for pre-votes answers a request with the same value. */
  private boolean hasSameFlag(MessageSample reply, MessageSample request) {
    PreVoteFlag flag = preVotes.get(request.kind());
    return flag == null
        || !reply.fields().containsKey(flag.path)
        || ReplyOutcome.value(reply, flag.path).equals(ReplyOutcome.value(request, flag.path));
  }

  /** Whether a reply to all replicas is meant for its receiver: no field names another replica. */
  private boolean isMeantForReceiver(MessageSample reply) {
    boolean namesAnother = false;
    for (JsonElement field : reply.fields().values()) {
      if (field instanceof JsonPrimitive text && text.isString()) {
        if (text.getAsString().equals(reply.to().toString())) {
          return true;
        }
        namesAnother |= messages.isReplica(text.getAsString());
      }
    }
    return !namesAnother;
  }

  /** Whether a reply gives a real vote; a pre-vote reply of its own type never does. */
  boolean isGranted(MessageSample reply) {
    return grants.stream().anyMatch(each -> each.matches(reply));
  }

  /** The vote request that a reply answers; null if it answers none. */
  @Nullable MessageSample answered(MessageSample reply) {
    if (reply.sent().message().dst().isBroadcast() && !isMeantForReceiver(reply)) {
      return null;
    }
    List<MessageSample> possible =
        reply.latest(RECENT).stream().filter(each -> mayAnswer(reply, each)).toList();
    OptionalLong term = terms.of(reply);
    for (MessageSample each : possible) {
      if (term.isPresent() && term.equals(terms.of(each))) {
        return each;
      }
    }
    // The term doesn't tell: then only one request may be open.
    long open =
        reply.answerable().stream().filter(possible::contains).map(terms::of).distinct().count();
    return possible.isEmpty() || open > 1 ? null : possible.get(0);
  }

  private boolean mayAnswer(MessageSample reply, MessageSample request) {
    Role role = roles.roles().getOrDefault(reply.kind(), Role.OTHER);
    Role asked = roles.roles().getOrDefault(request.kind(), Role.OTHER);
    boolean isMeant =
        asked == Role.VOTE_REQUEST && role != Role.PRE_VOTE_REPLY
            || asked == Role.PRE_VOTE_REQUEST && role != Role.VOTE_REPLY;
    return isMeant && hasSameFlag(reply, request);
  }

  // ---- pre-votes of the same kind ----

  /** The field that differs before a real vote was asked for, most often. */
  private void learnPreVote(String kind) {
    long most = 0;
    for (String path : ReplyOutcome.choices(messages.of(kind)).keySet()) {
      Map<String, Integer> won = new TreeMap<>();
      for (Election election : elections) {
        if (election.lastRound().kind().equals(kind)) {
          won.merge(ReplyOutcome.value(election.lastRound().first(), path), 1, Integer::sum);
        }
      }
      String real = mostFrequent(won, 0.75);
      long askedBefore =
          elections.stream()
              .filter(each -> isOf(each.lastRound(), kind, path, real))
              .filter(
                  each -> each.rounds().stream().anyMatch(round -> !isOf(round, kind, path, real)))
              .count();
      if (!real.isEmpty() && askedBefore > most) {
        most = askedBefore;
        preVotes.put(kind, new PreVoteFlag(path, real));
      }
    }
  }

  private static boolean isOf(Round round, String kind, String path, String value) {
    return round.kind().equals(kind) && ReplyOutcome.value(round.first(), path).equals(value);
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

  /** All requests of a candidate in a term. */
  private record Candidacy(Id candidate, int life, long term, @Nullable Round single) {}

  private Candidacy candidacy(Round round) {
    MessageSample first = round.first();
    OptionalLong term = terms.of(first);
    return new Candidacy(first.from(), first.life(), term.orElse(0), term.isEmpty() ? round : null);
  }

  private Fit learnGrant() {
    Map<Candidacy, Set<MessageSample>> candidacies = new HashMap<>();
    for (Round round : roles.rounds(Role.VOTE_REQUEST)) {
      if (!isPreVote(round.first())) {
        candidacies
            .computeIfAbsent(candidacy(round), each -> new HashSet<>())
            .addAll(round.messages());
      }
    }
    Set<Candidacy> won = new HashSet<>();
    elections.forEach(each -> won.add(candidacy(each.lastRound())));
    Set<String> kinds = new TreeSet<>(roles.kinds(Role.VOTE_REPLY));
    kinds.addAll(roles.kinds(Role.REPLY));
    Set<String> given =
        kinds.stream()
            .filter(kind -> messages.corrections().field(kind, FieldMeaning.VOTE_GRANTED) != null)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!given.isEmpty()) {
      kinds = given;
    }
    ReplyOutcome best = null;
    double bestScore = 0;
    Fit bestFit = new Fit();
    for (String kind : kinds) {
      for (ReplyOutcome outcome : outcomes(kind)) {
        Fit winners = new Fit();
        Fit losers = new Fit();
        candidacies.forEach(
            (candidacy, requests) -> {
              boolean isEnough = voters(requests, outcome).size() >= messages.replicaCount() / 2;
              (won.contains(candidacy) ? winners : losers).add(isEnough);
            });
        double score =
            winners.share()
                - losers.share() / 2
                + (outcome.path() == null ? 0 : outcome.isNegative() ? -TRUE_HINT : TRUE_HINT);
        if (score > bestScore) {
          best = outcome;
          bestScore = score;
          bestFit = winners;
          if (outcome.path() == null) {
            losers.disagree(winners);
          }
        }
      }
    }
    given.forEach(kind -> grants.addAll(outcomes(kind)));
    if (best != null && bestScore > 0.3 && given.isEmpty()) {
      grants.add(best);
    }
    return bestFit;
  }

  /** What may give a vote: what a file says, else all that messages of a kind say. */
  private List<ReplyOutcome> outcomes(String kind) {
    Corrections.Field given = messages.corrections().field(kind, FieldMeaning.VOTE_GRANTED);
    return given == null
        ? ReplyOutcome.of(kind, messages.of(kind))
        : List.of(new ReplyOutcome(kind, given.path(), given.value()));
  }

  /** The replicas that gave this reply to requests. */
  private Set<Id> voters(Set<MessageSample> requests, ReplyOutcome outcome) {
    Set<Id> voters = new HashSet<>();
    for (MessageSample reply : repliesTo(requests)) {
      if (outcome.matches(reply)) {
        voters.add(reply.from());
      }
    }
    return voters;
  }

  private List<MessageSample> repliesTo(Set<MessageSample> requests) {
    if (replies.isEmpty()) {
      for (MessageSample sample : messages.all()) {
        Role role = roles.roles().getOrDefault(sample.kind(), Role.OTHER);
        if (role == Role.VOTE_REPLY || role == Role.REPLY && sample.mayAnswer()) {
          MessageSample request = answered(sample);
          if (request != null) {
            replies.computeIfAbsent(request, each -> new ArrayList<>()).add(sample);
          }
        }
      }
    }
    List<MessageSample> all = new ArrayList<>();
    requests.forEach(each -> all.addAll(replies.getOrDefault(each, List.of())));
    return all;
  }
}
