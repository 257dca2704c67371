package raftlab.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Learns which field of each kind is the term (§5.1): it is constant while a replica leads, later
 * leaders have a later one, and the winner asked for votes with the term in which it leads.
 */
final class TermLearner {
  /** A field that changes while a replica leads is not its term, however seldom it changes. */
  private static final int CHANGE_WEIGHT = 30;

  /** A field of another name must equal the request's term nearly always. */
  private static final double MIN_REPLY_SHARE = 0.9;

  /** A field that a file calls the term proves nothing if it behaves otherwise. */
  private static final double MIN_GIVEN_SCORE = 0.9;

  private static final double SHARED_NAME = 0.5;
  private static final double SHARED_PLACE = 0.2;

  private record Sender(Id id, int life) {}

  private final ReplicaMessages messages;
  private final RoleLearner roles;
  private final List<Election> elections;
  private final Map<String, String> paths = new TreeMap<>();
  private final Fit fit = new Fit();
  private boolean isDoubtful;

  /** The latest term that each replica has sent or received, by time. */
  private final Map<Id, TreeMap<Long, Long>> known = new HashMap<>();

  TermLearner(ReplicaMessages messages, RoleLearner roles, List<Election> elections) {
    this.messages = messages;
    this.roles = roles;
    this.elections = elections;
    for (String kind : roles.kinds(Role.APPEND)) {
      learnAppend(kind);
    }
    for (Role role : List.of(Role.VOTE_REQUEST, Role.PRE_VOTE_REQUEST)) {
      for (String kind : roles.kinds(role)) {
        learnRequest(kind, role == Role.VOTE_REQUEST);
      }
    }
    for (Role role : List.of(Role.VOTE_REPLY, Role.PRE_VOTE_REPLY, Role.APPEND_REPLY, Role.REPLY)) {
      for (String kind : roles.kinds(role)) {
        learnReply(kind);
      }
    }
  }

  /** The path of the term in messages of a kind; null if they have none. */
  @Nullable String path(String kind) {
    return paths.get(kind);
  }

  /** The term of a message; empty if it has none. */
  OptionalLong of(MessageSample sample) {
    return of(sample.kind(), sample);
  }

  private OptionalLong of(String kind, MessageSample sample) {
    String path = paths.get(kind);
    return path == null ? OptionalLong.empty() : sample.number(path);
  }

  /** How often winners led in the term in which they had asked for votes. */
  Fit fit() {
    if (isDoubtful) {
      fit.ambiguous();
    }
    return fit;
  }

  // ---- appends ----

  private void learnAppend(String kind) {
    List<MessageSample> samples = messages.of(kind);
    String best = null;
    double bestScore = 0;
    for (String path : possible(kind)) {
      double score =
          leaderScore(path, samples)
              + requestScore(path, kind)
              + FieldNames.term(path)
              + sharedName(path);
      if (best == null || score > bestScore) {
        best = path;
        bestScore = score;
      }
    }
    if (best != null && (bestScore > 1.2 || isGiven(kind))) {
      isDoubtful |= isGiven(kind) && leaderScore(best, samples) < MIN_GIVEN_SCORE;
      paths.put(kind, best);
    }
  }

  /** The fields that may be the term. */
  private Set<String> possible(String kind) {
    return messages.possible(kind, FieldMeaning.TERM, numericPaths(messages.of(kind)));
  }

  /** Whether a file says which field is the term. */
  private boolean isGiven(String kind) {
    return messages.corrections().path(kind, FieldMeaning.TERM) != null;
  }

