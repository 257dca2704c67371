package raftlab.grade;

import java.nio.file.Path;

/**
 * What one team has handed in.
 *
 * @param team the folder's name, without characters that can't be shown
 * @param folder the folder itself; may be a symbolic link, which is never followed
 * @param feedbackFile the name of the file for the team's feedback, different for each team
 */
public record HandIn(String team, Path folder, String feedbackFile) {}
