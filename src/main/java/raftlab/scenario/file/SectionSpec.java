package raftlab.scenario.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of one kind of object in a file.
 *
 * @param title the name of the object, as in "is not a key of …"
 * @param place where its keys belong, as in "it belongs …"
 * @param keys all its keys, in the order of the reference page
 * @param ignoredKeys keys of another section that are accepted here with a warning and ignored,
 *     because existing files have them in the wrong place
 * @param oneRequired keys of which at least one is required; empty if none is
 */
public record SectionSpec(
    String title,
    String place,
    List<KeySpec> keys,
    List<KeySpec> ignoredKeys,
    List<KeySpec> oneRequired) {
  /** Copies the lists. */
  public SectionSpec {
    keys = List.copyOf(keys);
    ignoredKeys = List.copyOf(ignoredKeys);
    oneRequired = List.copyOf(oneRequired);
  }

  /** A section with only its own keys. */
  public SectionSpec(String title, String place, List<KeySpec> keys) {
    this(title, place, keys, List.of(), List.of());
  }

  /** The same, but at least one of these keys is required; if the list is empty, none is. */
  public SectionSpec withOneRequired(List<KeySpec> some) {
    return new SectionSpec(title, place, keys, ignoredKeys, some);
  }

  /** Whether it is one of several kinds of objects in the same place. */
  boolean isVariant() {
    return place.startsWith("beside ");
  }

  /** The key with this name in this section. */
  public Optional<KeySpec> key(String word) {
    return keys.stream().filter(key -> key.isNamed(word)).findFirst();
  }

  /** The names of the keys. */
  public List<String> names() {
    return keys.stream().map(KeySpec::name).toList();
  }

  /** This section and all nested ones, each once. */
  public List<SectionSpec> withNested() {
    Set<SectionSpec> all = Collections.newSetFromMap(new IdentityHashMap<>());
    List<SectionSpec> inOrder = new ArrayList<>();
    add(all, inOrder);
    return inOrder;
  }

  private void add(Set<SectionSpec> all, List<SectionSpec> inOrder) {
    if (all.add(this)) {
      inOrder.add(this);
      keys.forEach(key -> add(key.type(), all, inOrder));
    }
  }

  private static void add(ValueType type, Set<SectionSpec> all, List<SectionSpec> inOrder) {
    if (type instanceof ValueType.Nested nested) {
      nested.section().add(all, inOrder);
    } else if (type instanceof ValueType.ListOf list) {
      add(list.each(), all, inOrder);
    } else if (type instanceof ValueType.Either either) {
      either.types().forEach(each -> add(each, all, inOrder));
    } else if (type instanceof ValueType.Variants variants) {
      variants.variants().get().forEach(variant -> variant.section().add(all, inOrder));
    }
  }
}
