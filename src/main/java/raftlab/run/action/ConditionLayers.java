package raftlab.run.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import raftlab.scenario.LinkConditions;

/**
 * The conditions that actions have set on one link, or on all, for a while: the latest that hasn't
 * ended holds. When all have ended, those from before hold again.
 */
final class ConditionLayers {
  /** What one action has set; one object for each action. */
  static final class Layer {
    private final LinkConditions conditions;

    private Layer(LinkConditions conditions) {
      this.conditions = conditions;
    }
  }

  private final Supplier<LinkConditions> present;
  private final Consumer<LinkConditions> setter;
  private final List<Layer> layers = new ArrayList<>();
  private LinkConditions before;

  /**
   * Nothing was set so far.
   *
   * @param present what holds now; null if nothing of its own
   * @param setter takes what holds from now on; null likewise
   */
  ConditionLayers(Supplier<LinkConditions> present, Consumer<LinkConditions> setter) {
    this.present = present;
    this.setter = setter;
  }

  /** Sets conditions that stay: what was set before no longer matters. */
  void set(LinkConditions conditions) {
    layers.clear();
    setter.accept(conditions);
  }

  /** Sets conditions until they are removed. */
  Layer add(LinkConditions conditions) {
    if (layers.isEmpty()) {
      before = present.get();
    }
    Layer layer = new Layer(conditions);
    layers.add(layer);
    setter.accept(conditions);
    return layer;
  }

  /** Whether these conditions hold at present: nothing was set since that hasn't ended. */
  boolean isOnTop(Layer layer) {
    return !layers.isEmpty() && layers.get(layers.size() - 1) == layer;
  }

  /** Ends what one action has set. */
  void remove(Layer layer) {
    boolean changes = isOnTop(layer);
    layers.remove(layer);
    if (changes) {
      setter.accept(layers.isEmpty() ? before : layers.get(layers.size() - 1).conditions);
    }
  }
}
