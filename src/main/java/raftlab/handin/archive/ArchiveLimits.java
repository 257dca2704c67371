package raftlab.handin.archive;

/**
 * What an archive may contain at most.
 *
 * @param packedBytes the size of the archive itself
 * @param bytes the size of all unpacked files together
 * @param entries the number of entries
 * @param depth the number of folders inside one another, and the file
 * @param ratio the unpacked size divided by the size of the archive; smaller archives than {@link
 *     #BOMB_BYTES} unpacked may exceed it
 */
public record ArchiveLimits(long packedBytes, long bytes, int entries, int depth, int ratio) {
  /** The usual limits. */
  public static final ArchiveLimits USUAL =
      new ArchiveLimits(100L << 20, 512L << 20, 20_000, 32, 200);

  /** The bytes of a header, with a long name and attributes. */
  static final int HEADER_BYTES = 64 << 10;

  /** No archive that unpacks to less than this is a bomb. */
  static final long BOMB_BYTES = 16L << 20;

  /** The most bytes of a name in a path; file systems allow no more. */
  static final int NAME_BYTES = 255;

  /** The most bytes of a path. */
  static final int PATH_BYTES = 1024;

  /** The most symbolic links: following all of them takes time. */
  static final int LINKS = 1000;
}