  /** How constant a field is while a replica leads, and how it rises with each new leader. */
  private double leaderScore(String path, List<MessageSample> samples) {
    Set<MessageSample> starts = starts(samples);
    Map<Sender, Long> latest = new HashMap<>();
    Map<Long, Id> leaders = new HashMap<>();
    Fit constant = new Fit();
    Fit exclusive = new Fit();
    Fit rising = new Fit();
    long highest = Long.MIN_VALUE;
    for (MessageSample sample : samples) {
      OptionalLong number = sample.number(path);
      if (number.isEmpty()) {
        constant.add(false);
        continue;
      }
      long now = number.getAsLong();
      Long before = latest.put(new Sender(sample.from(), sample.life()), now);
      if (starts.contains(sample)) {
        rising.add(now > highest);
      } else if (before != null) {
        constant.add(before == now);
        for (int i = 0; i < CHANGE_WEIGHT && before != now; i++) {
          constant.add(false);
        }
      }
      Id leader = leaders.putIfAbsent(now, sample.from());
      exclusive.add(leader == null || leader.equals(sample.from()));
      highest = Math.max(highest, now);
    }
    boolean isShared =
        new HashSet<>(leaders.values()).size() < senderIds(samples) || exclusive.share() < 0.7;
    if (isShared && !ConventionalNames.says(path, FieldMeaning.TERM)) {
      return -1; // two leaders have the same term only if replicas vote wrongly
    }
    return (constant.share() + exclusive.share() + (rising.total() == 0 ? 1 : rising.share())) / 3;
  }

  /** The first message of each leader after it was elected. */
  private Set<MessageSample> starts(List<MessageSample> samples) {
    Set<MessageSample> starts = new HashSet<>();
    for (Election election : elections) {
      for (MessageSample sample : samples) {
        if (sample.from().equals(election.winner())
            && sample.atMicros() >= election.firstAppend().atMicros()) {
          starts.add(sample);
          break;
        }
      }
    }
    return starts;
  }

  private static long senderIds(List<MessageSample> samples) {
    return samples.stream().map(MessageSample::from).distinct().count();
  }

  /** How often the winners' requests have a field of the same value. */
  private double requestScore(String path, String kind) {
    Fit same = new Fit();
    for (Election election : elections) {
      MessageSample append = election.firstAppend();
      OptionalLong number = append.kind().equals(kind) ? append.number(path) : OptionalLong.empty();
      if (number.isPresent()) {
        MessageSample request = election.lastRound().first();
        same.add(
            numericPaths(List.of(request)).stream()
                .anyMatch(each -> request.number(each).getAsLong() == number.getAsLong()));
      }
    }
    return same.total() == 0 ? 0.5 : same.share();
  }

  /** A name counts more if it is that of the term in appends; a place in a tuple is no name. */
  private double sharedName(String path) {
    boolean isShared =
        !path.contains("[")
            && roles.kinds(Role.APPEND).stream().anyMatch(each -> path.equals(paths.get(each)));
    boolean isOfRequests =
        roles.kinds(Role.VOTE_REQUEST).stream().anyMatch(each -> path.equals(paths.get(each)));
    return isShared ? SHARED_NAME : isOfRequests ? SHARED_PLACE : 0;
  }

  /** The share of messages that have the field. */
  private double coverage(String path, String kind) {
    List<MessageSample> samples = messages.of(kind);
    long have = samples.stream().filter(each -> each.number(path).isPresent()).count();
    return (double) have / samples.size();
  }

  // ---- vote requests ----

  private void learnRequest(String kind, boolean isReal) {
    String best = null;
    double bestScore = 0;
    Fit bestFit = new Fit();
    for (String path : possible(kind)) {
      Fit same = new Fit();
      for (Election election : elections) {
        MessageSample append = election.firstAppend();
        OptionalLong led = of(append);
        MessageSample request = latest(election, kind);
        OptionalLong asked = request == null ? OptionalLong.empty() : request.number(path);
        if (led.isPresent() && asked.isPresent()) {
          long difference = led.getAsLong() - asked.getAsLong();
          same.add(difference == 0 || !isReal && difference == 1);
        }
      }
      double share = same.total() == 0 ? 0.5 : same.share();
      double score =
          (share + growth(path, messages.of(kind)) / 4) * coverage(path, kind)
              + FieldNames.term(path)
              + sharedName(path);
      if (best == null || score > bestScore) {
        best = path;
        bestScore = score;
        bestFit = same;
      }
    }
    if (best != null && (bestScore > 0.7 || isGiven(kind))) {
      paths.put(kind, best);
      if (isReal) {
        add(bestFit);
      }
    }
  }

