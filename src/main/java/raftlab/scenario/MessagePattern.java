package raftlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import raftlab.wire.Id;

/**
 * Describes the message that triggers an action.
 *
 * @param type its type; "" for any
 * @param from the sender
 * @param to the receiver
 * @param nth which matching message triggers it, counting from 1
 * @param afterMillis earlier messages don't count; measured from the time when the first request
 *     may start, or from the start of the step
 * @param lose whether the message itself is lost
 */
public record MessagePattern(
    String type, Party from, Party to, int nth, long afterMillis, boolean lose) {

  /**
   * The sender or receiver of a message.
   *
   * @param name the ID, or the name that an action gave; else ""
   */
  public record Party(PartyKind kind, String name) {
    /** Any replica or client. */
    public static final Party ANY = new Party(PartyKind.ANY, "");

    /** Parses this word; empty if it isn't valid. */
    public static Optional<Party> of(String text) {
      if (text.matches("@[A-Za-z]\\w{0,19}")) {
        return Optional.of(new Party(PartyKind.NAME, text.substring(1)));
      }
      return Arrays.stream(PartyKind.values())
          .filter(kind -> !kind.word.isEmpty() && kind.word.equals(text))
          .findFirst()
          .map(kind -> new Party(kind, ""))
          .or(() -> id(text));
    }

    private static Optional<Party> id(String text) {
      return Id.isId(text) ? Optional.of(new Party(PartyKind.ID, text)) : Optional.empty();
    }

    /** All valid words. */
    public static List<String> words() {
      return Arrays.stream(PartyKind.values())
          .map(kind -> kind.word)
          .filter(w -> !w.isEmpty())
          .toList();
    }
  }

  /** The kinds of senders and receivers. */
  public enum PartyKind {
    /** Any replica or client. */
    ANY("any", "any replica or client"),
    /** Any replica. */
    REPLICA("replica", "any replica"),
    /** Any client. */
    CLIENT("client", "any client"),
    /** The leader at that time. */
    LEADER("leader", "the leader at that time"),
    /** Any replica except the leader. */
    NON_LEADER("non_leader", "any replica that is not the leader at that time"),
    /** A replica or client by its ID. */
    ID("", "the replica or client with this ID, such as \"0003\""),
    /** The replicas that an action named. */
    NAME("", "the replicas that an earlier action named: \"@old\" after \"as\": \"old\"");

    private final String word;
    private final String description;

    PartyKind(String word, String description) {
      this.word = word;
      this.description = description;
    }

    /** The word in a file; "" if it has no fixed word. */
    public String word() {
      return word;
    }

    /** What the word means. */
    public String description() {
      return description;
    }
  }
}
