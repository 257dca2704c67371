package raftlab.dialect;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import raftlab.wire.Id;

/**
 * Learns which kind of message is a vote request, an append, and so on. Names are not used:
 *
 * <ul>
 *   <li>A leader names itself in the contract's field {@code leader} of its appends.
 *   <li>A vote request goes to most others, and is the last thing a replica sends to most others
 *       before its first append.
 *   <li>A reply follows a message of the replica that it is sent to.
 * </ul>
 *
 * What {@link Corrections} say of a kind isn't learned.
 */
final class RoleLearner {
  private static final double MOSTLY = 0.8;
  private static final double OFTEN = 0.6;
  private static final long LEADING_MICROS = 300_000;
  private static final double MAX_BY_LEADERS = 0.1;
  private static final int MIN_BY_LEADERS = 3;
  private static final int MIN_SNAPSHOT = 40;

  /** The messages that may cross on the way between a request and its reply. */
  private static final int MAX_CROSSING = 3;

  private static final long CAMPAIGN_MICROS = 4_000_000;

  private final ReplicaMessages messages;
  private final Corrections corrections;
  private final List<Round> rounds;
  private final Map<String, Role> roles = new TreeMap<>();
  private final Set<String> appends = new HashSet<>();
  private final Set<String> ofLeaders = new HashSet<>();
  private boolean isDoubtful;

  RoleLearner(ReplicaMessages messages) {
    this.messages = messages;
    this.corrections = messages.corrections();
    this.rounds = Round.of(messages.all());
    learn();
  }

  /** The role of each kind. */
  Map<String, Role> roles() {
    return roles;
  }

  private void learn() {
    for (String kind : messages.kinds()) {
      Fit claims = new Fit();
      messages.of(kind).forEach(each -> claims.add(each.claimsLeadership()));
      Role given = corrections.role(kind).orElse(Role.OTHER);
      roles.put(kind, given);
      if (isGiven(kind)) {
        if (given == Role.APPEND || given == Role.INSTALL_SNAPSHOT) {
          appends.add(kind);
          isDoubtful |= claims.share() < OFTEN;
        }
      } else if (claims.share() >= MOSTLY && !answersRequests(kind)) {
        appends.add(kind);
        roles.put(kind, Role.APPEND);
      }
    }
    learnVoteRequests();
    learnReplies();
    learnSnapshots();
  }

  /**
   * Whether messages of a kind answer requests that their receivers sent to most replicas: a leader
   * that refuses its vote names itself, too.
   */
  private boolean answersRequests(String kind) {
    Map<String, Integer> answered = new TreeMap<>();
    for (MessageSample each : messages.of(kind)) {
      if (each.mayAnswer() && each.previous() != null) {
        answered.merge(each.previous().kind(), 1, Integer::sum);
      }
    }
    String request = mostFrequent(answered);
    if (answered.getOrDefault(request, 0) < MOSTLY * messages.of(kind).size()) {
      return false;
    }
    Fit requests = new Fit();
    for (Round round : Round.of(messages.of(request))) {
      requests.add(!round.first().claimsLeadership() && round.isToMost(messages.replicaCount()));
    }
    return requests.share() >= MOSTLY;
  }

  /** Whether a file says that leaders send messages in which they mostly don't name themselves. */
  boolean isDoubtful() {
    return isDoubtful;
  }

  private boolean isGivenRequest(String kind) {
    return corrections.role(kind).equals(Optional.of(Role.VOTE_REQUEST));
  }

  /** Whether a file says which role a kind has. */
  private boolean isGiven(String kind) {
    return corrections.role(kind).isPresent();
  }

  // ---- vote requests ----

