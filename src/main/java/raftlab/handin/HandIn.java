package raftlab.handin;

import java.nio.file.Path;

/**
 * The work of one team.
 *
 * @param team the name of the folder, without characters that can't be displayed
 * @param source the folder; may be a symbolic link, which is never followed
 * @param fileName the team's name as a file name, different for each team
 */
public record HandIn(String team, Path source, String fileName) {}
