package raftlab.cli;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.bugs.Bug;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteRunner.Task;

/**
 * The order of the runs against a bug: first the scenarios about a section of the paper whose rule
 * the bug breaks. Of several, those with many messages come last: they take long and catch little
 * that others don't. All are played before any is played again, with the next seed.
 */
final class HuntOrder extends AbstractList<Task> {
  private static final Pattern SECTION =
      Pattern.compile("(dissertation )?§ ?([0-9]+(?:\\.[0-9]+)*)|figure [0-9]+");

  private final List<Task> round;
  private final int repeat;

  private HuntOrder(List<Task> round, int repeat) {
    this.round = round;
    this.repeat = repeat;
  }

  /** The runs against a bug: those of the first round, and then the same with other seeds. */
  static List<Task> of(Bug bug, List<Task> round, int repeat) {
    Set<String> sections = sections(bug.section());
    Comparator<Task> order =
        Comparator.<Task>comparingInt(task -> -shared(sections, task.scenario()))
            .thenComparingInt(task -> task.scenario().maxPackets());
    return new HuntOrder(round.stream().sorted(order).toList(), repeat);
  }

  @Override
  public Task get(int index) {
    Task first = round.get(index % round.size());
    int repetition = index / round.size();
    return new Task(first.scenario(), repetition, first.seed() + repetition);
  }

  @Override
  public int size() {
    return round.size() * repeat;
  }

  /** How many sections a bug and a scenario share. */
  private static int shared(Set<String> sections, Scenario scenario) {
    Set<String> its = sections(scenario.credit().section());
    return (int)
        sections.stream()
            .filter(section -> its.stream().anyMatch(other -> isSame(section, other)))
            .count();
  }

  /** Whether they are the same, or one is a part of the other. */
  private static boolean isSame(String section, String other) {
    return section.equals(other)
        || section.startsWith(other + ".")
        || other.startsWith(section + ".");
  }

  /** The sections and figures in a text, such as "dissertation 6.4". */
  static Set<String> sections(String text) {
    Set<String> all = new TreeSet<>();
    boolean isDissertation = false;
    Matcher matcher = SECTION.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      // "dissertation §3.10, §6.4": both are of the dissertation.
      isDissertation |= matcher.group(1) != null;
      String number = matcher.group(2);
      all.add(number == null ? matcher.group() : (isDissertation ? "dissertation " : "") + number);
    }
    return all;
  }
}
