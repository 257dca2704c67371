package raftlab.raft;

import java.util.List;
import java.util.function.Predicate;
import raftlab.raft.StepwiseCluster.UnderWay;

/**
 * Which of the messages under way a command of a transcript means: "all", "to 2", "from 1", or "1
 * -> 2", and with "first 1" at its end only the first of these.
 */
record MessageSelection(Predicate<UnderWay> which, int most) {
  static MessageSelection of(List<String> words) {
    int first = words.indexOf("first");
    return first < 0
        ? new MessageSelection(which(words), Integer.MAX_VALUE)
        : new MessageSelection(
            which(words.subList(0, first)), TranscriptWordParser.number(words.get(first + 1)));
  }

  private static Predicate<UnderWay> which(List<String> words) {
    if (words.get(0).equals("all")) {
      return words.size() == 1 ? message -> true : which(words.subList(1, words.size()));
    }
    if (words.get(0).equals("to")) {
      int to = TranscriptWordParser.number(words.get(1));
      return message -> message.to() == to;
    }
    if (words.get(0).equals("from")) {
      int from = TranscriptWordParser.number(words.get(1));
      return message -> message.from() == from;
    }
    int from = TranscriptWordParser.number(words.get(0));
    if (!words.get(1).equals("->")) {
      throw TranscriptWordParser.unknown(words.get(1), "part of a link", List.of("->"));
    }
    int to = TranscriptWordParser.number(words.get(2));
    return message -> message.from() == from && message.to() == to;
  }

  /** Takes them from the stage; there must be one at least. */
  List<UnderWay> take(StepwiseCluster stage) {
    List<UnderWay> chosen = stage.take(which, most);
    if (chosen.isEmpty()) {
      throw TranscriptWordParser.wrong(
          "no such message is under way, only "
              + stage.underWay().stream().map(StepwiseCluster::link).toList());
    }
    return chosen;
  }
}
