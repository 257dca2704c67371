package raftlab.console;

import java.util.List;
import java.util.Map;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;

/**
 * What must hold after a step of a lesson, such as {@code leader} or {@code answer 1}.
 *
 * @param kind the first word
 * @param argument the rest; "" if there is none
 */
record LessonCheck(String kind, String argument) {
  private static final String COMMAND = "command";
  private static final String LEADER = "leader";
  private static final String NO_LEADER = "no_leader";
  private static final String CRASHED = "crashed";
  private static final String PARTITIONED = "partitioned";
  private static final String WHOLE = "whole";
  private static final String ANSWER = "answer";
  private static final String UNANSWERED = "unanswered";
  private static final String TERM = "term";
  private static final String COMMITTED = "committed";
  private static final String UNCOMMITTED = "uncommitted";
  private static final List<String> KINDS =
      List.of(
          COMMAND,
          LEADER,
          NO_LEADER,
          CRASHED,
          PARTITIONED,
          WHOLE,
          ANSWER,
          UNANSWERED,
          TERM,
          COMMITTED,
          UNCOMMITTED);
  private static final List<String> WITH_NUMBER = List.of(CRASHED, TERM, COMMITTED, UNCOMMITTED);

  /** Parses a check. */
  static LessonCheck of(String text) {
    String[] words = text.split(" ", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    if (!KINDS.contains(words[0])) {
      throw CommandArguments.invalidWord(words[0], "a check: " + String.join(", ", KINDS), KINDS);
    }
    if (WITH_NUMBER.contains(words[0]) && !argument.matches("\\d{1,6}")) {
      throw new CommandException("expected a number after " + words[0]);
    }
    return new LessonCheck(words[0], argument);
  }

  private long number() {
    return Long.parseLong(argument);
  }

  /**
   * Whether it holds.
   *
   * @param command the name of the command that was typed last
   * @param result its result
   */
  boolean holds(LiveCluster cluster, String command, ConsoleCommandResult result) {
    Lab lab = cluster.lab();
    return switch (kind) {
      case COMMAND -> command.equals(argument) && result != ConsoleCommandResult.WRONG;
      case LEADER -> lab.leader().isPresent();
      case NO_LEADER -> lab.leader().isEmpty();
      case CRASHED ->
          lab.replicas().stream().filter(id -> lab.state(id) == ReplicaState.CRASHED).count()
              >= number();
      case PARTITIONED -> !lab.links().topology().isFullyConnected();
      case WHOLE -> lab.links().topology().isFullyConnected();
      case ANSWER -> argument.equals(cluster.messageCounter().latestAnswer());
      case UNANSWERED -> result == ConsoleCommandResult.FAILED;
      case TERM -> states(cluster).values().stream().anyMatch(s -> s.term() >= number());
      case COMMITTED ->
          states(cluster).values().stream().anyMatch(s -> s.commitIndex() >= number());
      default ->
          states(cluster).values().stream()
              .anyMatch(s -> s.lastIndex() >= number() && s.commitIndex() < number());
    };
  }

  private static Map<Id, ShownState> states(LiveCluster cluster) {
    return ShownState.of(cluster);
  }
}
