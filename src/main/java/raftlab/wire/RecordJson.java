package raftlab.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes public records as JSON objects: one field for each component, under its name. It
 * supports all types of components, so no record needs code for JSON.
 *
 * <p>A component is a number ({@code long}, {@code int}, {@code double}), a {@code boolean}, a
 * string, an {@link Id}, an enum constant, a {@link Message} (as a string, to the byte), another
 * record, a list of strings, IDs, whole numbers or records, or one of several records of a sealed
 * interface. Its object then names the record type in a field with the name of the component.
 */
public final class RecordJson {
  /** The reflection data of a record type, looked up once. */
  private record RecordMetadata(RecordComponent[] components, Constructor<?> constructor) {}

  private static final ClassValue<RecordMetadata> METADATA =
      new ClassValue<>() {
        @Override
        protected RecordMetadata computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Class<?>[] types =
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
          try {
            return new RecordMetadata(components, type.getDeclaredConstructor(types));
          } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
      };

  /** Whether a type is sealed: to ask it takes long. */
  private static final ClassValue<Boolean> IS_SEALED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isSealed();
        }
      };

  /** The records of a sealed interface, by their names in JSON. */
  private static final ClassValue<Map<JsonElement, Class<?>>> PERMITTED_TYPES =
      new ClassValue<>() {
        @Override
        protected Map<JsonElement, Class<?>> computeValue(Class<?> sealed) {
          Map<JsonElement, Class<?>> kinds = new LinkedHashMap<>();
          // Sorted: the compiler's order differs from build to build.
          Class<?>[] types = sealed.getPermittedSubclasses();
          Arrays.sort(types, Comparator.comparing(Class::getSimpleName));
          for (Class<?> type : types) {
            kinds.put(new JsonPrimitive(type.getSimpleName()), type);
          }
          return kinds;
        }
      };

  private RecordJson() {}

  /**
   * Writes a record; components that are null are omitted.
   *
   * @param tag the field for the record's name, before its components
   * @throws IOException if the writer throws it
   */
  public static void write(String tag, Record record, JsonWriter out) throws IOException {
    out.beginObject();
    out.name(tag).value(record.getClass().getSimpleName());
    writeComponents(record, out);
    out.endObject();
  }

  /**
   * Writes a record's components as fields of the current object.
   *
   * @throws IOException if the writer throws it
   */
  public static void writeComponents(Record record, JsonWriter out) throws IOException {
    for (RecordComponent component : METADATA.get(record.getClass()).components) {
      Object value = valueOf(component, record);
      if (value != null) {
        String tag = IS_SEALED.get(component.getType()) ? component.getName() : null;
        write(tag, value, out.name(component.getName()));
      }
    }
  }

  /** Writes a value; under {@code tag}, if it has one, goes the name of the record that it is. */
  private static void write(@Nullable String tag, Object value, JsonWriter out) throws IOException {
    if (value instanceof Number number) {
      out.value(number);
    } else if (value instanceof Boolean bool) {
      out.value(bool);
    } else if (value instanceof Message message) {
      out.value(new String(message.bytes(), StandardCharsets.UTF_8));
    } else if (tag != null) {
      write(tag, (Record) value, out);
    } else if (value instanceof Record record && !(value instanceof Id)) {
      out.beginObject();
      writeComponents(record, out);
      out.endObject();
    } else if (value instanceof List<?> list) {
      out.beginArray();
      for (Object item : list) {
        write(null, item, out);
      }
      out.endArray();
    } else {
      out.value(value instanceof Enum<?> constant ? constant.name() : value.toString());
    }
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Returns the record of a sealed interface that this JSON holds.
   *
   * @throws JsonParseException if the field names none of them
   */
  public static Class<?> typeOf(Class<?> sealed, String tag, JsonObject json) {
    JsonElement name = json.get(tag);
    Class<?> type = PERMITTED_TYPES.get(sealed).get(name);
    if (type == null) {
      throw new JsonParseException(
          "\""
              + tag
              + "\" is "
              + name
              + ", expected one of "
              + PERMITTED_TYPES.get(sealed).keySet());
    }
    return type;
  }

  /**
   * Reads a record. A missing field is null; a field of a number or boolean must not be missing.
   *
   * @throws JsonParseException if this isn't its JSON form; the message names the field
   */
  public static <T> T read(Class<T> type, JsonObject json) {
    return read(type, json, false);
  }

  /**
   * Reads a record of a sealed interface; no field may be missing.
   *
   * @throws JsonParseException if it is none of them; the message names the field
   */
  public static <T> T readOneOf(Class<T> sealed, String tag, JsonObject json) {
    return sealed.cast(read(typeOf(sealed, tag, json), json, true));
  }

  private static <T> T read(Class<T> type, JsonObject json, boolean whole) {
    RecordMetadata form = METADATA.get(type);
    Object[] values = new Object[form.components.length];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = form.components[i];
      JsonElement value = json.get(component.getName());
      if (value != null) {
        values[i] = fromJson(component, value);
      } else if (whole || component.getType().isPrimitive()) {
        throw new JsonParseException("\"" + component.getName() + "\" is missing");
      }
    }
    try {
      return type.cast(form.constructor.newInstance(values));
    } catch (InvocationTargetException wrongValue) {
      Throwable cause = Objects.requireNonNull(wrongValue.getCause(), "newInstance sets the cause");
      throw new JsonParseException(cause.getMessage(), cause);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object fromJson(RecordComponent component, JsonElement json) {
    Class<?> type = component.getType();
    try {
      if (type == List.class) {
        return list(component, json.getAsJsonArray());
      } else if (IS_SEALED.get(type)) {
        return readOneOf(type, component.getName(), json.getAsJsonObject());
      } else if (isNested(type)) {
        return read(type, json.getAsJsonObject(), true);
      } else if (type == boolean.class && json.getAsJsonPrimitive().isBoolean()) {
        return json.getAsBoolean();
      } else if (type == long.class && json.getAsJsonPrimitive().isNumber()) {
        return Long.parseLong(json.getAsString());
      } else if (type == int.class && json.getAsJsonPrimitive().isNumber()) {
        return Integer.parseInt(json.getAsString());
      } else if (type == double.class && json.getAsJsonPrimitive().isNumber()) {
        return Double.parseDouble(json.getAsString());
      } else if (!type.isPrimitive() && json.getAsJsonPrimitive().isString()) {
        return fromText(type, json.getAsString());
      }
    } catch (JsonParseException inner) {
      throw inner;
    } catch (IllegalArgumentException | IllegalStateException | MalformedMessageException wrong) {
      throw unexpected(component, json, wrong);
    }
    throw unexpected(component, json, null);
  }

  /** Whether a value of this type is written as a JSON object. */
  private static boolean isNested(Class<?> type) {
    return type.isRecord() && type != Id.class && type != Message.class;
  }

  private static JsonParseException unexpected(
      RecordComponent component, JsonElement json, @Nullable Exception cause) {
    String found = PrintableText.of(json.toString(), 40);
    String expected = component.getType().getSimpleName().toLowerCase(Locale.ROOT);
    return new JsonParseException(
        "\"" + component.getName() + "\" is " + found + ", expected a value of type " + expected,
        cause);
  }

  private static List<Object> list(RecordComponent component, JsonArray json) {
    ParameterizedType type = (ParameterizedType) component.getGenericType();
    Class<?> items = (Class<?>) type.getActualTypeArguments()[0];
    List<Object> list = new ArrayList<>();
    for (JsonElement item : json) {
      list.add(
          isNested(items)
              ? read(items, item.getAsJsonObject(), true)
              : item(items, item.getAsJsonPrimitive().getAsString()));
    }
    return list;
  }

  private static Object item(Class<?> type, String text) {
    if (type == Id.class) {
      return Id.parse(text);
    }
    return type == Integer.class ? (Object) Integer.valueOf(text) : text;
  }

  private static Object fromText(Class<?> type, String text) throws MalformedMessageException {
    if (type == Id.class) {
      return Id.parse(text);
    } else if (type == Message.class) {
      return Message.parseHeader(text.getBytes(StandardCharsets.UTF_8));
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    return text;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    List<Object> known = List.of(type.getEnumConstants());
    throw new JsonParseException("found \"" + name + "\", expected one of " + known);
  }
}
