package raftlab.wire;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The address of a replica or a client: four hexadecimal digits in upper case ({@code 0000}, {@code
 * F29A}).
 */
public final class Id implements Comparable<Id> {
  /** {@code FFFF}: as a destination all other replicas; as a leader "unknown". */
  public static final Id BROADCAST = new Id(0xFFFF, "FFFF");

  private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

  private final int value;
  private final String text;

  private Id(int value, String text) {
    this.value = value;
    this.text = text;
  }

  /**
   * Returns the ID with this number.
   *
   * @param value 0 to 65,535; the last is {@link #BROADCAST}
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public static Id of(int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("an ID is 0 to FFFF, not " + value);
    }
    return value == 0xFFFF ? BROADCAST : new Id(value, DIGITS.toHexDigits((short) value));
  }

  /**
   * Parses the four digits.
   *
   * @throws IllegalArgumentException if the text isn't four hexadecimal digits in upper case
   */
  public static Id parse(String text) {
    int value = valueOf(text);
    if (value < 0) {
      throw new IllegalArgumentException(
          "an ID is four hexadecimal digits in upper case, such as 0AA1, not \"" + text + "\"");
    }
    return value == 0xFFFF ? BROADCAST : new Id(value, text);
  }

  /** Whether {@link #parse} accepts this text. */
  public static boolean isId(String text) {
    return valueOf(text) >= 0;
  }

  private static int valueOf(String text) {
    if (text == null || text.length() != 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = text.charAt(i);
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Returns the number that the digits stand for. */
  public int value() {
    return value;
  }

  /** Whether this is {@code FFFF}. */
  public boolean isBroadcast() {
    return value == 0xFFFF;
  }

  @Override
  public int compareTo(Id other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Id id && id.value == value;
  }

  @Override
  public int hashCode() {
    return value;
  }

  /** Returns the four digits. */
  @Override
  public String toString() {
    return text;
  }
}