  private @Nullable MessageSample latest(Election election, String kind) {
    if (election.lastRound().kind().equals(kind)) {
      return election.lastRound().first();
    }
    MessageSample latest = null;
    for (MessageSample sample : messages.of(kind)) {
      if (sample.atMicros() > election.firstAppend().atMicros()) {
        break;
      }
      if (sample.from().equals(election.winner())) {
        latest = sample;
      }
    }
    return latest;
  }

  private void add(Fit found) {
    for (int i = 0; i < found.total(); i++) {
      fit.add(i < found.agreed());
    }
  }

  /** How often a field grows from one round of requests to the next, and never falls. */
  private static double growth(String path, List<MessageSample> samples) {
    Map<Sender, Long> latest = new HashMap<>();
    Fit grows = new Fit();
    for (Round round : Round.of(samples)) {
      OptionalLong number = round.first().number(path);
      if (number.isPresent()) {
        long now = number.getAsLong();
        Long before = latest.put(new Sender(round.from(), round.first().life()), now);
        if (before != null) {
          grows.add(now > before);
          if (now < before) {
            grows.add(false);
          }
        }
      }
    }
    return grows.total() == 0 ? 0.5 : grows.share();
  }

  // ---- replies ----

  /** The voter's term is the request's, or a later one that it knew already. */
  private void learnReply(String kind) {
    String best = null;
    double bestScore = 0;
    for (String path : possible(kind)) {
      Fit same = new Fit();
      Fit latest = new Fit();
      for (MessageSample sample : messages.of(kind)) {
        MessageSample answered = sample.previous();
        OptionalLong asked = answered == null ? OptionalLong.empty() : of(answered);
        OptionalLong term = sample.number(path);
        if (sample.mayAnswer() && asked.isPresent() && term.isPresent()) {
          boolean isLatest = term.getAsLong() == knownBefore(sample);
          same.add(isLatest || term.getAsLong() == asked.getAsLong());
          latest.add(isLatest);
        }
      }
      double score =
          same.share() * coverage(path, kind)
              + SHARED_PLACE * latest.share()
              + FieldNames.term(path)
              + sharedName(path);
      boolean isCompared = same.total() > 0 || isGiven(kind);
      if (isCompared && (best == null || score > bestScore)) {
        best = path;
        bestScore = score;
      }
    }
    if (best != null && (bestScore > MIN_REPLY_SHARE || isGiven(kind))) {
      paths.put(kind, best);
    }
  }

  /** The latest term that the sender of a reply had sent or received. */
  private long knownBefore(MessageSample reply) {
    if (known.isEmpty()) {
      for (MessageSample sample : messages.all()) {
        OptionalLong term = isRequest(sample) ? of(sample) : OptionalLong.empty();
        if (term.isPresent()) {
          know(sample.from(), sample.atMicros(), term.getAsLong());
          if (sample.isDelivered()) {
            know(sample.to(), sample.deliveredMicros(), term.getAsLong());
          }
        }
      }
    }
    Map.Entry<Long, Long> latest =
        known.getOrDefault(reply.from(), new TreeMap<>()).floorEntry(reply.atMicros());
    return latest == null ? RaftMessageView.UNKNOWN : latest.getValue();
  }

  private boolean isRequest(MessageSample sample) {
    Role role = roles.roles().getOrDefault(sample.kind(), Role.OTHER);
    return role == Role.APPEND || role == Role.VOTE_REQUEST;
  }

  private void know(Id replica, long atMicros, long term) {
    TreeMap<Long, Long> terms = known.computeIfAbsent(replica, id -> new TreeMap<>());
    Map.Entry<Long, Long> before = terms.floorEntry(atMicros);
    if (before == null || before.getValue() < term) {
      terms.put(atMicros, term);
      // What was known later can't be less.
      Map.Entry<Long, Long> next = terms.higherEntry(atMicros);
      while (next != null && next.getValue() <= term) {
        terms.remove(next.getKey());
        next = terms.higherEntry(atMicros);
      }
    }
  }

  /** The paths at which messages have numbers. */
  static Set<String> numericPaths(List<MessageSample> samples) {
    Set<String> paths = new TreeSet<>();
    for (MessageSample sample : samples) {
      for (String path : sample.fields().keySet()) {
        if (!paths.contains(path) && sample.number(path).isPresent()) {
          paths.add(path);
        }
      }
    }
    return paths;
  }
}
