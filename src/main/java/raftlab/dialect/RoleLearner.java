package raftlab.dialect;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int MIN_SNAPSHOT = 40;

  private final RoleTable table;
  private boolean isDoubtful;

  RoleLearner(ReplicaMessages messages) {
    table = new RoleTable(messages);
    learn();
  }

  /** The role of each kind. */
  Map<String, Role> roles() {
    return table.roles;
  }

  private void learn() {
    for (String kind : table.messages.kinds()) {
      Fit claims = new Fit();
      table.messages.of(kind).forEach(each -> claims.add(each.claimsLeadership()));
      Role given = table.corrections.role(kind).orElse(Role.OTHER);
      table.roles.put(kind, given);
      if (table.isGiven(kind)) {
        if (given == Role.APPEND || given == Role.INSTALL_SNAPSHOT) {
          table.appends.add(kind);
          isDoubtful |= claims.share() < OFTEN;
        }
      } else if (claims.share() >= MOSTLY && !answersRequests(kind)) {
        table.appends.add(kind);
        table.roles.put(kind, Role.APPEND);
      }
    }
    new VoteRequestLearner(table).learn();
    new ReplyRoleLearner(table).learn();
    learnSnapshots();
  }

  /**
   * Whether messages of a kind answer requests that their receivers sent to most replicas: a leader
   * that refuses its vote names itself, too.
   */
  private boolean answersRequests(String kind) {
    Map<String, Integer> answered = new TreeMap<>();
    for (MessageSample each : table.messages.of(kind)) {
      if (each.mayAnswer() && each.previous() != null) {
        answered.merge(each.previous().kind(), 1, Integer::sum);
      }
    }
    String request = RoleTable.mostFrequent(answered);
    if (answered.getOrDefault(request, 0) < MOSTLY * table.messages.of(kind).size()) {
      return false;
    }
    Fit requests = new Fit();
    for (Round round : Round.of(table.messages.of(request))) {
      requests.add(
          !round.first().claimsLeadership() && round.isToMost(table.messages.replicaCount()));
    }
    return requests.share() >= MOSTLY;
  }

  /** Whether a file says that leaders send messages in which they mostly don't name themselves. */
  boolean isDoubtful() {
    return isDoubtful;
  }

  /** A leader's messages with a long text that is no client's carry a snapshot. */
  private void learnSnapshots() {
    for (String kind : table.appends) {
      Fit hasData = new Fit();
      table.messages.of(kind).forEach(each -> hasData.add(hasData(each)));
      if (hasData.isLikely() && !table.isGiven(kind)) {
        table.roles.put(kind, Role.INSTALL_SNAPSHOT);
      }
    }
  }

  private boolean hasData(MessageSample sample) {
    return !table.hasClientText(sample)
        && sample.fields().values().stream()
            .anyMatch(
                each ->
                    each instanceof JsonPrimitive text
                        && text.isString()
                        && text.getAsString().length() > MIN_SNAPSHOT);
  }

  /** The elections of the run, by the roles that were learned. */
  List<Election> elections() {
    List<Election> elections = new ArrayList<>();
    Map<Id, List<Round>> asked = new HashMap<>();
    for (Round round : table.rounds) {
      Role role = table.role(round.kind());
      List<Round> own = asked.computeIfAbsent(round.from(), id -> new ArrayList<>());
      if (role == Role.VOTE_REQUEST) {
        own.add(round);
      } else if (role == Role.APPEND
          && (table.isGiven(round.kind()) || round.first().claimsLeadership())) {
        long since = round.atMicros() - VoteRequestLearner.CAMPAIGN_MICROS;
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
    return table.kinds(role);
  }

  /** The rounds of this role. */
  List<Round> rounds(Role role) {
    return table.rounds(role);
  }
}
