package raftlab.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Encodes and parses a {@link Message} as JSON: one object a datagram, in UTF-8. */
final class MessageJson {
  private static final int MAX_COMPLAINT_CHARS = 120;

  private MessageJson() {}

  /** The header fields that were read so far; they may come in any order. */
  private static final class Header {
    private @Nullable String src;
    private @Nullable String dst;
    private @Nullable String leader;
    private @Nullable String type;
    private @Nullable String mid;

    /** Reads the field if it belongs to the header; else leaves its value unread. */
    boolean readField(String name, JsonReader in) throws IOException, MalformedMessageException {
      switch (name) {
        case "src" -> src = string(name, in);
        case "dst" -> dst = string(name, in);
        case "leader" -> leader = string(name, in);
        case "type" -> type = string(name, in);
        case "MID" -> mid = stringOrNull(name, in);
        default -> {
          return false;
        }
      }
      return true;
    }

    private static @Nullable String stringOrNull(String name, JsonReader in)
        throws IOException, MalformedMessageException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      return string(name, in);
    }

    private static String string(String name, JsonReader in)
        throws IOException, MalformedMessageException {
      if (in.peek() != JsonToken.STRING) {
        String found = in.peek().name().toLowerCase(Locale.ROOT).replace("begin_", "");
        throw new MalformedMessageException(
            "field \"" + name + "\" is of type " + found + ", expected a string");
      }
      return in.nextString();
    }

    Message toMessage(@Nullable JsonObject fields, byte[] bytes) throws MalformedMessageException {
      if (type == null) {
        throw new MalformedMessageException("required field \"type\" is missing");
      }
      return new Message(
          id("src", src), id("dst", dst), id("leader", leader), type, mid, fields, bytes);
    }

    private static Id id(String name, @Nullable String text) throws MalformedMessageException {
      if (text == null) {
        throw new MalformedMessageException("required field \"" + name + "\" is missing");
      }
      if (!Id.isId(text)) {
        throw new MalformedMessageException(
            "field \""
                + name
                + "\" is \""
                + PrintableText.of(text, 40)
                + "\", expected an ID of four hexadecimal digits in upper case");
      }
      return Id.parse(text);
    }
  }

  static Message parseHeader(byte[] datagram) throws MalformedMessageException {
    return read(datagram, null);
  }

  static Message parse(byte[] datagram) throws MalformedMessageException {
    return read(datagram, new JsonObject());
  }

  /** Reads the header, and the other fields into {@code fields} unless it is null. */
  private static Message read(byte[] datagram, @Nullable JsonObject fields)
      throws MalformedMessageException {
    Header header = new Header();
    String text = new String(datagram, StandardCharsets.UTF_8);
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      if (in.peek() != JsonToken.BEGIN_OBJECT) {
        throw new MalformedMessageException("not a JSON object");
      }
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        if (!header.readField(name, in)) {
          if (fields == null) {
            in.skipValue();
          } else {
            fields.add(name, JsonParser.parseReader(in));
          }
        }
      }
      in.endObject();
      expectEnd(in);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NumberFormatException notJson) {
      throw new MalformedMessageException("not JSON: " + shortComplaint(notJson.getMessage()));
    }
    return header.toMessage(fields, datagram);
  }

  private static void expectEnd(JsonReader in) throws IOException, MalformedMessageException {
    boolean end;
    try {
      end = in.peek() == JsonToken.END_DOCUMENT;
    } catch (MalformedJsonException somethingElse) {
      end = false;
    }
    if (!end) {
      throw new MalformedMessageException("more follows after the JSON object");
    }
  }

  /**
   * Shortens an error message of Gson: removes its advice for programmers and its link, and limits
   * the length, since it quotes names from the datagram.
   */
  private static String shortComplaint(@Nullable String complaint) {
    if (complaint == null) {
      return "unreadable";
    }
    int end = complaint.indexOf("\nSee ");
    String brief =
        (end < 0 ? complaint : complaint.substring(0, end))
            .replaceFirst("^com\\.google\\.gson\\S+ ", "")
            .replaceFirst("Use JsonReader\\.setStrictness\\S+ to accept malformed JSON", "wrong")
            .strip();
    return PrintableText.of(brief, MAX_COMPLAINT_CHARS);
  }

  /** Parses the fields outside the header, of bytes that {@link #parseHeader} accepted. */
  static JsonObject parseFields(byte[] bytes) {
    try {
      return parse(bytes).fields();
    } catch (MalformedMessageException onlySkippedByTheScan) {
      // The scan accepts values that the tree rejects, such as a number of a million digits.
      return new JsonObject();
    }
  }

  static byte[] encode(Message message) {
    JsonObject json = new JsonObject();
    json.addProperty("src", message.src().toString());
    json.addProperty("dst", message.dst().toString());
    json.addProperty("leader", message.leader().toString());
    json.addProperty("type", message.type());
    if (message.mid() != null) {
      json.addProperty("MID", message.mid());
    }
    for (var field : message.fields().entrySet()) {
      JsonElement value = field.getValue();
      json.add(field.getKey(), value);
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
