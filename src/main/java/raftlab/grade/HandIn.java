package raftlab.grade;

import java.nio.file.Path;

/**
 * The work of one team.
 *
 * @param team the name of the folder, without characters that can't be displayed
 * @param folder the folder; may be a symbolic link, which is never followed
 * @param feedbackFile the name of the team's feedback file, different for each team
 */
public record HandIn(String team, Path folder, String feedbackFile) {}
