package raftlab.scenario.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.scenario.FileProblem;

/**
 * Puts what the JSON parser says into words for a reader who doesn't know the parser. Messages that
 * aren't known here, as those of a later version of it, are quoted with their place.
 */
final class JsonSyntaxMessage {
  private static final Pattern CHARACTER =
      Pattern.compile(
          "^(?:Unexpected|Illegal)(?: unquoted)? character \\((.*?) ?\\(?code (\\d+).*");
  private static final Pattern TOKEN = Pattern.compile("^Unrecognized token '(.*?)'.*");
  private static final Pattern CLOSER =
      Pattern.compile(
          "^Unexpected close marker '(.)'(?:: expected '(.)' \\(for (?:Object|Array).*|.*)");
  private static final Pattern ESCAPE = Pattern.compile("^Unrecognized character escape .*");

  /** What was expected, by a part of the parser's message; the first match counts. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("ALLOW_COMMENTS", "JSON, which has no comments");
    EXPECTED.put("colon to separate", "\":\" between a key and its value");
    EXPECTED.put("start field name", "a key in double quotes (and no comma after the last one)");
    EXPECTED.put("close marker for Object", "\"}\"");
    EXPECTED.put("close marker for Array", "\"]\"");
    EXPECTED.put("comma to separate Object", "\",\" or \"}\"");
    EXPECTED.put("comma to separate Array", "\",\" or \"]\"");
    EXPECTED.put("closing quote", "a closing double quote");
    EXPECTED.put("end of quoted string", "a closing double quote");
    EXPECTED.put("field name", "a key in double quotes");
    EXPECTED.put("has to be escaped", "a string without line breaks and control characters");
    EXPECTED.put("hex-digit", "four hexadecimal digits after \\u");
    EXPECTED.put("escape", "a valid JSON escape, such as \\\" or \\n");
    EXPECTED.put("Leading zeroes", "a number without leading zeros");
    EXPECTED.put("plus sign", "a number without a plus sign");
    EXPECTED.put("digit", "a digit");
    EXPECTED.put("white space", "no control characters but line breaks and tabs");
    EXPECTED.put("nesting depth", "less deeply nested brackets");
    EXPECTED.put("exceeds the maximum", "a shorter value");
    String value = "a number, a string in double quotes, true, false, null, \"{\" or \"[\"";
    EXPECTED.put("valid value", value);
    EXPECTED.put("Unrecognized token", value);
    EXPECTED.put("Unexpected end-of-input", value);
  }

  private JsonSyntaxMessage() {}

  /**
   * The problem at which the parser stopped.
   *
   * @param reached the parser's position, for problems without a place
   */
  static FileProblem of(String file, String text, JsonProcessingException e, JsonLocation reached) {
    JsonLocation at = e.getLocation() == null ? reached : e.getLocation();
    String words = e.getOriginalMessage().replace('\n', ' ').replace('\r', ' ');
    return new FileProblem(
        file,
        at.getLineNr(),
        column(words, text, at),
        "this is not JSON: " + found(words),
        expected(words));
  }

  /** The parser's column is off by one for some characters. */
  private static int column(String words, String text, JsonLocation at) {
    Matcher character = CHARACTER.matcher(words);
    if (character.matches()) {
      char culprit = (char) Integer.parseInt(character.group(2));
      int column = at.getColumnNr();
      String line = text.split("(?<=\n)|(?<=\r)(?!\n)", -1)[at.getLineNr() - 1];
      for (int near : new int[] {column, column + 1, column - 1}) {
        if (near >= 1 && near <= line.length() && line.charAt(near - 1) == culprit) {
          return near;
        }
      }
    }
    return Math.max(1, at.getColumnNr());
  }

  private static String found(String words) {
    Matcher character = CHARACTER.matcher(words);
    Matcher token = TOKEN.matcher(words);
    Matcher closer = CLOSER.matcher(words);
    if (closer.matches()) {
      return LocatedJson.quoted(closer.group(1));
    } else if (character.matches()) {
      int code = Integer.parseInt(character.group(2));
      return Character.isISOControl(code)
          ? String.format(Locale.ROOT, "a control character (\\u%04x)", code)
          : LocatedJson.quoted(String.valueOf((char) code));
    } else if (token.matches()) {
      return LocatedJson.quoted(token.group(1));
    } else if (ESCAPE.matcher(words).matches()) {
      return "a backslash before a character that needs no escape";
    } else if (words.startsWith("Unexpected end-of-input")) {
      return "the file ends too early";
    } else if (words.contains("Leading zeroes")) {
      return "a number that starts with 0";
    } else if (words.contains("nesting depth")) {
      return "brackets nested more than 1000 deep";
    } else if (words.contains("exceeds the maximum")) {
      return "a value that is too long";
    }
    return "the parser says " + LocatedJson.quoted(words.strip());
  }

  private static String expected(String words) {
    Matcher closer = CLOSER.matcher(words);
    if (closer.matches()) {
      return closer.group(2) == null
          ? "a matching opening bracket before it"
          : LocatedJson.quoted(closer.group(2));
    }
    return EXPECTED.entrySet().stream()
        .filter(entry -> words.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("JSON");
  }
}
