package raftlab.trace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;

/**
 * The state of the emulated network's links at one moment of a run: the result of all earlier
 * {@link FaultEffect}s.
 *
 * @param cut the links that deliver nothing
 * @param replicas the conditions of links between replicas without separate conditions
 * @param own the conditions of single links
 * @param clients the conditions of the links of clients and of the operator
 */
public record LinkState(
    Set<DirectedLink> cut,
    LinkConditions replicas,
    Map<DirectedLink, LinkConditions> own,
    LinkConditions clients) {
  /** The state before the first effect: all links are connected and perfect. */
  public static final LinkState INITIAL =
      new LinkState(Set.of(), LinkConditions.PERFECT, Map.of(), LinkConditions.PERFECT);

  /** Copies the collections. */
  public LinkState {
    cut = Set.copyOf(cut);
    own = Map.copyOf(own);
  }

  /** Returns the state after this effect; the same if it isn't about links. */
  public LinkState after(FaultEffect effect) {
    if (effect instanceof FaultEffect.LinksCut links) {
      return new LinkState(new HashSet<>(links.cut()), replicas, own, clients);
    } else if (effect instanceof FaultEffect.AllLinkConditions all) {
      return new LinkState(cut, all.conditions(), Map.of(), clients);
    } else if (effect instanceof FaultEffect.LinkConditionsBetween some) {
      Map<DirectedLink, LinkConditions> next = new HashMap<>(own);
      for (Id from : some.from()) {
        for (Id to : some.to()) {
          if (!from.equals(to)) {
            next.put(new DirectedLink(from, to), some.conditions());
          }
        }
      }
      return new LinkState(cut, replicas, next, clients);
    } else if (effect instanceof FaultEffect.ClientLinkConditions ofClients) {
      return new LinkState(cut, replicas, own, ofClients.conditions());
    }
    return this;
  }

  /** Whether a message from one replica can reach the other. */
  public boolean connects(Id from, Id to) {
    return cut.isEmpty() || !cut.contains(new DirectedLink(from, to));
  }

  /** Returns the conditions of a link between replicas, in this direction. */
  public LinkConditions conditions(Id from, Id to) {
    return own.isEmpty() ? replicas : own.getOrDefault(new DirectedLink(from, to), replicas);
  }
}
