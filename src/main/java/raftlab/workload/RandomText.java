package raftlab.workload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes random texts for keys, values and message IDs. */
final class RandomText {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private RandomText() {}

  /** Returns a text of {@code length} random letters and digits. */
  static String letters(RandomGenerator random, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return new String(text);
  }

  /** Returns the MD5 of a text's UTF-8 bytes, as 32 hexadecimal digits. */
  static String md5(String text) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
