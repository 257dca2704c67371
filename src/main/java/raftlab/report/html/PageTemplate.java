package raftlab.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page with places for values: {@code {{name}}} is a value, {@code {{#name}}...{{/name}}} is
 * repeated for each element of a list and appears once for a value that is neither false nor empty,
 * {@code {{^name}}...{{/name}}} appears if it is false or empty, and {@code {{>file}}} inserts
 * another file of the same package. All values are escaped, without exception, so nothing that a
 * student wrote can become markup or script.
 */
public final class PageTemplate {
  private static final Pattern TAG = Pattern.compile("\\{\\{([#^/>]?)([\\w.-]+)\\}\\}");

  /** A piece of a page. */
  private sealed interface Part {
    /** Text as it stands. */
    record Text(String text) implements Part {}

    /** A value. */
    record Value(String name) implements Part {}

    /** A part that depends on a value. */
    record Section(String name, boolean isInverted, List<Part> parts) implements Part {}
  }

  private final List<Part> parts;

  private PageTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /** Reads a file of the package of this class. */
  public static PageTemplate read(Class<?> beside, String file) {
    return of(beside, resource(beside, file));
  }

  /** Makes a template of this text, which may insert files of the package of this class. */
  static PageTemplate of(Class<?> beside, String text) {
    Matcher tag = TAG.matcher(text);
    List<Part> parts = new ArrayList<>();
    int end = parse(beside, text, tag, 0, null, parts);
    parts.add(new Part.Text(text.substring(end)));
    return new PageTemplate(parts);
  }

  /** Reads a text file of the package of this class. */
  static String resource(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Parses up to the end of a section, or of the text; returns where to go on. */
  private static int parse(
      Class<?> beside,
      String text,
      Matcher tag,
      int from,
      @Nullable String section,
      List<Part> parts) {
    int at = from;
    while (tag.find(at)) {
      parts.add(new Part.Text(text.substring(at, tag.start())));
      String name = tag.group(2);
      at = tag.end();
      switch (tag.group(1)) {
        case "/" -> {
          if (!name.equals(section)) {
            throw new IllegalArgumentException("found {{/" + name + "}} in " + section);
          }
          return at;
        }
        case ">" -> {
          String inserted = resource(beside, name);
          if (name.endsWith(".html")) {
            parts.addAll(of(beside, inserted).parts);
          } else {
            parts.add(new Part.Text(inserted));
          }
        }
        case "" -> parts.add(new Part.Value(name));
        default -> {
          boolean isInverted = tag.group(1).equals("^");
          List<Part> inner = new ArrayList<>();
          at = parse(beside, text, tag, at, name, inner);
          parts.add(new Part.Section(name, isInverted, inner));
        }
      }
    }
    if (section != null) {
      throw new IllegalArgumentException("found no {{/" + section + "}}");
    }
    return at;
  }

  /** Returns the page with these values. A value that a template names must be there. */
  public String with(Map<String, ?> values) {
    StringBuilder page = new StringBuilder();
    Deque<Map<?, ?>> scopes = new ArrayDeque<>();
    scopes.push(values);
    append(parts, scopes, page);
    return page.toString();
  }

  private static void append(List<Part> parts, Deque<Map<?, ?>> scopes, StringBuilder page) {
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        page.append(text.text());
      } else if (part instanceof Part.Value value) {
        page.append(MarkupText.attribute(lookUp(value.name(), scopes).toString()));
      } else if (part instanceof Part.Section section) {
        append(section, lookUp(section.name(), scopes), scopes, page);
      }
    }
  }

  private static void append(
      Part.Section section, Object value, Deque<Map<?, ?>> scopes, StringBuilder page) {
    boolean isThere = !isFalseOrEmpty(value);
    if (section.isInverted() != isThere) {
      if (!section.isInverted() && value instanceof List<?> list) {
        for (Object element : list) {
          scopes.push(element instanceof Map<?, ?> map ? map : Map.of("item", element));
          append(section.parts(), scopes, page);
          scopes.pop();
        }
      } else {
        append(section.parts(), scopes, page);
      }
    }
  }

  private static boolean isFalseOrEmpty(Object value) {
    return value.equals(false) || value.equals("") || value.equals(List.of());
  }

  private static Object lookUp(String name, Deque<Map<?, ?>> scopes) {
    for (Map<?, ?> scope : scopes) {
      Object value = scope.get(name);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalArgumentException("found no value for {{" + name + "}}");
  }
}
