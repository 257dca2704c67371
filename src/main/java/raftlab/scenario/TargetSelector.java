package raftlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/**
 * Whom something is done to, in words that get their meaning only when it happens: {@code leader},
 * {@code 2 random}, {@code 0003}, {@code @old}.
 *
 * @param parts those of all parts together; a later part chooses none that an earlier one has
 */
public record TargetSelector(List<Part> parts) {
  /** Nobody is named. */
  public static final TargetSelector NOBODY = new TargetSelector(List.of());

  private static final Pattern COUNTED = Pattern.compile("(\\d{1,2}) (\\w+)");

  /** Takes a copy of the list. */
  public TargetSelector {
    parts = List.copyOf(parts);
  }

  /** How replicas are chosen. */
  public enum Kind {
    /** Who leads, as far as messages tell. */
    LEADER("leader", "the replica that leads"),
    /** Who led before. */
    OLD_LEADER("old_leader", "the replica that led before the present leader"),
    /** Random others. */
    NON_LEADER("non_leader", "a random living member that doesn't lead; \"2 non_leader\": two"),
    /** Random ones. */
    RANDOM("random", "a random living member; \"2 random\": two of them"),
    /** All that live. */
    ALL("all", "all that live"),
    /** Those that are down. */
    CRASHED("crashed", "all that are down; \"1 crashed\": the one that was killed first"),
    /** Those that are stopped. */
    PAUSED("paused", "all that are stopped"),
    /** More than half, with the leader. */
    MAJORITY_WITH_LEADER(
        "majority_with_leader", "the leader and as many others as make a majority"),
    /** More than half, without the leader. */
    MAJORITY_WITHOUT_LEADER("majority_without_leader", "a random majority, without the leader"),
    /** Less than half, with the leader. */
    MINORITY_WITH_LEADER(
        "minority_with_leader", "the leader and as many others as still make no majority"),
    /** Less than half, without the leader. */
    MINORITY_WITHOUT_LEADER(
        "minority_without_leader", "as many random ones as make no majority, without the leader"),
    /** All that live and are not named otherwise. */
    REST(
        "rest",
        "all living members that are not chosen already; \"2 rest\": two of them at random"),
    /** Who sent the message. */
    SENDER("sender", "who sent the message that \"on\" waits for"),
    /** Whom the message is for. */
    RECEIVER("receiver", "whom that message is for"),
    /** A replica by its ID. */
    ID("", "the replica of this ID, such as \"0003\""),
    /** Those that were given this name. */
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

    /** What it stands for. */
    public String description() {
      return description;
    }

    /** Whether a number may stand before it. */
    public boolean takesCount() {
      return this == NON_LEADER || this == RANDOM || this == CRASHED || this == REST;
    }

    /** Whether it means nobody as long as no leader is known. */
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
   * Some of them.
   *
   * @param count how many; 0 for one, or for all that there are, as the kind has it
   * @param name the ID or the name, where the kind is one of these; else ""
   */
  public record Part(Kind kind, int count, String name) {
    /** As it is written in a file. */
    @Override
    public String toString() {
      return switch (kind) {
        case ID -> name;
        case NAME -> "@" + name;
        default -> (count == 0 ? "" : count + " ") + kind.word;
      };
    }
  }

  /** Those of one kind. */
  public static TargetSelector of(Kind kind) {
    return new TargetSelector(List.of(new Part(kind, 0, "")));
  }

  /** A replica by its ID. */
  public static TargetSelector of(Id id) {
    return new TargetSelector(List.of(new Part(Kind.ID, 0, id.toString())));
  }

  /** The IDs that are named one by one. */
  public List<Id> ids() {
    return parts.stream()
        .filter(part -> part.kind == Kind.ID)
        .map(part -> Id.parse(part.name))
        .toList();
  }

  /** Whether nobody is named. */
  public boolean isNobody() {
    return parts.isEmpty();
  }

  /** Whether it means nobody as long as no leader is known. */
  public boolean needsLeader() {
    return parts.stream().anyMatch(part -> part.kind.needsLeader());
  }

  /** Whether any part is of this kind. */
  boolean has(Kind kind) {
    return parts.stream().anyMatch(part -> part.kind == kind);
  }

  /** The part that is written so, if it is one. */
  public static Optional<Part> part(String text) {
    if (text.matches("@[A-Za-z]\\w{0,19}")) {
      return Optional.of(new Part(Kind.NAME, 0, text.substring(1)));
    }
    Matcher counted = COUNTED.matcher(text);
    if (counted.matches()) {
      int count = Integer.parseInt(counted.group(1));
      return kind(counted.group(2))
          .filter(kind -> kind.takesCount() && count > 0)
          .map(kind -> new Part(kind, count, ""));
    }
    return kind(text).map(kind -> new Part(kind, 0, "")).or(() -> id(text));
  }

  private static Optional<Part> id(String text) {
    return Id.isId(text) && !Id.parse(text).isBroadcast()
        ? Optional.of(new Part(Kind.ID, 0, text))
        : Optional.empty();
  }

  private static Optional<Kind> kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> !kind.word.isEmpty() && kind.word.equals(word))
        .findFirst();
  }

  /** The word that was probably meant. */
  public static Optional<String> nearest(String text) {
    return NearestWord.of(text.replaceFirst("^\\d+ ", ""), words());
  }

  /** All words that stand for a choice. */
  public static List<String> words() {
    return Arrays.stream(Kind.values()).map(Kind::word).filter(word -> !word.isEmpty()).toList();
  }

  /** As it is written in a file, with commas between the parts. */
  @Override
  public String toString() {
    return String.join(", ", parts.stream().map(Part::toString).toList());
  }
}
