package raftlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/**
 * The target replicas of an action, in words that are resolved when the action runs: {@code
 * leader}, {@code 2 random}, {@code 0003}, {@code @old}.
 *
 * @param parts the targets are those of all parts; a part chooses none that an earlier part chose
 */
public record TargetSelector(List<SelectorPart> parts) {
  /** No targets. */
  public static final TargetSelector NONE = new TargetSelector(List.of());

  private static final Pattern COUNTED = Pattern.compile("(\\d{1,2}) (\\w+)");

  /** Takes a copy of the list. */
  public TargetSelector {
    parts = List.copyOf(parts);
  }

  /** The ways to choose replicas. */
  public enum SelectorKind {
    /** The leader, as known from messages. */
    LEADER("leader", "the leader"),
    /** The previous leader. */
    OLD_LEADER("old_leader", "the leader before the current one"),
    /** Random members other than the leader. */
    NON_LEADER(
        "non_leader", "a random running member that is not the leader; \"2 non_leader\": two"),
    /** Random members. */
    RANDOM("random", "a random running member; \"2 random\": two of them"),
    /** All running replicas. */
    ALL("all", "all running replicas"),
    /** Crashed replicas. */
    CRASHED("crashed", "all crashed replicas; \"1 crashed\": the one that was killed first"),
    /** Paused replicas. */
    PAUSED("paused", "all paused replicas"),
    /** A majority that includes the leader. */
    MAJORITY_WITH_LEADER("majority_with_leader", "the leader and enough others to form a majority"),
    /** A majority without the leader. */
    MAJORITY_WITHOUT_LEADER("majority_without_leader", "a random majority without the leader"),
    /** A minority that includes the leader. */
    MINORITY_WITH_LEADER(
        "minority_with_leader",
        "the largest minority that includes the leader; the rest is random"),
    /** A minority without the leader. */
    MINORITY_WITHOUT_LEADER(
        "minority_without_leader", "the largest random minority without the leader"),
    /** All running members that are not chosen otherwise. */
    REST(
        "rest",
        "all running members that are not chosen already; \"2 rest\": two of them at random"),
    /** The sender of the message. */
    SENDER("sender", "the sender of the message that triggered the action (\"on\")"),
    /** The receiver of the message. */
    RECEIVER("receiver", "the receiver of that message"),
    /** A replica by its ID. */
    ID("", "the replica with this ID, such as \"0003\""),
    /** The replicas with this name. */
    NAME("", "the replicas that an earlier action named: \"@old\" after \"as\": \"old\"");

    private final String word;
    private final String description;

    SelectorKind(String word, String description) {
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

    /** Whether a number may precede it. */
    public boolean takesCount() {
      return this == NON_LEADER || this == RANDOM || this == CRASHED || this == REST;
    }

    /** Whether it matches no replica while no leader is known. */
    public boolean needsLeader() {
      return switch (this) {
        case LEADER,
            NON_LEADER,
            MAJORITY_WITH_LEADER,
            MAJORITY_WITHOUT_LEADER,
            MINORITY_WITH_LEADER,
            MINORITY_WITHOUT_LEADER ->
            true;
        default -> false;
      };
    }
  }

  /**
   * One part of a selector.
   *
   * @param count the number of replicas; 0 for one, or for all, depending on the kind
   * @param name the ID or the name, for these kinds; else ""
   */
  public record SelectorPart(SelectorKind kind, int count, String name) {
    /** The text in a file. */
    @Override
    public String toString() {
      return switch (kind) {
        case ID -> name;
        case NAME -> "@" + name;
        default -> (count == 0 ? "" : count + " ") + kind.word;
      };
    }
  }

  /** A selector of one kind. */
  public static TargetSelector of(SelectorKind kind) {
    return new TargetSelector(List.of(new SelectorPart(kind, 0, "")));
  }

  /** A replica by its ID. */
  public static TargetSelector of(Id id) {
    return new TargetSelector(List.of(new SelectorPart(SelectorKind.ID, 0, id.toString())));
  }

  /** The IDs that it names. */
  public List<Id> ids() {
    return parts.stream()
        .filter(part -> part.kind == SelectorKind.ID)
        .map(part -> Id.parse(part.name))
        .toList();
  }

  /** Whether it names no replica. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether it matches no replica while no leader is known. */
  public boolean needsLeader() {
    return parts.stream().anyMatch(part -> part.kind.needsLeader());
  }

  /** Whether any part is of this kind. */
  boolean has(SelectorKind kind) {
    return parts.stream().anyMatch(part -> part.kind == kind);
  }

  /** Parses this text; empty if it isn't valid. */
  public static Optional<SelectorPart> parsePart(String text) {
    if (text.matches("@[A-Za-z]\\w{0,19}")) {
      return Optional.of(new SelectorPart(SelectorKind.NAME, 0, text.substring(1)));
    }
    Matcher counted = COUNTED.matcher(text);
    if (counted.matches()) {
      int count = Integer.parseInt(counted.group(1));
      return kind(counted.group(2))
          .filter(kind -> kind.takesCount() && count > 0)
          .map(kind -> new SelectorPart(kind, count, ""));
    }
    return kind(text).map(kind -> new SelectorPart(kind, 0, "")).or(() -> id(text));
  }

  private static Optional<SelectorPart> id(String text) {
    return Id.isId(text) && !Id.parse(text).isBroadcast()
        ? Optional.of(new SelectorPart(SelectorKind.ID, 0, text))
        : Optional.empty();
  }

  private static Optional<SelectorKind> kind(String word) {
    return Arrays.stream(SelectorKind.values())
        .filter(kind -> !kind.word.isEmpty() && kind.word.equals(word))
        .findFirst();
  }

  /** The nearest valid word. */
  public static Optional<String> nearestWord(String text) {
    return NearestWord.of(text.replaceFirst("^\\d+ ", ""), words());
  }

  /** All valid words. */
  public static List<String> words() {
    return Arrays.stream(SelectorKind.values())
        .map(SelectorKind::word)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The text in a file, with commas between the parts. */
  @Override
  public String toString() {
    return String.join(", ", parts.stream().map(SelectorPart::toString).toList());
  }
}
