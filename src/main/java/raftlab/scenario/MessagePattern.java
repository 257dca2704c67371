package raftlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import raftlab.wire.Id;

/**
 * The message that something waits for.
 *
 * @param type its type; "" for any
 * @param from who sends it
 * @param to whom it is for
 * @param nth it is the so manieth that fits, from 1
 * @param afterMillis those that are sent before this time don't count; it counts from the moment
 *     when the first request may start, or when the step began
 * @param lose whether the message itself is lost
 */
public record MessagePattern(
    String type, Party from, Party to, int nth, long afterMillis, boolean lose) {

  /**
   * One end of a message.
   *
   * @param name the ID or the name of those that an action chose; else ""
   */
  public record Party(Kind kind, String name) {
    /** Anybody. */
    public static final Party ANYBODY = new Party(Kind.ANYBODY, "");

    /** The party that is written so, if it is one. */
    public static Optional<Party> of(String text) {
      if (text.matches("@[A-Za-z]\\w{0,19}")) {
        return Optional.of(new Party(Kind.NAME, text.substring(1)));
      }
      return Arrays.stream(Kind.values())
          .filter(kind -> !kind.word.isEmpty() && kind.word.equals(text))
          .findFirst()
          .map(kind -> new Party(kind, ""))
          .or(() -> id(text));
    }

    private static Optional<Party> id(String text) {
      return Id.isId(text) ? Optional.of(new Party(Kind.ID, text)) : Optional.empty();
    }

    /** All words that stand for a party. */
    public static List<String> words() {
      return Arrays.stream(Kind.values()).map(kind -> kind.word).filter(w -> !w.isEmpty()).toList();
    }
  }

  /** Who may be at one end of a message. */
  public enum Kind {
    /** Anybody. */
    ANYBODY("anybody", "any replica or client"),
    /** Any replica. */
    REPLICA("replica", "any replica"),
    /** Any client. */
    CLIENT("client", "any client"),
    /** The leader at that time. */
    LEADER("leader", "the replica that leads at that time"),
    /** Any replica but the leader. */
    NON_LEADER("non_leader", "any replica that doesn't lead at that time"),
    /** A replica or client by its ID. */
    ID("", "the replica or client of this ID, such as \"0003\""),
    /** Those that an action chose under this name. */
    NAME("", "those that an action before chose under this name: \"@old\" after \"as\": \"old\"");

    private final String word;
    private final String description;

    Kind(String word, String description) {
      this.word = word;
      this.description = description;
    }

    /** How it is written; "" if not as a word of its own. */
    public String word() {
      return word;
    }

    /** Whom it stands for. */
    public String description() {
      return description;
    }
  }
}
