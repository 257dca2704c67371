package raftlab.run.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.LinkConditions;

/**
 * The temporary conditions that actions set on one link, or on all links. The latest conditions
 * that haven't ended apply. When all have ended, the earlier conditions apply again.
 */
final class ConditionLayers {
  /** The conditions that one action set; one object for each action. */
  static final class Layer {
    private final LinkConditions conditions;

    private Layer(LinkConditions conditions) {
      this.conditions = conditions;
    }
  }

  private final Supplier<LinkConditions> present;
  private final Consumer<LinkConditions> setter;
  private final List<Layer> layers = new ArrayList<>();
  private @Nullable LinkConditions before;

  /**
   * Starts without layers.
   *
   * @param present the current conditions; null if this link has none of its own
   * @param setter receives the new conditions; null likewise
   */
  ConditionLayers(Supplier<LinkConditions> present, Consumer<LinkConditions> setter) {
    this.present = present;
    this.setter = setter;
  }

  /** Sets lasting conditions and discards all layers. */
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

  /** Whether these conditions apply now: no later ones are active. */
  boolean isOnTop(Layer layer) {
    return !layers.isEmpty() && layers.get(layers.size() - 1) == layer;
  }

  /** Ends the conditions of one action. */
  void remove(Layer layer) {
    boolean changes = isOnTop(layer);
    layers.remove(layer);
    if (changes) {
      setter.accept(layers.isEmpty() ? before : layers.get(layers.size() - 1).conditions);
    }
  }
}