  private void learnVoteRequests() {
    learnKindsOfLeaders();
    Map<String, Integer> last = new TreeMap<>();
    Map<String, Integer> before = new TreeMap<>();
    Map<String, Integer> within = new TreeMap<>();
    int starts = 0;
    for (List<Round> campaign : campaigns()) {
      List<Round> toMost =
          campaign.stream()
              .filter(round -> !appends.contains(round.kind()))
              .filter(round -> !ofLeaders.contains(round.kind()) || isGivenRequest(round.kind()))
              .filter(round -> !isGiven(round.kind()) || isGivenRequest(round.kind()))
              .filter(round -> round.isToMost(messages.replicaCount()))
              .toList();
      if (!toMost.isEmpty()) {
        starts++;
        String kind =
            toMost.stream()
                .map(Round::kind)
                .filter(this::isGivenRequest)
                .findFirst()
                .orElse(toMost.get(toMost.size() - 1).kind());
        last.merge(kind, 1, Integer::sum);
        toMost.stream()
            .map(Round::kind)
            .distinct()
            .forEach(each -> within.merge(each, 1, Integer::sum));
        toMost.stream()
            .map(Round::kind)
            .filter(each -> !each.equals(kind))
            .distinct()
            .forEach(each -> before.merge(each, 1, Integer::sum));
      }
    }
    if (corrections.hasRole(Role.VOTE_REQUEST)) {
      last.keySet().removeIf(kind -> !isGivenRequest(kind));
    }
    int all = starts;
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
      if (!corrections.hasRole(Role.VOTE_REQUEST)) {
        learnVoteRequestThatClaims();
      }
      return;
    }
    if (within.getOrDefault(request, 0) >= OFTEN * starts) {
      roles.put(request, Role.VOTE_REQUEST);
      before.forEach(
          (kind, times) -> {
            boolean isReply =
                isReplyTo(request, kind)
                    || before.keySet().stream()
                        .anyMatch(each -> !each.equals(kind) && isReplyTo(each, kind));
            if (2 * times >= all && !isReply && !isGiven(kind) && isMostlyToMost(kind)) {
              roles.put(kind, Role.PRE_VOTE_REQUEST);
            }
          });
    }
  }

  private long rounds(String kind) {
    return rounds.stream().filter(round -> round.kind().equals(kind)).count();
  }

  /** Whether a kind is mostly sent to most others at once, as a request is and a reply isn't. */
  private boolean isMostlyToMost(String kind) {
    Fit toMost = new Fit();
    Round.of(messages.of(kind))
        .forEach(round -> toMost.add(round.isToMost(messages.replicaCount())));
    return toMost.share() >= OFTEN;
  }

  /** A candidate may name itself as leader: then its requests come first, and only then. */
  private void learnVoteRequestThatClaims() {
    if (appends.size() < 2) {
      return;
    }
    Map<String, Integer> firsts = new TreeMap<>();
    Set<Id> seen = new HashSet<>();
    for (Round round : rounds) {
      if (appends.contains(round.kind()) && seen.add(round.from())) {
        firsts.merge(round.kind(), 1, Integer::sum);
      }
    }
    String request = mostFrequent(firsts);
    boolean isRare =
        !request.isEmpty()
            && appends.stream()
                .anyMatch(kind -> messages.of(kind).size() > 2 * messages.of(request).size());
    if (isRare
        && !isGiven(request)
        && messages.of(request).stream().noneMatch(this::hasClientText)) {
      Fit fit = new Fit();
      firsts.forEach(
          (kind, times) -> {
            for (int i = 0; i < times; i++) {
              fit.add(kind.equals(request));
            }
          });
      appends.remove(request);
      roles.put(request, Role.VOTE_REQUEST);
    }
  }

  private boolean hasClientText(MessageSample sample) {
    return sample.fields().values().stream().anyMatch(messages::isFromClient);
  }

  /** The kinds that replicas send while they lead: no vote request is among them. */
  private void learnKindsOfLeaders() {
    Map<Id, TreeSet<Long>> appendTimes = new HashMap<>();
    for (Round round : rounds) {
      if (appends.contains(round.kind())) {
        appendTimes.computeIfAbsent(round.from(), id -> new TreeSet<>()).add(round.atMicros());
      }
    }
    Map<String, Fit> whileLeading = new TreeMap<>();
    for (Round round : rounds) {
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
    for (Round round : rounds) {
      Id from = round.from();
      List<Round> own = recent.computeIfAbsent(from, id -> new ArrayList<>());
      if (appends.contains(round.kind())) {
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

  // ---- replies ----

  /** Whether messages of a kind mostly follow a request that their receiver sent. */
  private boolean isReplyTo(String request, String kind) {
    Fit answers = new Fit();
    for (Round round : Round.of(messages.of(kind))) {
      answers.add(
          round.messages().stream()
              .anyMatch(
                  each ->
                      each.mayAnswer()
                          && each.previous() != null
                          && each.previous().kind().equals(request)));
    }
    return answers.share() >= OFTEN;
  }

  private void learnReplies() {
    for (String kind : messages.kinds()) {
      if (roles.get(kind) != Role.OTHER || isGiven(kind)) {
        continue;
      }
      Map<Role, Integer> answered = new TreeMap<>();
      Fit fit = new Fit();
      for (Round round : Round.of(messages.of(kind))) {
        boolean isAnswer = false;
        boolean isSecond = false;
        for (MessageSample sample : round.messages()) {
          Role role = answeredRole(sample);
          boolean answers = role == Role.APPEND || isVoteRequest(role);
          MessageSample previous = sample.previous();
          boolean isNext =
              previous != null
                  && sample.mayAnswer()
                  && roles.getOrDefault(previous.kind(), Role.OTHER) == role;
          isAnswer |= answers && isNext;
          isSecond |= answers && !isNext;
          if (answers && isNext) {
            answered.merge(role, 1, Integer::sum);
          }
        }
        if (isAnswer || !isSecond) { // a second message says nothing
          fit.add(isAnswer);
        }
      }
      if (fit.share() >= OFTEN) {
        roles.put(kind, replyTo(answered));
      }
    }
  }

  /**
   * The role of the latest request that a message may answer: candidates also answer each other.
   */
  private Role answeredRole(MessageSample sample) {
    for (MessageSample each : sample.latest(MAX_CROSSING)) {
      Role role = roles.getOrDefault(each.kind(), Role.OTHER);
      if (role == Role.APPEND || isVoteRequest(role)) {
        return role;
      }
    }
    return Role.OTHER;
  }

  private static Role replyTo(Map<Role, Integer> answered) {
    int all = answered.values().stream().mapToInt(each -> each).sum();
    for (Map.Entry<Role, Integer> each : answered.entrySet()) {
      if (each.getValue() >= MOSTLY * all) {
        return switch (each.getKey()) {
          case VOTE_REQUEST -> Role.VOTE_REPLY;
          case PRE_VOTE_REQUEST -> Role.PRE_VOTE_REPLY;
          default -> Role.APPEND_REPLY;
        };
      }
    }
    return Role.REPLY;
  }

  private static boolean isVoteRequest(Role role) {
    return role == Role.VOTE_REQUEST || role == Role.PRE_VOTE_REQUEST;
  }

  private static String mostFrequent(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  // ---- snapshots ----

  /** A leader's messages with a long text that is no client's carry a snapshot. */
  private void learnSnapshots() {
    for (String kind : appends) {
      Fit hasData = new Fit();
      messages.of(kind).forEach(each -> hasData.add(hasData(each)));
      if (hasData.isLikely() && !isGiven(kind)) {
        roles.put(kind, Role.INSTALL_SNAPSHOT);
      }
    }
  }

  private boolean hasData(MessageSample sample) {
    return !hasClientText(sample)
        && sample.fields().values().stream()
            .anyMatch(
                each ->
                    each instanceof JsonPrimitive text
                        && text.isString()
                        && text.getAsString().length() > MIN_SNAPSHOT);
  }

  // ---- elections ----

  /** The elections of the run, by the roles that were learned. */
  List<Election> elections() {
    List<Election> elections = new ArrayList<>();
    Map<Id, List<Round>> asked = new HashMap<>();
    for (Round round : rounds) {
      Role role = roles.getOrDefault(round.kind(), Role.OTHER);
      List<Round> own = asked.computeIfAbsent(round.from(), id -> new ArrayList<>());
      if (role == Role.VOTE_REQUEST) {
        own.add(round);
      } else if (role == Role.APPEND
          && (isGiven(round.kind()) || round.first().claimsLeadership())) {
        long since = round.atMicros() - CAMPAIGN_MICROS;
        if (!own.isEmpty()) {
          Round last = own.get(own.size() - 1);
          own.removeIf(each -> each != last && each.atMicros() < since);
          elections.add(new Election(round.from(), List.copyOf(own), round.first()));
          own.clear();
        }
      }
    }
    return elections;
  }

  /** The kinds of a role. */
  Set<String> kinds(Role role) {
    return roles.entrySet().stream()
        .filter(each -> each.getValue() == role)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new)); // learning must not depend on hashes
  }

  /** The rounds of this role. */
  List<Round> rounds(Role role) {
    return rounds.stream()
        .filter(round -> roles.getOrDefault(round.kind(), Role.OTHER) == role)
        .toList();
  }
}
