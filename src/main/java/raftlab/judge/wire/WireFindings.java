package raftlab.judge.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;

/** The first violation of each rule in the messages of a run, and the remarks. */
public final class WireFindings {
  private final Map<WireRule, WireViolation> firsts = new EnumMap<>(WireRule.class);
  private final Map<WireRule, Integer> counts = new EnumMap<>(WireRule.class);
  private final List<String> remarks = new ArrayList<>();

  WireFindings() {}

  /** Returns the first violation of this rule; null for none. */
  public WireViolation first(WireRule rule) {
    return firsts.get(rule);
  }

  /** Returns how often this rule was violated. */
  public int count(WireRule rule) {
    return counts.getOrDefault(rule, 0);
  }

  /** Returns the remarks about odd behaviour, which prove nothing. */
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
