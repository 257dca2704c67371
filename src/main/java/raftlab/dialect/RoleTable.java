package raftlab.dialect;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The roles of the kinds of message, as far as they are learned, and what they are learned from.
 */
final class RoleTable {
  final ReplicaMessages messages;
  final Corrections corrections;
  final List<Round> rounds;
  final Map<String, Role> roles = new TreeMap<>();

  /** The kinds that leaders send: appends and snapshots. */
  final Set<String> appends = new HashSet<>();

  RoleTable(ReplicaMessages messages) {
    this.messages = messages;
    this.corrections = messages.corrections();
    this.rounds = Round.of(messages.all());
  }

  Role role(String kind) {
    return roles.getOrDefault(kind, Role.OTHER);
  }

  /** Whether a file says which role a kind has. */
  boolean isGiven(String kind) {
    return corrections.role(kind).isPresent();
  }

  /** Whether a file says that a kind is the vote request. */
  boolean isGivenRequest(String kind) {
    return corrections.role(kind).equals(Optional.of(Role.VOTE_REQUEST));
  }

  boolean hasClientText(MessageSample sample) {
    return sample.fields().values().stream().anyMatch(messages::isFromClient);
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
    return rounds.stream().filter(round -> role(round.kind()) == role).toList();
  }

  static String mostFrequent(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
