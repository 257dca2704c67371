package raftlab.raft;

import com.google.gson.JsonObject;
import java.util.List;
import raftlab.raft.StepwiseCluster.UnderWay;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Message;

/**
 * The commands of a transcript, carried out on a {@link StepwiseCluster}.
 *
 * <pre>
 *   cluster 5 [seed=1] [no-pre-vote] [snapshot-threshold=5]
 *                        starts a new cluster with these settings
 *   log 3 terms 1 1 2 [term 3]
 *                        the replica ran before, with entries of these terms
 *   timeout 2            time passes until its election timeout; the others' timers come later
 *   timeout 2 alone      time passes for this replica only: the others still receive from their leader
 *   elect 2              as "timeout 2", and then all messages arrive, without output; shows only who leads
 *   propose 0 put k v    a client's write, also "append k v", "cas k v w"; "as c1/3" names a session
 *   get 0 k              a client's read
 *   deliver all          until nothing is under way any more
 *   deliver 1 -> 2       what is under way now; also "to 2", "from 1", and with "first 1" at its end
 *   drop 1 -> 2          the same are lost
 *   duplicate 1 -> 2     the same are under way twice
 *   delay 1 -> 2         the same are overtaken by all others
 *   isolate 2            from now on all messages from and to it are lost
 *   heal                 no replica is isolated any more
 *   crash 2, restart 2
 *   tick 50, tick 0 50   time in ms that passes for all, or for one
 *   pause 0 50           time in ms that passes while the process is paused
 *   run 500              time in ms that passes; all messages arrive, without output
 *   tick heartbeat       as many ms as that setting says; also with "run" and "pause"
 *   await 0 -> 2         time passes and all other messages arrive, unseen, until such a one is under
 *                        way; also "to 2", "from 1"
 *   add 5, remove 0, transfer 1
 *                        asks the leader; "at 2" at its end: asks that one
 *   show, show 2         role, term, log, commit index
 *   rejections           how many each follower has sent since the last time
 *   quietly COMMAND      messages are not written down
 * </pre>
 */
final class TranscriptCommands {
  private static final List<String> COMMANDS =
      List.of(
          ("cluster log timeout elect propose get deliver drop duplicate delay isolate heal crash"
                  + " restart tick pause run await add remove transfer show rejections quietly")
              .split(" "));

  private StepwiseCluster stage;

  /**
   * What comes of this command, line by line.
   *
   * @throws IllegalArgumentException if it is wrong
   */
  List<String> follow(String command) {
    List<String> words = List.of(command.split(" +"));
    try {
      carryOut(words.get(0), words.subList(1, words.size()));
    } catch (IndexOutOfBoundsException tooFew) {
      throw new IllegalArgumentException("\"" + command + "\" ends too early", tooFew);
    }
    return stage.takeLines();
  }

  private void carryOut(String command, List<String> words) {
    if (!COMMANDS.contains(command)) {
      throw TranscriptWordParser.unknown(command, "command", COMMANDS);
    }
    if (stage == null && !command.equals("cluster")) {
      throw TranscriptWordParser.wrong("the first command is \"cluster\", not \"" + command + "\"");
    }
    switch (command) {
      case "cluster" -> cluster(words);
      case "log" -> log(words);
      case "timeout" -> timeout(words);
      case "elect" -> elect(words);
      case "propose" -> propose(words);
      case "get" -> stage.request(up(words.get(0)), Message.GET, fields("key", words.get(1)));
      case "deliver" -> deliver(words);
      case "drop" -> select(words).forEach(m -> say("lost: ", m));
      case "duplicate" -> repeat(words, 2);
      case "delay" -> repeat(words, 1);
      case "isolate" -> stage.isolate(TranscriptWordParser.number(words.get(0)));
      case "heal" -> stage.heal();
      case "crash" -> up(words.get(0)).crash();
      case "restart" -> restart(words);
      case "tick" -> tick(words);
      case "pause" -> machine(words.get(0)).standStill(millis(words.get(1)));
      case "run" -> quietly(() -> stage.run(millis(words.get(0)), message -> true));
      case "await" -> await(words);
      case "add", "remove", "transfer" -> administer(command, words);
      case "show" -> show(words);
      case "rejections" -> stage.takeRejections().forEach((n, c) -> stage.say(id(n) + " " + c));
      default -> quietly(() -> carryOut(words.get(0), words.subList(1, words.size())));
    }
  }

  private void quietly(Runnable command) {
    stage.setSilent(true);
    command.run();
    stage.setSilent(false);
  }

  private static String id(int number) {
    return raftlab.wire.Id.of(number).toString();
  }

  private StepwiseMachine machine(String word) {
    StepwiseMachine machine = stage.machines.get(TranscriptWordParser.number(word));
    if (machine == null) {
      throw TranscriptWordParser.wrong(
          "there is no replica " + word + ", only " + stage.machines.keySet());
    }
    return machine;
  }

  private StepwiseMachine up(String word) {
    StepwiseMachine machine = machine(word);
    if (!machine.isUp()) {
      throw TranscriptWordParser.wrong("replica " + word + " is down");
    }
    return machine;
  }

  // The cluster.

