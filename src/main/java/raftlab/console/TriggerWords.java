package raftlab.console;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Action;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.MessagePattern.Party;
import raftlab.wire.Id;

/**
 * The words of a trigger: {@code ok from leader to client nth 2 lose crash leader}.
 *
 * @param json the pattern as the key "on" of a scenario
 */
record TriggerWords(MessagePattern pattern, Action action, JsonObject json) {
  private static final String ANY = "any";

  static TriggerWords of(List<CommandWord> all, FaultParser parser) {
    List<CommandWord> words = new ArrayList<>(all);
    if (words.isEmpty()) {
      throw new CommandException("expected the type of a message, or any, after \"on\"");
    }
    JsonObject json = new JsonObject();
    String type = words.remove(0).text();
    if (!type.equals(ANY)) {
      json.addProperty("message", type);
    }
    Party from = party("from", words, json);
    Party to = party("to", words, json);
    int nth = 1;
    if (startsWith("nth", words) && words.size() > 1) {
      nth = (int) CommandArguments.number(words.get(1), "a number of messages", 1, 900_000);
      words.subList(0, 2).clear();
      json.addProperty("nth", nth);
    }
    boolean lose = startsWith("lose", words);
    if (lose) {
      words.remove(0);
      json.addProperty("lose", true);
    }
    if (words.isEmpty()) {
      throw new CommandException(
          "expected a fault, such as: on ok from leader crash leader; one of "
              + String.join(", ", FaultParser.FAULTS));
    }
    String fault = words.remove(0).text();
    Action action = parser.parse(fault, words);
    String wanted = type.equals(ANY) ? "" : type;
    return new TriggerWords(new MessagePattern(wanted, from, to, nth, 0, lose), action, json);
  }

  private static boolean startsWith(String word, List<CommandWord> words) {
    return !words.isEmpty() && words.get(0).text().equals(word);
  }

  private static Party party(String option, List<CommandWord> words, JsonObject json) {
    if (!startsWith(option, words)) {
      return Party.ANY;
    }
    if (words.size() < 2) {
      throw new CommandException("expected a replica or client after " + option);
    }
    String word = words.get(1).text();
    words.subList(0, 2).clear();
    Id id = TargetParser.idOf(word);
    String end = id == null ? word : id.toString();
    Party party =
        Party.of(end)
            .orElseThrow(
                () ->
                    CommandArguments.invalidWord(
                        word,
                        "an ID or one of " + String.join(", ", Party.words()),
                        Party.words()));
    json.addProperty(option, end);
    return party;
  }
}
