package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Counts each replica's messages, and records the leader that it last named. */
final class MessageCounter {
  private final Map<Id, Long> sent = new HashMap<>();
  private final Map<Id, Long> received = new HashMap<>();
  private final Map<Id, Id> namedLeader = new HashMap<>();
  private final Map<Long, Id> receiverByNumber = new HashMap<>();

  /** The number of further copies in transit, by message. */
  private final Map<Long, Integer> extraCopies = new HashMap<>();

  private long lost;
  private String latestAnswer = "";
  private long leaders;
  private long answerCount;
  private final Map<String, Integer> answers = new TreeMap<>();

  /** Processes an event. */
  void accept(Event event) {
    if (event instanceof Event.Sent message) {
      sent.merge(message.from(), 1L, Long::sum);
      namedLeader.put(message.from(), message.message().leader());
      receiverByNumber.put(message.number(), message.to());
    } else if (event instanceof Event.Delivered delivered) {
      received.merge(takeReceiver(delivered.number()), 1L, Long::sum);
    } else if (event instanceof Event.Duplicated duplicated) {
      extraCopies.merge(duplicated.number(), 1, Integer::sum);
    } else if (event instanceof Event.Dropped dropped) {
      takeReceiver(dropped.number());
      lost++;
    } else if (event instanceof Event.LeaderKnown known) {
      leaders += known.leader().isBroadcast() ? 0 : 1;
    } else if (event instanceof Event.Answered answer) {
      String text = answer.type() + (answer.value() == null ? "" : " \"" + answer.value() + "\"");
      answers.merge(text, 1, Integer::sum);
      answerCount++;
      latestAnswer = answer.value() == null ? answer.type() : answer.value();
    } else if (event instanceof Event.Started started) {
      namedLeader.remove(started.replica());
    }
  }

  /** The receiver of a message. Removes it from those in transit, unless copies remain. */
  private @Nullable Id takeReceiver(long number) {
    Integer left = extraCopies.remove(number);
    if (left == null) {
      return receiverByNumber.remove(number);
    }
    if (left > 1) {
      extraCopies.put(number, left - 1);
    }
    return receiverByNumber.get(number);
  }

  /** The number of messages that this replica has sent, including those to clients. */
  long sent(Id replica) {
    return sent.getOrDefault(replica, 0L);
  }

  /** The number of messages that this replica has received, including those from clients. */
  long received(Id replica) {
    return received.getOrDefault(replica, 0L);
  }

  /** The leader in this replica's latest message; null if it has sent none since its start. */
  @Nullable Id namedLeader(Id replica) {
    return namedLeader.get(replica);
  }

  /** How often a leader became known. */
  long leaders() {
    return leaders;
  }

  /** The value of the latest answer to a client, else its type; "" if there was none. */
  String latestAnswer() {
    return latestAnswer;
  }

  /** The answers to clients: how many of each. */
  String answersText() {
    return answers.isEmpty()
        ? "none"
        : answers.entrySet().stream()
            .map(each -> each.getValue() + " × " + each.getKey())
            .collect(Collectors.joining(", "));
  }

  /** The number of answers to clients. */
  long answers() {
    return answerCount;
  }

  /** The number of lost messages. */
  long lost() {
    return lost;
  }
}
