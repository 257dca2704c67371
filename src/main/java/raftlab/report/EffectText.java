package raftlab.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import raftlab.scenario.text.LinkConditionsText;
import raftlab.trace.DirectedLink;
import raftlab.trace.FaultEffect;
import raftlab.wire.Id;

/** Describes what a fault did. */
final class EffectText {
  private EffectText() {}

  static String of(FaultEffect effect) {
    if (effect instanceof FaultEffect.LinksCut links) {
      return links.cut().isEmpty() ? "no link is cut" : "links cut: " + cut(links.cut());
    } else if (effect instanceof FaultEffect.AllLinkConditions all) {
      return "all links between replicas: " + LinkConditionsText.of(all.conditions());
    } else if (effect instanceof FaultEffect.LinkConditionsBetween some) {
      return "links from "
          + list(some.from())
          + " to "
          + list(some.to())
          + ": "
          + LinkConditionsText.of(some.conditions());
    } else if (effect instanceof FaultEffect.ClientLinkConditions clients) {
      return "links of clients: " + LinkConditionsText.of(clients.conditions());
    } else if (effect instanceof FaultEffect.ClockRate clock) {
      return String.format(
          Locale.ROOT,
          "the clock of replica %s: runs at %.3f times the speed",
          clock.replica(),
          clock.rate());
    }
    FaultEffect.DiskChanged disk = (FaultEffect.DiskChanged) effect;
    return "the disk of replica " + disk.replica() + ": " + disk.how();
  }

  /** The cut links, grouped by sender: {@code 0000 to 0001, 0002; 0001 to 0000}. */
  private static String cut(List<DirectedLink> links) {
    Map<Id, List<Id>> bySender =
        links.stream()
            .collect(
                Collectors.groupingBy(
                    DirectedLink::from,
                    TreeMap::new,
                    Collectors.mapping(DirectedLink::to, Collectors.toList())));
    return bySender.entrySet().stream()
        .map(each -> each.getKey() + " to " + list(each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String list(Collection<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(", "));
  }
}
