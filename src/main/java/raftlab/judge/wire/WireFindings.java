package raftlab.judge.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;

/** What the messages of a run show: the first breach of each rule, and what is worth a remark. */
public final class WireFindings {
  private final Map<WireRule, WireViolation> firsts = new EnumMap<>(WireRule.class);
  private final Map<WireRule, Integer> counts = new EnumMap<>(WireRule.class);
  private final List<String> remarks = new ArrayList<>();

  WireFindings() {}

  /** The first breach of this rule; null if there was none. */
  public WireViolation first(WireRule rule) {
    return firsts.get(rule);
  }

  /** How often this rule was broken. */
  public int count(WireRule rule) {
    return counts.getOrDefault(rule, 0);
  }

  /** What is odd, or bad practice, and proves nothing. */
  public List<String> remarks() {
    return Collections.unmodifiableList(remarks);
  }

  void breach(WireRule rule, String text, Event... evidence) {
    if (counts.merge(rule, 1, Integer::sum) == 1) {
      firsts.put(rule, new WireViolation(rule, text, List.of(evidence)));
    }
  }

  void remark(String text) {
    remarks.add(text);
  }
}
