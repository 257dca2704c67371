package raftlab.scenario.page;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import raftlab.scenario.file.ActionJson;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.LocatedJson;
import raftlab.scenario.file.ScenarioFileChecker;
import raftlab.scenario.file.ScenarioKeys;
import raftlab.scenario.file.SectionSpec;
import raftlab.scenario.file.ValueType;

/**
 * A JSON Schema for a file, generated from the table of its keys, with which editors check and
 * complete files. It is draft 7, which most editors support. Rules about several keys (an event
 * after the end, an unknown name) are checked only by {@link ScenarioFileChecker} and the readers.
 */
public final class JsonSchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  /** Keys that occur in several places, required or not, are defined once, under these names. */
  private final Map<KeySpec, String> sharedNames = new LinkedHashMap<>();

  private final Set<KeySpec> defined = new HashSet<>();
  private final JsonObject definitions = new JsonObject();

  private JsonSchema(SectionSpec root) {
    Map<KeySpec, Integer> uses = new HashMap<>();
    for (SectionSpec section : root.withNested()) {
      for (KeySpec key : section.keys()) {
        if (uses.merge(key.asOptional(), 1, Integer::sum) == 2) {
          sharedNames.put(key.asOptional(), freeName(key.name()));
        }
      }
    }
  }

  /** The schema of scenario files, as text. */
  public static String ofScenarios() {
    return new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(of(ScenarioKeys.SCENARIO))
        + "\n";
  }

  /** The schema of files with these keys. */
  public static JsonObject of(SectionSpec root) {
    JsonSchema writer = new JsonSchema(root);
    JsonObject json = new JsonObject();
    json.addProperty("$schema", DRAFT);
    json.addProperty("title", root.title());
    writer.object(root).entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
    json.add("definitions", writer.definitions);
    return json;
  }

  private String freeName(String name) {
    String free = name;
    for (int i = 2; sharedNames.containsValue(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private JsonObject object(SectionSpec section) {
    JsonObject json = typed("object");
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (KeySpec key : section.keys()) {
      properties.add(key.name(), property(key));
      if (key.required()) {
        required.add(key.name());
      }
      older(key, properties, json);
    }
    for (KeySpec key : section.ignoredKeys()) {
      JsonObject unread = type(key.type());
      unread.addProperty("description", "Accepted, but ignored here");
      properties.add(key.name(), unread);
    }
    json.add("properties", properties);
    if (!required.isEmpty()) {
      json.add("required", required);
    }
    if (!section.oneRequired().isEmpty()) {
      json.add("anyOf", oneRequired(section.oneRequired().stream().map(KeySpec::name).toList()));
    }
    json.addProperty("additionalProperties", false);
    return json;
  }

  /** An older name is accepted, but not together with the new one. */
  private void older(KeySpec key, JsonObject properties, JsonObject json) {
    for (String name : key.olderNames()) {
      JsonObject older = type(key.type());
      older.addProperty("description", "An older name of " + LocatedJson.quoted(key.name()));
      properties.add(name, older);
      JsonObject both = new JsonObject();
      both.add("required", array(List.of(key.name(), name)));
      json.add("not", both);
    }
  }

  private static JsonArray oneRequired(List<String> names) {
    JsonArray any = new JsonArray();
    for (String name : names) {
      JsonObject one = new JsonObject();
      one.add("required", array(List.of(name)));
      any.add(one);
    }
    return any;
  }

  private JsonObject property(KeySpec key) {
    String name = sharedNames.get(key.asOptional());
    if (name == null) {
      return described(key);
    }
    // Registered before it is built, since steps contain steps.
    if (defined.add(key.asOptional())) {
      definitions.add(name, new JsonObject());
      definitions.add(name, described(key));
    }
    return reference(name);
  }

  private JsonObject described(KeySpec key) {
    JsonObject json = new JsonObject();
    json.addProperty("description", key.description());
    type(key.type()).entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
    key.defaultValue().ifPresent(value -> json.add("default", JsonParser.parseString(value)));
    return json;
  }

  private static JsonObject reference(String name) {
    JsonObject json = new JsonObject();
    json.addProperty("$ref", "#/definitions/" + name);
    return json;
  }

  private JsonObject type(ValueType type) {
    if (type instanceof ValueType.Nested nested) {
      return object(nested.section());
    } else if (type instanceof ValueType.Variants variants) {
      return variants(variants);
    } else if (type instanceof ValueType.ListOf list) {
      return list(type(list.each()), list.atLeast());
    } else if (type instanceof ValueType.Tiers tiers) {
      return numbers(tiers.each(), 3);
    } else if (type instanceof ValueType.Range span) {
      return numbers(span.each(), 2);
    } else if (type instanceof ValueType.Either either) {
      JsonArray any = new JsonArray();
      either.types().forEach(each -> any.add(type(each)));
      return anyOf(any);
    } else if (type instanceof ValueType.SelectorWords) {
      return selector();
    } else if (type instanceof ValueType.MessagePartyWord) {
      return define("an_end", JsonSchemaTextTypes.ofParty());
    } else if (type instanceof ValueType.Number number) {
      return number(number);
    }
    return type instanceof ValueType.Flag ? typed("boolean") : JsonSchemaTextTypes.of(type);
  }

  private static JsonObject list(JsonObject each, int atLeast) {
    JsonObject json = typed("array");
    json.add("items", each);
    if (atLeast > 0) {
      json.addProperty("minItems", atLeast);
    }
    return json;
  }

  private static JsonObject numbers(ValueType.Number each, int count) {
    JsonObject json = list(number(each), count);
    json.addProperty("maxItems", count);
    return json;
  }

  private static JsonObject number(ValueType.Number number) {
    JsonObject json = typed(number.whole() ? "integer" : "number");
    json.addProperty("minimum", ActionJson.plain(number.min()));
    json.addProperty("maximum", ActionJson.plain(number.max()));
    return json;
  }

  private JsonObject selector() {
    JsonObject one = define("one_of_them", JsonSchemaTextTypes.ofWho());
    JsonArray any = new JsonArray();
    any.add(one);
    any.add(list(one, 1));
    return anyOf(any);
  }

  private JsonObject define(String name, JsonObject json) {
    definitions.add(name, json);
    return reference(name);
  }

  /** The key that distinguishes the variants decides which other keys an editor offers. */
  private JsonObject variants(ValueType.Variants variants) {
    JsonObject json = typed("object");
    JsonObject properties = new JsonObject();
    JsonArray kinds = new JsonArray();
    for (ValueType.Variant variant : variants.variants().get()) {
      KeySpec key = variant.section().key(variant.key()).orElseThrow();
      JsonObject its = object(variant.section());
      if (variant.word().isPresent()) {
        its.getAsJsonObject("properties").add(key.name(), constant(key, variant.word().get()));
      }
      JsonObject kind = new JsonObject();
      kind.add("if", fits(variant.key(), variant.word()));
      kind.add("then", its);
      kinds.add(kind);
      if (!properties.has(key.name())) {
        List<String> words = variants.words(key.name());
        properties.add(
            key.name(), words.isEmpty() ? property(key) : JsonSchemaTextTypes.words(key, words));
      }
    }
    json.add("properties", properties);
    json.add("anyOf", oneRequired(variants.keys()));
    json.add("allOf", kinds);
    return json;
  }

  private static JsonObject constant(KeySpec key, String word) {
    JsonObject json = new JsonObject();
    json.addProperty("const", word);
    JsonSchemaTextTypes.meaning(key, word)
        .ifPresent(meaning -> json.addProperty("description", meaning));
    return json;
  }

  private static JsonObject fits(String key, Optional<String> word) {
    JsonObject json = new JsonObject();
    if (word.isPresent()) {
      JsonObject constant = new JsonObject();
      constant.addProperty("const", word.get());
      JsonObject properties = new JsonObject();
      properties.add(key, constant);
      json.add("properties", properties);
    }
    json.add("required", array(List.of(key)));
    return json;
  }

  private static JsonObject anyOf(JsonArray any) {
    JsonObject json = new JsonObject();
    json.add("anyOf", any);
    return json;
  }

  private static JsonObject typed(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    return json;
  }

  static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
