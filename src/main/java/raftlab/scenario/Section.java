package raftlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one kind of object in a file.
 *
 * @param title what the object is, as in "is not a key of …"
 * @param place where its keys belong, as in "it belongs …"
 * @param keys all that it may have, in the order in which they are explained
 * @param unread keys of another section that are accepted here with a warning, because files in use
 *     carry them in the wrong place, but that are not read
 */
public record Section(String title, String place, List<Key> keys, List<Key> unread) {
  /** Takes copies of the lists. */
  public Section {
    keys = List.copyOf(keys);
    unread = List.copyOf(unread);
  }

  /** A section that accepts nothing but its own keys. */
  public Section(String title, String place, List<Key> keys) {
    this(title, place, keys, List.of());
  }

  /** The key that is written so, if it is one of this section. */
  public Optional<Key> key(String word) {
    return keys.stream().filter(key -> key.isNamed(word)).findFirst();
  }

  /** The names of the keys. */
  public List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /** This section and all below it. */
  public List<Section> withNested() {
    List<Section> all = new ArrayList<>();
    all.add(this);
    for (Key key : keys) {
      ValueType type = key.type() instanceof ValueType.ListOf list ? list.each() : key.type();
      if (type instanceof ValueType.Nested nested) {
        all.addAll(nested.section().withNested());
      }
    }
    return all;
  }
}
