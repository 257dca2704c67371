package raftlab.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a message says: all messages of a kind, or those with one value in a field that has two or
 * three values. A boolean or number that is missing in some messages is false or 0 there.
 *
 * @param path the field; null if the kind alone says it
 * @param value the value as text: "true", "1" or "accepted"
 */
record ReplyOutcome(String kind, @Nullable String path, String value) {
  private static final int MAX_VALUES = 3;
  private static final int MAX_LENGTH = 16;
  private static final Set<String> NEGATIVE = Set.of("false", "0", "no", "n", "none");

  /** Whether a message says this. */
  boolean matches(MessageSample sample) {
    return sample.kind().equals(kind) && (path == null || value(sample, path).equals(value));
  }

  /** Whether its value usually means no. */
  boolean isNegative() {
    String plain = value.toLowerCase(Locale.ROOT);
    return NEGATIVE.contains(plain)
        || plain.startsWith("rej")
        || plain.startsWith("den")
        || plain.startsWith("fail")
        || plain.startsWith("ref")
        || plain.startsWith("no");
  }

  /** The value of a field as text. */
  static String value(MessageSample sample, String path) {
    JsonElement json = sample.fields().get(path);
    return json instanceof JsonPrimitive value ? value.getAsString() : "false";
  }

  /** All outcomes that messages of a kind may have. */
  static List<ReplyOutcome> of(String kind, List<MessageSample> samples) {
    List<ReplyOutcome> outcomes = new ArrayList<>();
    outcomes.add(new ReplyOutcome(kind, null, ""));
    // Fields that all messages have come first: of those that fit equally well, they count.
    Map<String, Set<String>> choices = choices(samples);
    for (boolean inAll : new boolean[] {true, false}) {
      choices.forEach(
          (path, values) -> {
            if (inAll == samples.stream().allMatch(each -> each.fields().containsKey(path))) {
              values.forEach(value -> outcomes.add(new ReplyOutcome(kind, path, value)));
            }
          });
    }
    return outcomes;
  }

  /** The fields that have few values, with these values. */
  static Map<String, Set<String>> choices(List<MessageSample> samples) {
    Map<String, Set<String>> values = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    Set<String> others = new TreeSet<>();
    for (MessageSample sample : samples) {
      for (Map.Entry<String, JsonElement> field : sample.fields().entrySet()) {
        String path = field.getKey();
        counts.merge(path, 1, Integer::sum);
        if (field.getValue() instanceof JsonPrimitive value && isChoice(value)) {
          Set<String> seen = values.computeIfAbsent(path, each -> new TreeSet<>());
          if (seen.size() <= MAX_VALUES) {
            seen.add(value.getAsString());
          }
        } else {
          others.add(path);
        }
      }
    }
    values.keySet().removeAll(others);
    values.forEach(
        (path, seen) -> {
          if (counts.getOrDefault(path, 0) < samples.size()) {
            seen.add("false");
          }
        });
    values.values().removeIf(seen -> seen.size() > MAX_VALUES || seen.size() < 2);
    return values;
  }

  private static boolean isChoice(JsonPrimitive value) {
    if (value.isBoolean()) {
      return true;
    }
    if (value.isNumber()) {
      double number = value.getAsDouble();
      return number == 0 || number == 1;
    }
    String text = value.getAsString();
    if (text.equals("0") || text.equals("1")) {
      return true;
    }
    return text.length() <= MAX_LENGTH
        && !text.isEmpty()
        && MessageFields.number(value).isEmpty()
        && !text.matches("[0-9A-F]{4}");
  }
}