  private void cluster(List<String> words) {
    RaftSettings settings = RaftSettings.DEFAULT;
    long seed = 1;
    for (String word : words.subList(1, words.size())) {
      if (word.startsWith("seed=")) {
        seed = TranscriptWordParser.number(word.substring(5));
      } else {
        settings = TranscriptSettings.with(settings, word);
      }
    }
    stage = new StepwiseCluster(TranscriptWordParser.number(words.get(0)), seed, settings);
  }

  private void log(List<String> words) {
    int termWord = words.indexOf("term");
    if (!"terms".equals(words.get(1))) {
      throw TranscriptWordParser.unknown(words.get(1), "part of \"log\"", List.of("terms"));
    }
    List<Integer> terms =
        words.subList(2, termWord < 0 ? words.size() : termWord).stream()
            .map(TranscriptWordParser::number)
            .toList();
    int last = terms.get(terms.size() - 1);
    MemoryStorage storage = new MemoryStorage();
    Journal journal = new Journal(storage);
    journal.termAndVote(
        termWord < 0 ? last : TranscriptWordParser.number(words.get(termWord + 1)), null);
    for (int i = 0; i < terms.size(); i++) {
      journal.append(i + 1L, SingleReplicaBench.entry(terms.get(i), i + 1));
    }
    stage.ranBefore(TranscriptWordParser.number(words.get(0)), storage);
    stage.takeLines(); // it finds what is written here
  }

  private void restart(List<String> words) {
    StepwiseMachine machine = machine(words.get(0));
    if (machine.isUp()) {
      throw TranscriptWordParser.wrong("replica " + words.get(0) + " is up already");
    }
    machine.boot();
  }

  private void show(List<String> words) {
    if (words.isEmpty()) {
      stage.machines.values().forEach(machine -> stage.say(machine.summary()));
    } else {
      stage.say(machine(words.get(0)).summary());
    }
  }

  // Time.

  private int millis(String word) {
    return TranscriptSettings.millis(stage.settings, word);
  }

  private void timeout(List<String> words) {
    StepwiseMachine machine = up(words.get(0));
    boolean alone = words.size() > 1 && words.get(1).equals("alone");
    if (!stage.awaitElection(machine, other -> !alone || other == machine)) {
      throw TranscriptWordParser.wrong("replica " + words.get(0) + " stands for no election");
    }
  }

  private void elect(List<String> words) {
    quietly(
        () -> {
          timeout(words);
          stage.deliver(message -> true);
        });
    stage.takeLines().stream().filter(TranscriptCommands::isAboutLeading).forEach(stage::say);
  }

  private static boolean isAboutLeading(String line) {
    return line.contains(" is LEADER ") || line.contains(" answers ");
  }

  private void await(List<String> words) {
    MessageSelection wanted = MessageSelection.of(words);
    quietly(() -> stage.await(wanted.which()));
    stage.underWay().stream()
        .filter(wanted.which())
        .forEach(m -> stage.say(StepwiseCluster.link(m) + ": " + TranscriptText.of(m.message())));
  }

  private void tick(List<String> words) {
    if (words.size() == 1) {
      stage.pass(millis(words.get(0)), machine -> true);
    } else {
      StepwiseMachine one = machine(words.get(0));
      stage.pass(millis(words.get(1)), machine -> machine == one);
    }
  }

  // The network.

  private void deliver(List<String> words) {
    if (words.equals(List.of("all"))) {
      stage.deliver(message -> true);
    } else {
      select(words).forEach(stage::deliver);
    }
  }

  private void repeat(List<String> words, int times) {
    for (UnderWay message : select(words)) {
      for (int i = 0; i < times; i++) {
        stage.sendAgain(message);
      }
      say(times == 1 ? "late: " : "twice: ", message);
    }
  }

  private void say(String outcome, UnderWay message) {
    stage.say(outcome + StepwiseCluster.link(message) + " " + message.message().type());
  }

  private List<UnderWay> select(List<String> words) {
    return MessageSelection.of(words).take(stage);
  }

  // Clients.

  private void propose(List<String> words) {
    int as = words.indexOf("as");
    List<String> what = words.subList(1, as < 0 ? words.size() : as);
    JsonObject fields =
        switch (what.get(0)) {
          case "put", "append" -> fields("key", what.get(1), "value", what.get(2));
          case "cas" -> fields("key", what.get(1), "expect", what.get(2), "value", what.get(3));
          default ->
              throw TranscriptWordParser.unknown(
                  what.get(0), "write", List.of("put", "append", "cas"));
        };
    if (as >= 0) {
      String[] session = words.get(as + 1).split("/");
      fields.addProperty("client", session[0]);
      fields.addProperty("seq", TranscriptWordParser.number(session[1]));
    }
    stage.request(up(words.get(0)), what.get(0), fields);
  }

  private static JsonObject fields(String... namesAndValues) {
    JsonObject fields = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.addProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private void administer(String what, List<String> words) {
    int at = words.indexOf("at");
    int number = TranscriptWordParser.number(words.get(0));
    StepwiseMachine asked = at < 0 ? stage.leader() : up(words.get(at + 1));
    if (asked == null) {
      throw TranscriptWordParser.wrong("there is no leader to ask");
    }
    if (what.equals("add") && !stage.machines.containsKey(number)) {
      stage.add(number, true);
    }
    stage.request(asked, what, fields("replica", id(number)));
  }
}
