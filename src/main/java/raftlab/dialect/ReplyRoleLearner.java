package raftlab.dialect;

import java.util.Map;
import java.util.TreeMap;

/** Learns which kinds of message are replies: they follow a message of their receiver. */
final class ReplyRoleLearner {
  private static final double MOSTLY = 0.8;
  private static final double OFTEN = 0.6;

  /** The messages that may cross on the way between a request and its reply. */
  private static final int MAX_CROSSING = 3;

  private final RoleTable table;

  ReplyRoleLearner(RoleTable table) {
    this.table = table;
  }

  /** Adds what it learns to the table. */
  void learn() {
    for (String kind : table.messages.kinds()) {
      if (table.roles.get(kind) != Role.OTHER || table.isGiven(kind)) {
        continue;
      }
      Map<Role, Integer> answered = new TreeMap<>();
      Fit fit = new Fit();
      for (Round round : Round.of(table.messages.of(kind))) {
        boolean isAnswer = false;
        boolean isSecond = false;
        for (MessageSample sample : round.messages()) {
          Role role = answeredRole(sample);
          boolean answers = role == Role.APPEND || isVoteRequest(role);
          MessageSample previous = sample.previous();
          boolean isNext =
              previous != null && sample.mayAnswer() && table.role(previous.kind()) == role;
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
        table.roles.put(kind, replyTo(answered));
      }
    }
  }

  /**
   * The role of the latest request that a message may answer: candidates also answer each other.
   */
  private Role answeredRole(MessageSample sample) {
    for (MessageSample each : sample.latest(MAX_CROSSING)) {
      Role role = table.role(each.kind());
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
}
