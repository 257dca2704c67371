package raftlab.scenario.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;

/** Parses JSON text into a {@link LocatedJson} tree; reports where the text is not JSON. */
public final class LocatedJsonParser {
  /**
   * NaN and the infinities are accepted here, so that the check of the key can report what it
   * expects.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String file;
  private final JsonParser parser;

  private LocatedJsonParser(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Parses the one value in the text. */
  public static LocatedJson parse(String file, String text) throws ScenarioException {
    if (text.isBlank()) {
      throw new ScenarioException(
          new FileProblem(file, 1, 1, "the file is empty", "a JSON object"));
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new LocatedJsonParser(file, parser).onlyValue(text);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can't fail to be read", e);
    }
  }

  private LocatedJson onlyValue(String text) throws IOException, ScenarioException {
    try {
      parser.nextToken();
      LocatedJson value = value();
      if (parser.nextToken() != null) {
        JsonLocation extra = parser.currentTokenLocation();
        throw new ScenarioException(
            new FileProblem(
                file,
                extra.getLineNr(),
                extra.getColumnNr(),
                "there is more text after the JSON value",
                "the end of the file"));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new ScenarioException(JsonSyntaxMessage.of(file, text, e, parser.currentLocation()));
    }
  }

  private LocatedJson value() throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> new LocatedJson.Obj(line, column, members());
      case START_ARRAY -> new LocatedJson.Arr(line, column, elements());
      case VALUE_STRING -> new LocatedJson.Str(line, column, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new LocatedJson.Num(line, column, parser.getText());
      default -> new LocatedJson.Literal(line, column, parser.getText());
    };
  }

  private List<LocatedJson.Member> members() throws IOException {
    List<LocatedJson.Member> members = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonLocation at = parser.currentTokenLocation();
      String key = parser.currentName();
      parser.nextToken();
      members.add(new LocatedJson.Member(at.getLineNr(), at.getColumnNr(), key, value()));
    }
    return List.copyOf(members);
  }

  private List<LocatedJson> elements() throws IOException {
    List<LocatedJson> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return List.copyOf(elements);
  }
}
