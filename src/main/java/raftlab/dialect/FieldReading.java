package raftlab.dialect;

/**
 * A field whose meaning was learned.
 *
 * @param kind the kind of message
 * @param meaning what it means
 * @param field its path, for example {@code body.term}; with a value if only that value has this
 *     meaning: {@code granted = true}; with {@code + 1} or {@code - 1} if it counts differently
 *     from the other indices
 */
public record FieldReading(String kind, FieldMeaning meaning, String field) {}
