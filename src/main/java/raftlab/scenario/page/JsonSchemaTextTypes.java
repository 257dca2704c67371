package raftlab.scenario.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.ValueType;

/**
 * The types of texts in JSON Schema. {@code enumDescriptions} isn't standard: editors that support
 * it show the meaning of each word, others ignore it.
 */
final class JsonSchemaTextTypes {
  private static final String NAME = "^@[A-Za-z]\\w{0,19}$";

  private JsonSchemaTextTypes() {}

  /** A type whose values are texts, except names of replicas. */
  static JsonObject of(ValueType type) {
    if (type instanceof ValueType.Word word) {
      return words(word.words(), word.meanings());
    } else if (type instanceof ValueType.Text text) {
      JsonObject json = text(text.maxLength());
      json.addProperty("pattern", "^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]+$");
      return json;
    } else if (type instanceof ValueType.PatternText form) {
      return pattern("^" + form.regex() + "$");
    }
    return text(((ValueType.AnyText) type).maxLength());
  }

  private static JsonObject text(int maxLength) {
    JsonObject json = string();
    json.addProperty("maxLength", maxLength);
    return json;
  }

  private static JsonObject string() {
    JsonObject json = new JsonObject();
    json.addProperty("type", "string");
    return json;
  }

  private static JsonObject pattern(String pattern) {
    JsonObject json = string();
    json.addProperty("pattern", pattern);
    return json;
  }

  private static JsonObject words(List<String> words, List<String> meanings) {
    JsonObject json = new JsonObject();
    json.add("enum", JsonSchema.array(words));
    if (!meanings.isEmpty()) {
      json.add("enumDescriptions", JsonSchema.array(meanings));
    }
    return json;
  }

  /** The words that a key accepts. */
  static JsonObject words(KeySpec key, List<String> words) {
    JsonObject json =
        words(words, words.stream().flatMap(word -> meaning(key, word).stream()).toList());
    json.addProperty("description", key.description());
    return json;
  }

  /** What a word of this key means. */
  static Optional<String> meaning(KeySpec key, String word) {
    return key.type() instanceof ValueType.Word all && !all.meanings().isEmpty()
        ? Optional.of(all.meanings().get(all.words().indexOf(word)))
        : Optional.empty();
  }

  /** One {@link TargetSelector} word. */
  static JsonObject ofWho() {
    List<TargetSelector.SelectorKind> kinds =
        Arrays.stream(TargetSelector.SelectorKind.values())
            .filter(kind -> !kind.word().isEmpty())
            .toList();
    String counted =
        kinds.stream()
            .filter(TargetSelector.SelectorKind::takesCount)
            .map(TargetSelector.SelectorKind::word)
            .collect(Collectors.joining("|", "^(0[1-9]|[1-9]\\d?) (", ")$"));
    return naming(
        words(
            kinds.stream().map(TargetSelector.SelectorKind::word).toList(),
            kinds.stream().map(TargetSelector.SelectorKind::description).toList()),
        List.of(counted, "^(?!FFFF)[0-9A-F]{4}$", NAME),
        List.of("leader", "2 random", "0003", "@old"));
  }

  /** A sender or receiver of a message. */
  static JsonObject ofParty() {
    List<MessagePattern.PartyKind> kinds =
        Arrays.stream(MessagePattern.PartyKind.values())
            .filter(kind -> !kind.word().isEmpty())
            .toList();
    return naming(
        words(
            kinds.stream().map(MessagePattern.PartyKind::word).toList(),
            kinds.stream().map(MessagePattern.PartyKind::description).toList()),
        List.of("^[0-9A-F]{4}$", NAME),
        List.of("leader", "client", "0003", "@old"));
  }

  private static JsonObject naming(JsonObject words, List<String> patterns, List<String> examples) {
    JsonArray any = new JsonArray();
    any.add(words);
    patterns.forEach(each -> any.add(pattern(each)));
    JsonObject json = string();
    json.add("anyOf", any);
    json.add("examples", JsonSchema.array(examples));
    return json;
  }
}
