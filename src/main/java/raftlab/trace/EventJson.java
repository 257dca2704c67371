package raftlab.trace;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * The JSON form of events: each record an object with its name under {@code event} and its
 * components under their own names. One place knows how a component's type is written and read; no
 * event has code of its own.
 */
final class EventJson {
  private static final Map<String, Class<?>> EVENTS = byName(Event.class);
  private static final Map<String, Class<?>> CHANGES = byName(StateChange.class);

  private EventJson() {}

  private static Map<String, Class<?>> byName(Class<?> sealed) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      types.put(type.getSimpleName(), type);
    }
    return types;
  }

  static JsonObject write(Event event) {
    return writeRecord("event", event);
  }

  static Event read(JsonObject json) {
    return (Event) readRecord(EVENTS, "event", json);
  }

  /** {@code tag}: under which field the record's name goes; null to leave it out. */
  static JsonObject writeRecord(String tag, Object record) {
    JsonObject json = new JsonObject();
    if (tag != null) {
      json.addProperty(tag, record.getClass().getSimpleName());
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(component, record);
      if (value != null) {
        json.add(component.getName(), toJson(value));
      }
    }
    return json;
  }

  private static Object valueOf(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonElement toJson(Object value) {
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    } else if (value instanceof Boolean bool) {
      return new JsonPrimitive(bool);
    } else if (value instanceof Message message) {
      // As text, so that a stored run holds what was sent to the byte.
      return new JsonPrimitive(new String(message.bytes(), StandardCharsets.UTF_8));
    } else if (value instanceof StateChange change) {
      return writeRecord("change", change);
    } else if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof Enum<?> constant) {
      return new JsonPrimitive(constant.name());
    }
    return new JsonPrimitive(value.toString());
  }

  private static Object readRecord(Map<String, Class<?>> types, String tag, JsonObject json) {
    JsonElement name = json.get(tag);
    Class<?> type = name == null ? null : types.get(name.getAsString());
    if (type == null) {
      throw new JsonParseException(
          "\"" + tag + "\" is " + name + ", expected one of " + types.keySet());
    }
    return readRecord(type, json);
  }

  static <T> T readRecord(Class<T> type, JsonObject json) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      JsonElement value = json.get(components[i].getName());
      if (value == null && types[i].isPrimitive()) {
        throw new JsonParseException("\"" + components[i].getName() + "\" is missing");
      }
      values[i] = value == null ? null : fromJson(components[i], value);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException wrongValue) {
      throw new JsonParseException(wrongValue);
    }
  }

  private static Object fromJson(RecordComponent component, JsonElement json) {
    Class<?> type = component.getType();
    if (type == long.class) {
      return json.getAsLong();
    } else if (type == int.class) {
      return json.getAsInt();
    } else if (type == boolean.class) {
      return json.getAsBoolean();
    } else if (type == Id.class) {
      return Id.parse(json.getAsString());
    } else if (type == Message.class) {
      return message(json.getAsString());
    } else if (type == StateChange.class) {
      return readRecord(CHANGES, "change", json.getAsJsonObject());
    } else if (type.isEnum()) {
      return constant(type, json.getAsString());
    } else if (type == List.class) {
      boolean ids = component.getGenericType().getTypeName().contains(Id.class.getName());
      List<Object> list = new ArrayList<>();
      json.getAsJsonArray()
          .forEach(item -> list.add(ids ? Id.parse(item.getAsString()) : item.getAsString()));
      return list;
    }
    return json.getAsString();
  }

  private static Message message(String datagram) {
    try {
      return Message.scan(datagram.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMessageException e) {
      throw new JsonParseException(e.getMessage(), e);
    }
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new JsonParseException("\"" + name + "\" is not a " + type.getSimpleName());
  }
}
