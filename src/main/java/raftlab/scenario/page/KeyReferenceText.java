package raftlab.scenario.page;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import raftlab.scenario.ActionType;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.LimitKeys;
import raftlab.scenario.file.NetworkKeys;
import raftlab.scenario.file.ScenarioKeys;
import raftlab.scenario.file.ScheduleKeys;
import raftlab.scenario.file.SectionSpec;
import raftlab.scenario.file.TrafficKeys;
import raftlab.scenario.file.ValueType;

/** Writes keys as Markdown lists: the meaning, type and default of each. */
final class KeyReferenceText {
  private static final int WIDTH = 118;

  /** The section of the page that explains the keys of an object. */
  private static final Map<SectionSpec, String> PLACES = places();

  private final StringBuilder page = new StringBuilder();

  private static Map<SectionSpec, String> places() {
    Map<SectionSpec, String> places = new IdentityHashMap<>();
    places.put(NetworkKeys.NETWORK, "[network](#network)");
    places.put(NetworkKeys.CLIENT_LINKS, "[network](#network)");
    places.put(NetworkKeys.DELAY_SHAPES, "[delays](#delays)");
    places.put(TrafficKeys.TRAFFIC, "[traffic](#traffic)");
    places.put(TrafficKeys.MIX, "[mix](#mix)");
    places.put(ScheduleKeys.PATTERN, "[waiting for a message](#waiting-for-a-message)");
    places.put(LimitKeys.MOST, "[bounds](#bounds)");
    places.put(LimitKeys.LEAST, "[bounds](#bounds)");
    places.put(ScenarioKeys.TESTS, "[tests](#tests)");
    places.put(ScenarioKeys.BENCHMARKS, "[benchmarks](#benchmarks)");
    return places;
  }

  /** The text so far. */
  String text() {
    return page.toString().strip() + "\n";
  }

  void heading(String level, String title) {
    page.append(page.toString().endsWith("\n\n") ? "" : "\n")
        .append(level)
        .append(' ')
        .append(title)
        .append("\n\n");
  }

  /** Adds a paragraph. */
  void paragraph(String text) {
    if (!page.toString().endsWith("\n\n")) {
      line("");
    }
    wrapped("", "", text);
    line("");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** Adds a list of keys. */
  void list(List<KeySpec> keys) {
    for (KeySpec key : keys) {
      bullet("- ", named(key) + ": " + sentence(key.description()));
      indented("  ", value(key));
    }
  }

  /** Adds a word and its meaning. */
  void meaning(String word, String description) {
    bullet("- ", "`" + word + "`: " + sentence(description));
  }

  /** Adds a note about the preceding word, unless the text is empty. */
  void addDetail(String text) {
    if (!text.isEmpty()) {
      bullet("  - ", text);
    }
  }

  /** Adds a key that only the preceding word has. */
  void addDetail(KeySpec key) {
    bullet("  - ", named(key) + ": " + sentence(key.description()) + " " + value(key));
  }

  private static String named(KeySpec key) {
    String older =
        key.olderNames().isEmpty() ? "" : " (or `" + String.join("`, `", key.olderNames()) + "`)";
    return "`" + key.name() + "`" + older + (key.required() ? " (required)" : "");
  }

  private static String value(KeySpec key) {
    String rest = key.defaultValue().map(value -> "; " + value + " if not given").orElse("");
    return sentence(describe(key.type()) + rest);
  }

  private static String describe(ValueType type) {
    if (type instanceof ValueType.Nested nested) {
      return "an object: see " + PLACES.get(nested.section());
    } else if (type instanceof ValueType.Variants variants) {
      return variants.words("type").contains(ActionType.LOSE.key())
          ? "[events](#events)"
          : "[steps](#steps)";
    } else if (type instanceof ValueType.ListOf list) {
      return "a list"
          + (list.atLeast() > 0 ? ", not empty" : "")
          + ": see "
          + describe(list.each()).replaceFirst("^.*?see ", "");
    } else if (type instanceof ValueType.SelectorWords) {
      return "one of these words or a list: see [who](#who)";
    } else if (type instanceof ValueType.MessagePartyWord) {
      return "see [ends of a message](#ends-of-a-message)";
    } else if (type instanceof ValueType.Either either) {
      return either.types().stream().anyMatch(ValueType.Nested.class::isInstance)
          ? "see [delays](#delays)"
          : either.description();
    } else if (type instanceof ValueType.Word word && !word.meanings().isEmpty()) {
      return "see [conditions](#conditions)";
    }
    return type.description();
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private void bullet(String mark, String text) {
    wrapped(mark, " ".repeat(mark.length()), text);
  }

  private void indented(String indent, String text) {
    wrapped(indent, indent, text);
  }

  private void wrapped(String first, String rest, String text) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : text.split(" ")) {
      if (line.length() + word.length() >= WIDTH && line.length() > start) {
        line(line.toString().stripTrailing());
        line = new StringBuilder(rest);
        start = rest.length();
      }
      line.append(word).append(' ');
    }
    line(line.toString().stripTrailing());
  }
}
